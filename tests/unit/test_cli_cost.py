"""People see what the models cost: of a stage, a turn, a ticket, and all tickets together."""

import io
import json
from typing import Any

import httpx
import pytest
from rich.console import Console, RenderableType

from deskhand.domain.conversation import Conversation
from deskhand.domain.draft import Draft
from deskhand.domain.turn import Ended, Ending, StageRecord
from deskhand.domain.usage import Usage, sum_of
from scripts.deskhand_cli import tickets as commands
from scripts.deskhand_cli.outcome import Outcome, Summary
from scripts.deskhand_cli.seen import Seen
from scripts.deskhand_cli.tables import summary_lines
from scripts.deskhand_cli.terminal import used
from scripts.deskhand_cli.trace import trace
from scripts.sample.ticket_file import SampleTicket
from tests.builders import NOON, a_drafted_turn, an_asker
from tests.terminal import an_api, typed

READ = Usage(
    model="claude-haiku-5-5", calls=1, input_tokens=700, output_tokens=80, cost_microusd=150
)
WRITTEN = Usage(
    model="claude-haiku-5-5",
    calls=2,
    input_tokens=1_000,
    cache_read_tokens=6_200,
    output_tokens=220,
    cost_microusd=270,
)


def shown(part: RenderableType) -> str:
    stream = io.StringIO()
    Console(file=stream, width=200, color_system=None).print(part)
    return stream.getvalue()


def a_stage(name: str, usage: Usage) -> StageRecord:
    return StageRecord(stage=name, started_at=NOON, duration_ms=1.0, outcome="done", usage=usage)


def a_seen(*usages: Usage, draft: Draft | None = None, kind: str = "answered") -> Seen:
    stages = tuple(a_stage(f"stage {place}", one) for place, one in enumerate(usages))
    turn = a_drafted_turn(draft=draft, stages=stages)
    ending = Ending.model_validate({"kind": kind, "why": "all was said", "at": NOON})
    head = Conversation(
        id="inbox:T1", helpdesk="inbox", ticket_id="T1", subject="", asker=an_asker()
    )
    return Seen(head, (Ended(turn=turn, ending=ending),))


def an_outcome(seen: Seen | None) -> Outcome:
    ticket = SampleTicket.model_validate(
        {
            "id": "t",
            "about": "It is asked.",
            "from": {"email": "a@example.com"},
            "messages": [{"text": "?"}],
            "expect": {"ending": "answered"},
        }
    )
    return Outcome(ticket, "inbox:T1", seen, 1.0)


def test_a_turn_has_used_what_its_stages_have() -> None:
    seen = a_seen(READ, Usage(), WRITTEN)

    assert seen.usage == sum_of([READ, WRITTEN])
    assert (seen.usage.calls, seen.cost_microusd) == (3, 420)
    assert seen.usage.model == "claude-haiku-5-5"


def test_the_trace_tells_tokens_and_price() -> None:
    told = shown(trace(a_seen(READ, WRITTEN)))

    assert "$0.0003" in told
    assert (
        "models: $0.0004 for 3 calls: 7,900 tokens told, 6,200 of them from the cache, 300 answered"
    ) in told


def test_nothing_is_said_of_models_that_nobody_asked() -> None:
    assert used(Usage()) == ""
    assert "models:" not in shown(trace(a_seen(Usage())))
    assert used(READ) == "$0.0001 for 1 call: 700 tokens told, 80 answered"


def test_the_trace_says_why_nobody_was_asked() -> None:
    told = shown(trace(a_seen(draft=Draft(withheld="the budget of a day, 50.00 USD, is spent"))))

    assert "nobody was asked: the budget of a day, 50.00 USD, is spent" in told


def test_all_tickets_together_pay_for_those_that_needed_no_person() -> None:
    outcomes = [
        an_outcome(a_seen(READ)),
        an_outcome(a_seen(WRITTEN, kind="handed_over")),
        an_outcome(None),
    ]
    summary = Summary.of(outcomes, elapsed_s=1.0)

    assert (summary.cost_microusd, summary.resolution_microusd) == (420, 420)
    assert summary.as_json()["resolution_microusd"] == 420
    told = " ".join(shown(summary_lines(summary, outcomes)).split())
    assert "The models cost $0.0004, $0.0004 for each without a person." in told


def test_where_every_ticket_needed_a_person_no_resolution_has_a_price() -> None:
    outcomes = [an_outcome(a_seen(WRITTEN, kind="handed_over"))]
    summary = Summary.of(outcomes, elapsed_s=1.0)

    assert summary.resolution_microusd is None
    assert "The models cost $0.0003." in shown(summary_lines(summary, outcomes))


def test_free_models_are_not_spoken_of() -> None:
    outcomes = [an_outcome(a_seen())]

    assert "models" not in shown(summary_lines(Summary.of(outcomes, elapsed_s=1.0), outcomes))


def test_the_list_of_tickets_tells_the_price_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed: list[dict[str, Any]] = [
        {
            "id": name,
            "asker": {"email": "a@example.com"},
            "subject": "My order",
            "status": "open",
            "assignee": "",
            "queue": "",
            "tags": [],
            "messages": [],
        }
        for name in ("T1", "T2")
    ]
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path.endswith("/tickets"):
            return httpx.Response(200, json=listed)
        if request.url.path.endswith("T2"):
            return httpx.Response(404, json={})
        return httpx.Response(200, json=a_seen(READ, WRITTEN).as_json())

    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(commands, "running_desk", lambda: an_api(answer))
    deskhand = typed(monkeypatch, capsys, "tickets")

    code, said, _ = deskhand()
    assert (code, len(asked)) == (0, 1)
    assert "cost" not in said
    assert "$0.0004" in deskhand("--cost")[1]
    found = json.loads(deskhand("--cost", "--json")[1])
    assert [one["cost_microusd"] for one in found] == [420, 0]
