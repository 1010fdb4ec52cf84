"""What `Codes` promises: a code is worth something once, here, soon, and a few times wrong."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from deskhand.adapters.dynamodb.codes import DynamoDbCodes
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.domain.code import CodeTried
from deskhand.errors import Rejected
from deskhand.ports import Codes
from tests.builders import CONVERSATION, NOON
from tests.challenges import a_challenge
from tests.contract.conftest import ENGINES, MockedAws, mocked_aws
from tests.contract.racing import RACERS, race

RIGHT, OTHER = "314159", "271828"
ADA = "ada@example.com"
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["memory", *ENGINES])
def codes(request: pytest.FixtureRequest) -> Iterator[Codes]:
    if request.param == "memory":
        yield MemoryCodes()
        return
    with mocked_aws(request.param, request) as mocked:
        yield DynamoDbCodes(mocked.table(), key=lambda: "a key that lies elsewhere")


on_what_stands_races = pytest.mark.parametrize("codes", ["memory", "dynamodb_local"], indirect=True)
"""moto keeps conditions, but not between threads."""


def asks(codes: Codes, code: str = RIGHT, *, most: int = 3, **bent: Any) -> str:
    return codes.issue(a_challenge(**bent), code, most_an_hour=most)


def answers(codes: Codes, *given: str, message: str = "m1", **bent: Any) -> CodeTried | None:
    said = {"email": ADA, "message_id": message, "now": NOON + MINUTE} | bent
    conversation = said.pop("conversation", CONVERSATION)
    return codes.attempt(conversation, given, **said)


def result(tried: CodeTried | None) -> str:
    return tried.result if tried else "ordinary text"


def test_while_no_code_is_asked_for_numbers_are_ordinary_text(codes: Codes) -> None:
    assert codes.standing(CONVERSATION) is None
    assert answers(codes, RIGHT) is None
    assert codes.among(CONVERSATION, [RIGHT]) == ()


def test_the_right_code_verifies_for_as_long_as_the_policy_says(codes: Codes) -> None:
    assert asks(codes) == "issued"

    tried = answers(codes, RIGHT)

    assert tried == CodeTried(result="right", verified_until=NOON + 61 * MINUTE)
    standing = codes.standing(CONVERSATION)
    assert standing is not None
    assert standing.met


def test_a_code_counts_once(codes: Codes) -> None:
    asks(codes)
    answers(codes, RIGHT)

    assert result(answers(codes, RIGHT, message="m2")) == "used"
    assert answers(codes, OTHER, message="m3") is None


def test_a_wrong_code_says_how_many_tries_are_left(codes: Codes) -> None:
    asks(codes)

    assert answers(codes, OTHER) == CodeTried(result="wrong", tries_left=4)
    assert answers(codes, OTHER, message="m2") == CodeTried(result="wrong", tries_left=3)


def test_after_five_wrong_ones_even_the_right_one_is_worth_nothing(codes: Codes) -> None:
    asks(codes)
    results = [result(answers(codes, OTHER, message=f"m{number}")) for number in range(5)]

    assert results == ["wrong"] * 4 + ["locked"]
    assert result(answers(codes, RIGHT, message="m6")) == "locked"


def test_the_last_try_may_be_right(codes: Codes) -> None:
    asks(codes)
    for number in range(4):
        answers(codes, OTHER, message=f"m{number}")

    assert result(answers(codes, RIGHT, message="m5")) == "right"


def test_each_number_in_a_message_is_a_try(codes: Codes) -> None:
    asks(codes)
    guesses = [f"{number:06}" for number in range(20)]

    assert result(answers(codes, *guesses, RIGHT)) == "locked"


def test_the_right_code_may_stand_beside_another_number(codes: Codes) -> None:
    asks(codes)

    assert result(answers(codes, OTHER, RIGHT)) == "right"


def test_a_message_that_is_delivered_again_is_no_further_try(codes: Codes) -> None:
    asks(codes)

    assert answers(codes, OTHER) == answers(codes, OTHER)
    assert answers(codes, RIGHT, message="m2") == answers(codes, RIGHT, message="m2")


def test_a_code_that_comes_too_late_is_told_apart_from_an_ordinary_number(codes: Codes) -> None:
    asks(codes)

    assert result(answers(codes, RIGHT, now=NOON + 10 * MINUTE)) == "expired"
    assert answers(codes, OTHER, now=NOON + 10 * MINUTE) is None
    assert result(answers(codes, RIGHT, now=NOON + 10 * MINUTE - MINUTE / 60)) == "right"


def test_what_is_asked_of_nobody_can_never_be_answered(codes: Codes) -> None:
    asks(codes, "")

    assert answers(codes, OTHER) == CodeTried(result="wrong", tries_left=4)
    assert result(answers(codes, "", message="m2")) == "wrong"


def test_a_new_code_takes_the_place_of_the_old_one(codes: Codes) -> None:
    asks(codes)
    assert asks(codes, OTHER, turn_id="t2") == "issued"

    assert result(answers(codes, RIGHT)) == "wrong"
    assert result(answers(codes, OTHER, message="m2")) == "right"


def test_one_turn_asks_once(codes: Codes) -> None:
    asks(codes)

    assert asks(codes, OTHER) == "issued_before"
    assert result(answers(codes, RIGHT)) == "right"


def test_a_code_of_one_conversation_is_worth_nothing_in_another(codes: Codes) -> None:
    asks(codes)
    asks(codes, OTHER, conversation_id="inbox:T2", account="another")

    assert result(answers(codes, RIGHT, conversation="inbox:T2")) == "wrong"
    assert answers(codes, RIGHT, conversation="inbox:T3") is None


def test_only_who_was_asked_can_answer(codes: Codes) -> None:
    asks(codes)

    assert result(answers(codes, RIGHT, email="eve@example.com")) == "wrong"
    assert result(answers(codes, RIGHT, message="m2", email=" ADA@example.com")) == "right"


def test_a_conversation_gets_three_codes_an_hour(codes: Codes) -> None:
    for number in range(3):
        asked = asks(codes, turn_id=f"t{number}", account=f"a{number}", at=NOON + number * MINUTE)
        assert asked == "issued"

    assert asks(codes, turn_id="t4", account="a4", at=NOON + 59 * MINUTE) == "too_many"
    assert asks(codes, turn_id="t5", account="a5", at=NOON + 60 * MINUTE) == "issued"
    assert asks(codes, turn_id="t6", account="a6", at=NOON + 60 * MINUTE) == "too_many"


def test_an_account_gets_three_codes_an_hour_in_all_conversations(codes: Codes) -> None:
    for number in range(3):
        assert asks(codes, conversation_id=f"inbox:T{number}") == "issued"

    assert asks(codes, conversation_id="inbox:T4") == "too_many"
    assert codes.standing("inbox:T4") is None
    assert asks(codes, conversation_id="inbox:T4", account="another") == "issued"


def test_a_code_too_many_leaves_the_last_one_as_it_is(codes: Codes) -> None:
    asks(codes, most=1)
    assert asks(codes, OTHER, most=1, turn_id="t2") == "too_many"

    assert result(answers(codes, RIGHT)) == "right"


def test_the_code_is_known_among_other_numbers_without_a_try(codes: Codes) -> None:
    asks(codes)

    assert codes.among(CONVERSATION, [OTHER, RIGHT]) == (RIGHT,)
    assert answers(codes, OTHER) == CodeTried(result="wrong", tries_left=4)


def test_an_answer_carries_the_episode_in_which_it_was_asked_for(codes: Codes) -> None:
    asks(codes, episode=2)

    tried = answers(codes, RIGHT)
    assert tried is not None
    assert tried.episode == 2


@on_what_stands_races
def test_one_of_many_right_answers_counts_and_no_wrong_one_is_lost(
    codes: Codes, pool: ThreadPoolExecutor
) -> None:
    asks(codes)
    results = race(
        pool,
        *[
            lambda number=number: result(answers(codes, RIGHT, message=f"m{number}"))
            for number in range(RACERS)
        ],
    )
    assert sorted(results) == ["right"] + ["used"] * (RACERS - 1)

    asks(codes, turn_id="t2")
    results = race(
        pool,
        *[
            lambda number=number: result(answers(codes, OTHER, message=f"w{number}"))
            for number in range(RACERS)
        ],
    )
    assert results.count("wrong") == 4
    assert results.count("locked") == RACERS - 4


@on_what_stands_races
def test_many_turns_at_once_get_three_codes(codes: Codes, pool: ThreadPoolExecutor) -> None:
    results = race(
        pool,
        *[
            lambda number=number: asks(codes, conversation_id=f"inbox:T{number}")
            for number in range(RACERS)
        ],
    )
    assert results.count("issued") == 3
    assert results.count("too_many") == RACERS - 3


# --- what only a table has ------------------------------------------------------------------------


def everything_in(aws: MockedAws) -> str:
    return json.dumps(aws.dynamodb.scan(TableName="desk")["Items"])


def test_the_table_holds_neither_the_code_nor_what_it_could_be_guessed_from(
    aws: MockedAws,
) -> None:
    with_key = DynamoDbCodes(aws.table(), key=lambda: "the key")
    asks(with_key)
    answers(with_key, OTHER)

    stored = everything_in(aws)
    assert RIGHT not in stored
    assert OTHER not in stored
    assert "the key" not in stored
    without_key = DynamoDbCodes(aws.table(), key=lambda: "a guessed key")
    assert result(answers(without_key, RIGHT, message="m2")) == "wrong"


def test_a_code_for_no_account_is_written_as_often_and_looks_the_same(aws: MockedAws) -> None:
    codes = DynamoDbCodes(aws.table(), key=lambda: "the key")
    asks(codes)
    asks(codes, "", conversation_id="inbox:T2", account="another")

    items = aws.dynamodb.scan(TableName="desk")["Items"]
    challenges = [json.loads(one["data"]["S"]) for one in items if one["sk"]["S"] == "code"]
    assert len(items) == 4
    assert len(challenges) == 2
    assert {len(one["digest"]) for one in challenges} == {64}
    assert challenges[0].keys() == challenges[1].keys()
    differing = {key for key in challenges[0] if challenges[0][key] != challenges[1][key]}
    assert differing == {"challenge", "salt", "digest"}


def test_two_equal_codes_are_stored_differently(aws: MockedAws) -> None:
    codes = DynamoDbCodes(aws.table(), key=lambda: "the key")
    asks(codes)
    asks(codes, conversation_id="inbox:T2")

    items = aws.dynamodb.scan(TableName="desk")["Items"]
    digests = {json.loads(one["data"]["S"]).get("digest") for one in items}
    assert len(digests - {None}) == 2


def test_without_its_key_no_code_is_kept(aws: MockedAws) -> None:
    def no_key() -> str:
        raise Rejected("the secret holds no text")

    codes = DynamoDbCodes(aws.table(), key=no_key)
    with pytest.raises(Rejected, match="the secret holds no text"):
        asks(codes)
    assert codes.standing(CONVERSATION) is None
