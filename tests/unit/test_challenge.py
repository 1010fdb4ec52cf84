"""Asking who is asking: a code by letter, once a turn, and in the same words whoever asks."""

import logging
from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.code import CodeTried
from deskhand.domain.ledger import LedgerEntry
from deskhand.domain.ticket import Asker
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import NotConnected
from deskhand.text.replies import in_tries
from tests.builders import a_judged_turn, a_policy, an_approval
from tests.challenges import ADA, House, Post, asking

NOBODY = "nobody@example.com"
REPLIES = a_policy().replies
ASKED = REPLIES.verify_by_code.format(minutes=10)


class Counting:
    """Any port, with how often each of its verbs was asked."""

    def __init__(self, port: Any) -> None:
        self.port, self.asked = port, list[str]()

    def __getattr__(self, verb: str) -> Any:
        def counted(*given: Any, **more: Any) -> Any:
            self.asked.append(verb)
            return getattr(self.port, verb)(*given, **more)

        return counted


def test_a_code_goes_to_the_address_on_file() -> None:
    house = House()

    assert house.challenges(asking()) == ASKED
    ((to, subject, text),) = house.post.sent
    assert (to, subject) == (ADA, REPLIES.code_letter_subject)
    assert "10 minutes" in text
    tried = house.codes.attempt(
        "inbox:T1", [house.post.code], email=ADA, message_id="m2", now=house.clock()
    )
    assert tried is not None
    assert tried.result == "right"


def test_nothing_that_a_stranger_wrote_stands_in_the_letter() -> None:
    house = House()
    house.challenges(asking("Call 555-0199 to win", subject="You have won a prize"))

    assert "won" not in house.post.sent[0][2]
    assert "555-0199" not in house.post.sent[0][2]


def test_who_has_no_account_hears_the_same_and_it_costs_the_same() -> None:
    said, asked = [], []
    for email in (ADA, NOBODY):
        house = House()
        codes, ledger = Counting(house.codes), Counting(house.ledger)
        house.codes, house.ledger = codes, ledger  # type: ignore[assignment]
        said.append(house.challenges(asking(email=email)))
        asked.append((codes.asked, ledger.asked))
        sent = len(house.post.sent)
        assert sent == (email == ADA)

    assert said[0] == said[1] == ASKED
    assert asked[0] == asked[1] == (["standing", "issue"], ["begin", "record"])


def test_what_no_account_stands_behind_can_never_be_met() -> None:
    house = House()
    house.challenges(asking(email=NOBODY))

    tried = house.codes.attempt(
        "inbox:T1", ["000000"], email=NOBODY, message_id="m2", now=house.clock()
    )
    assert tried == CodeTried(result="wrong", tries_left=4)
    every_code = [f"{number:06}" for number in range(1000)]
    assert house.codes.among("inbox:T1", every_code) == ()


def test_asking_again_in_the_same_turn_sends_nothing() -> None:
    house = House()
    turn = asking()

    assert house.challenges(turn) == house.challenges(turn) == ASKED
    assert len(house.post.sent) == 1


@pytest.mark.parametrize(
    ("error", "state"),
    [(Unavailable("the mail service"), "unknown"), (Rejected("no mail to ada@…"), "refused")],
)
def test_a_letter_whose_answer_is_lost_is_not_sent_again_and_nobody_hears_of_it(
    error: Exception, state: str
) -> None:
    house = House(Post(error))
    turn = asking()

    assert house.challenges(turn) == house.challenges(turn) == ASKED
    assert len(house.post.sent) == 1
    entry = house.ledger.load(f"{turn.id}:code")
    assert entry is not None
    assert entry.state == state
    assert "ada@" not in entry.words


def test_a_letter_that_was_begun_by_somebody_who_is_gone_is_not_sent() -> None:
    house = House()
    turn = asking()
    entry = LedgerEntry(
        key=f"{turn.id}:code",
        what="the letter",
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        state="begun",
        begun_at=house.clock(),
    )
    house.ledger.begin(entry)

    assert house.challenges(turn) == ASKED
    assert house.post.sent == []


