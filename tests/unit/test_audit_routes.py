"""The audit over the API: by conversation, by time, in pages, and with what people decide."""

import json
from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.audit import AuditEntry
from deskhand.domain.stop import Stop
from deskhand.domain.verdict import Objection
from deskhand.domain.web import Answer, Request
from deskhand.jobs.audit_routes import MOST_AT_ONCE, AuditRoutes
from tests.builders import CONVERSATION, NOON, a_turn
from tests.memory_house import MemoryHouse
from tests.unit.test_console import People


def asked(house: MemoryHouse, **query: str) -> Any:
    answer = AuditRoutes(house.audit, house.clock).listed(
        Request(route="GET /v1/audit", query=query)
    )
    assert answer.status == 200, answer.body
    return answer.body


def with_entries(count: int, *, apart_s: float = 1) -> MemoryHouse:
    house = MemoryHouse()
    for number in range(count):
        at = NOON + timedelta(seconds=number * apart_s)
        entry = AuditEntry(id=f"e{number}", at=at, who="Mia", what="said so", conversation_id="c")
        assert house.audit.add(entry)
    return house


def test_entries_of_a_day_are_listed() -> None:
    house = with_entries(3)
    body = asked(house, **{"from": "2026-11-21", "to": "2026-11-22"})

    assert [entry["id"] for entry in body["entries"]] == ["e0", "e1", "e2"]
    assert body["next"] is None
    assert asked(house, **{"from": "2026-11-22", "to": "2026-11-23"})["entries"] == []


def test_without_a_time_the_last_day_is_meant() -> None:
    assert len(asked(with_entries(2))["entries"]) == 2


def test_a_conversation_is_asked_for_whenever_it_was() -> None:
    house = with_entries(2)
    house.clock.pass_by(days=400)
    assert len(asked(house, conversation="c")["entries"]) == 2
    assert asked(house, conversation="d")["entries"] == []


def test_what_does_not_fit_on_one_page_is_on_the_next() -> None:
    house = with_entries(MOST_AT_ONCE + 10)
    first = asked(house, **{"from": "2026-11-21", "to": "2026-11-22"})
    second = asked(house, **{"from": first["next"], "to": "2026-11-22"})

    assert len(first["entries"]) == MOST_AT_ONCE
    ids = [entry["id"] for entry in (*first["entries"], *second["entries"])]
    assert len(set(ids)) == MOST_AT_ONCE + 10
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"from": "yesterday"}, "`from` is 'yesterday'"),
        ({"to": "2026-13-01"}, "`to` is '2026-13-01'"),
        ({"from": "2026-11-22", "to": "2026-11-21"}, "`from` has to be before `to`"),
        ({"from": "2020-01-01", "to": "2026-11-21"}, "at most 366 days"),
    ],
)
def test_a_time_that_is_none_is_told(query: dict[str, str], words: str) -> None:
    house = MemoryHouse()
    request = Request(route="GET /v1/audit", query=query)
    answer = AuditRoutes(house.audit, house.clock).listed(request)
    assert answer.status == 400
    assert words in str(answer.body)


def test_a_release_of_a_stop_is_kept_with_the_persons_name() -> None:
    people = People()
    stop = Stop(action="refund_order", sign="done", words="9 in an hour", count=9, since=NOON)
    released = stop.model_copy(update={"released_by": "Mia", "released_at": NOON})
    routes = AuditRoutes(people.house.audit, people.house.clock)
    told = routes.released(Answer(status=200, body=released.model_dump(mode="json")))
    routes.released(Answer(status=404, body={"error": "refund_order is not stopped"}))

    assert told.status == 200
    (entry,) = people.house.audit.of("")
    assert (entry.who, entry.what) == (
        "Mia",
        "released refund_order, which was stopped: 9 in an hour",
    )


def test_giving_back_is_kept_with_the_persons_name() -> None:
    people = People()
    turn = people.house.stored(a_turn())
    people.house.turns.hand_over(turn, Objection(code="X", words="so", cure="person"))
    route = "POST /v1/tickets/{ticket_id}/give-back"
    assert people.ask(route, body={"by": " "}, ticket_id="T1").status == 400
    assert people.ask(route, body={"by": "Mia"}, ticket_id="T1").status == 200

    (entry,) = people.house.audit.of(CONVERSATION)
    assert (entry.who, entry.what) == ("Mia", "gave the conversation back to the agent")
    assert json.dumps(entry.model_dump(mode="json"))
