"""What a person answered one customer answers the next one, once a person has approved it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from deskhand import wiring
from tests.flow.conftest import House
from tests.flow.test_gaps import UNKNOWN, UNKNOWN_TOO, key_of


@pytest.fixture
def learner(house: House) -> Iterator[House]:
    """A house whose lessons are forgotten afterwards."""
    yield house
    for proposal in wiring.article_shelf().articles():
        if getattr(proposal, "id", "").startswith("learned-"):
            wiring.article_shelf().remove(proposal.id)
    house.stack.invoke("reindex")


def people_say(house: House, method: str, path: str, body: Any = None, **values: str) -> Any:
    """What the people's API answers, through the handler that is deployed."""
    event = {
        "routeKey": f"{method} {path}",
        "pathParameters": values,
        "headers": {"Authorization": f"Bearer {key_of(house)}"},
        "body": json.dumps(body),
    }
    answer = house.stack.invoke("console", event)
    assert answer["statusCode"] < 300, answer["body"]
    return json.loads(answer["body"])


def test_the_next_customer_is_answered_with_what_a_person_said(learner: House) -> None:
    learner.says("first", UNKNOWN)
    (turn,) = learner.ended("first")
    assert turn.ending.kind == "handed_over"
    said = {
        "text": "Dear Ada,\n\nWe rent telescopes out for a weekend, for 25 EUR each.\n\nBo",
        "by": "Bo",
        "status": "solved",
    }
    people_say(learner, "POST", "/v1/tickets/{ticket_id}/replies", said, ticket_id="first")

    asked = {"conversation_id": "inbox:first"}
    proposed = people_say(learner, "POST", "/v1/kb/proposals", asked)
    assert "Ada" not in proposed["text"]
    document_id, _ = proposed["id"].split(".")
    learner.stack.invoke("reindex")
    assert document_id not in str(wiring.knowledge().indexed())

    word, route = {"by": "Mia"}, "/v1/kb/proposals/{proposal_id}/approve"
    people_say(learner, "POST", route, word, proposal_id=proposed["id"])
    learner.until(lambda: document_id in str(wiring.knowledge().indexed()))
    learner.clock.pass_by(minutes=5)
    learner.says("second", UNKNOWN_TOO)

    (turn,) = learner.ended("second")
    assert turn.ending.kind == "answered", turn.ending
    assert "25 EUR" in turn.ending.reply
    (entry,) = (one for one in _audit() if "article" in one.what)
    assert entry.who == "Mia"


def _audit() -> list[Any]:
    now = wiring.clock()()
    return list(wiring.audit().between(now - timedelta(days=1), now + timedelta(days=1)))
