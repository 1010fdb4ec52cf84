"""What `DeadLetters` promises about what the queue gave up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deskhand.adapters.dynamodb.dead_letters import DynamoDbDeadLetters
from deskhand.adapters.memory.dead_letters import MemoryDeadLetters
from deskhand.domain.dead_letter import DeadLetter
from deskhand.ports import DeadLetters
from tests.builders import NOON
from tests.contract.conftest import ENGINES, mocked_aws

LARGEST_BODY = 1_048_576
"""What a message of the queue may have."""


@pytest.fixture(params=["memory", *ENGINES])
def kept(request: pytest.FixtureRequest) -> Iterator[DeadLetters]:
    if request.param == "memory":
        yield MemoryDeadLetters()
        return
    with mocked_aws(request.param, request) as mocked:
        yield DynamoDbDeadLetters(mocked.table())


def a_letter(number: int, **bent: object) -> DeadLetter:
    given = {"id": f"letter-{number}", "group": "g", "body": "{}", "sent_at": NOON}
    return DeadLetter.model_validate(given | bent)


def test_a_letter_is_found_as_it_was_kept(kept: DeadLetters) -> None:
    letter = a_letter(1, helpdesk="inbox", ticket_id="T1")
    kept.keep(letter)

    assert kept.load("letter-1") == letter
    assert kept.load("letter-2") is None


def test_what_becomes_of_a_letter_takes_the_place_of_what_it_was(kept: DeadLetters) -> None:
    kept.keep(a_letter(1))
    redriven = a_letter(1, state="redriven", redriven_by="Mia", redriven_at=NOON)
    kept.keep(redriven)

    assert kept.load("letter-1") == redriven
    assert kept.all() == (redriven,)


def test_letters_are_listed_oldest_first(kept: DeadLetters) -> None:
    letters = [a_letter(n, sent_at=NOON - timedelta(seconds=n)) for n in (1, 3, 2)]
    for letter in letters:
        kept.keep(letter)

    assert [letter.id for letter in kept.all()] == ["letter-3", "letter-2", "letter-1"]


def test_the_largest_message_that_the_queue_takes_is_kept_whole(kept: DeadLetters) -> None:
    letter = a_letter(1, body="x" * LARGEST_BODY)
    kept.keep(letter)

    assert kept.load("letter-1") == letter