def test_neither_the_ledger_nor_the_log_knows_the_code(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    house = House()
    turn = asking()
    house.challenges(turn)

    entry = house.ledger.load(f"{turn.id}:code")
    assert entry is not None
    assert (entry.state, entry.words) == ("done", "")
    assert house.post.code not in entry.model_dump_json()
    assert house.post.code not in house.standing().model_dump_json()
    assert house.post.code not in caplog.text


def test_a_wrong_code_is_told_with_the_tries_that_are_left_and_no_letter() -> None:
    house = House()
    house.challenges(asking())
    wrong = CodeTried(result="wrong", tries_left=3)

    said = house.challenges(asking(id="t2", tried=wrong))
    assert said == REPLIES.code_wrong.format(tries="3 tries")
    assert len(house.post.sent) == 1


@pytest.mark.parametrize(("left", "words"), [(4, "4 tries"), (1, "1 try")])
def test_the_tries_that_are_left_are_told_in_words(left: int, words: str) -> None:
    assert in_tries(left) == words


def test_while_a_code_can_be_answered_no_other_is_sent() -> None:
    house = House()
    house.challenges(asking())

    assert house.challenges(asking("And my other order?", id="t2")) == REPLIES.code_open
    assert len(house.post.sent) == 1


def test_who_asks_for_another_code_gets_one() -> None:
    house = House()
    house.challenges(asking())
    first = house.post.code

    assert house.challenges(asking(id="t2", tried=CodeTried(result="again"))) == ASKED
    assert len(house.post.sent) == 2
    assert house.standing().turn_id == "t2"
    assert house.post.code != first


def test_after_a_code_that_came_too_late_another_one_is_sent() -> None:
    house = House()
    house.challenges(asking())
    house.clock.pass_by(minutes=11)

    said = house.challenges(asking(id="t2", tried=CodeTried(result="expired")))
    assert said == f"{REPLIES.code_expired} {ASKED}"
    assert len(house.post.sent) == 2


def test_a_fourth_code_within_the_hour_is_a_matter_for_a_person() -> None:
    house = House()
    for number in range(3):
        assert house.challenges(asking(id=f"t{number}")) == ASKED
        house.clock.pass_by(minutes=11)

    refused = house.challenges(asking(id="t4"))
    assert isinstance(refused, Objection)
    assert (refused.code, refused.cure) == ("TOO_MANY_CODES", "person")
    assert len(house.post.sent) == 3
    house.clock.pass_by(minutes=60)
    assert house.challenges(asking(id="t5")) == ASKED


def test_who_wishes_for_a_fourth_code_may_still_answer_the_third() -> None:
    house = House()
    for number in range(3):
        house.challenges(asking(id=f"t{number}", tried=CodeTried(result="again")))

    said = house.challenges(asking(id="t4", tried=CodeTried(result="again")))
    assert said == REPLIES.code_open
    assert len(house.post.sent) == 3


@pytest.mark.parametrize("email", [ADA, NOBODY])
def test_nobody_floods_a_mailbox_from_many_conversations(email: str) -> None:
    house = House()
    said = [
        house.challenges(asking(id=f"t{number}", conversation_id=f"inbox:{number}", email=email))
        for number in range(4)
    ]

    assert said[:3] == [ASKED] * 3
    assert isinstance(said[3], Objection)
    assert len(house.post.sent) == (3 if email == ADA else 0)


def test_a_code_that_another_one_was_asked_for_is_asked_for_anew() -> None:
    house = House()
    house.challenges(asking())

    assert house.challenges(asking(id="t2", email=NOBODY)) == ASKED
    assert house.standing().email == NOBODY


def test_an_address_in_capitals_is_not_another_one() -> None:
    house = House()
    house.challenges(asking())

    assert house.challenges(asking(id="t2", email="ADA@Example.com")) == REPLIES.code_open


def test_a_code_of_the_episode_before_is_asked_for_anew() -> None:
    house = House()
    house.challenges(asking())

    assert house.challenges(asking(id="t2", episode=2)) == ASKED
    assert house.standing().episode == 2


def test_the_code_is_no_number_that_stood_in_the_conversation() -> None:
    house = House()
    house.challenges(asking("My lamp 123456 is broken", subject="271828"))

    assert house.standing().known == ("271828", "123456")


def test_a_code_is_drawn_again_when_it_is_a_number_of_the_conversation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = iter([123456, 42])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    house = House()
    house.challenges(asking("My lamp 123456 is broken"))

    assert house.post.code == "000042"


def test_where_no_letters_can_be_sent_the_customer_is_asked_to_sign_in() -> None:
    house = House(NotConnected("letters"))

    assert house.challenges(asking()) == REPLIES.verify
    assert house.codes.standing("inbox:T1") is None


def test_a_policy_without_the_texts_sends_no_codes() -> None:
    policy = a_policy()
    silent = policy.replies.model_copy(update={"verify_by_code": ""})
    house = House(policy=policy.model_copy(update={"replies": silent}))

    assert house.challenges(asking()) == REPLIES.verify
    assert house.post.sent == []


def test_whoever_keeps_the_addresses_may_refuse_and_it_sounds_the_same() -> None:
    class Refuses:
        def address_on_file(self, asker: Asker) -> str | None:
            raise Rejected("no such directory")

    house = House()
    house.connectors = replace(house.connectors, identity=Refuses())  # type: ignore[arg-type]

    assert house.challenges(asking()) == ASKED
    assert house.post.sent == []


def test_addresses_that_cannot_be_asked_for_now_are_asked_for_again_later() -> None:
    class Hangs:
        def address_on_file(self, asker: Asker) -> str | None:
            raise Unavailable("the directory")

    house = House()
    hanging = replace(house.connectors, identity=Hangs())  # type: ignore[arg-type]
    mended, house.connectors = house.connectors, hanging
    with pytest.raises(Unavailable):
        house.challenges(asking())

    house.connectors = mended
    assert house.challenges(asking()) == ASKED
    assert len(house.post.sent) == 1


def test_who_is_not_asked_is_sent_nothing() -> None:
    house = House()

    assert house.challenges(a_judged_turn()) == ""
    assert house.post.sent == []


def test_a_person_who_writes_the_reply_themselves_asks_in_their_own_way() -> None:
    turn = asking()
    edited = an_approval(turn, state="approved", edited_reply="Please call us. Mia")

    assert House().challenges(turn.model_copy(update={"decisions": (edited,)})) == ""
