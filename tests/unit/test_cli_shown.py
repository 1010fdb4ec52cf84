"""What people see of a ticket: every part of its trace, and what it came to."""

import io
from typing import Any

import pytest
from rich.console import Console, RenderableType

from deskhand.domain.conversation import Conversation
from deskhand.domain.evidence import Evidence
from deskhand.domain.money import Money
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Ended, Ending, Look, StageRecord, Turn
from deskhand.domain.usage import Usage
from deskhand.domain.verdict import Objection, Verdict
from scripts.deskhand_cli.bench_tables import bench_tables
from scripts.deskhand_cli.one_ticket import TicketTime
from scripts.deskhand_cli.outcome import Outcome, Summary
from scripts.deskhand_cli.seen import Seen
from scripts.deskhand_cli.tables import outcome_table, summary_lines
from scripts.deskhand_cli.trace import trace
from scripts.sample.ticket_file import SampleTicket
from tests.builders import (
    NOON,
    a_draft,
    a_judged_turn,
    a_passage,
    a_refund,
    a_turn,
    an_approval,
    an_asker,
    an_order_fact,
    some_evidence,
)

OBJECTION = Objection(code="REFUND_ABOVE_LIMIT", words="above 50.00 EUR", cure="approval")


def shown(part: RenderableType) -> str:
    stream = io.StringIO()
    Console(file=stream, width=200, color_system=None).print(part)
    return stream.getvalue()


def a_receipt() -> Receipt:
    return Receipt(
        key="k",
        kind="action",
        name="refund_order",
        reference="re-77",
        words="42.00 EUR went back.",
        money=Money(amount_cents=42_00, currency="EUR"),
        read_back_at=NOON,
    )


def a_story(**bent: Any) -> Ended:
    """A turn in which everything has happened."""
    draft = a_draft(actions=(a_refund(),), missing="when the shop opens")
    turn = a_judged_turn(
        "Where is my money? [bold]",
        draft=draft,
        evidence=some_evidence(
            facts=(an_order_fact(),),
            passages=(a_passage(),),
            missing=("an order 9 of this customer",),
            choices=("order 1", "order 2"),
            troubles=("find_order: orders are not available",),
        ),
        verdict=Verdict(decision="send", mode="suggest", objections=(OBJECTION,)),
        looked=(Look(draft=a_draft(), verdict=Verdict(decision="look_again")),),
        stages=(
            StageRecord(
                stage="classify",
                started_at=NOON,
                duration_ms=1.25,
                outcome="refund_request, neutral",
                usage=Usage(cost_microusd=1_200),
            ),
        ),
    )
    ending = {
        "kind": "answered",
        "why": "everything asked was answered",
        "codes": ("REFUND_ABOVE_LIMIT",),
        "at": NOON,
        "reply": "Your money is on its way.",
        "receipts": (a_receipt(),),
    }
    return Ended(turn=turn, ending=Ending.model_validate(ending | bent))


def a_seen(*turns: Turn | Ended) -> Seen:
    head = Conversation(
        id="inbox:T1", helpdesk="inbox", ticket_id="T1", subject="", asker=an_asker()
    )
    return Seen(head, turns)


@pytest.mark.parametrize(
    "part",
    [
        "Where is my money? [bold]",
        "order_status 0.95",
        "fact order:1001",
        "passage shipping#1",
        "missing: an order 9 of this customer",
        "choose: order 2",
        "failed: find_order",
        "drafted, and sent back",
        "proposes refund_order(",
        "not in the evidence: when the shop opens",
        "send (mode suggest)",
        "REFUND_ABOVE_LIMIT above 50.00 EUR",
        "answered: everything asked was answered",
        "receipt re-77: 42.00 EUR went back.",
        "Your money is on its way.",
        "classify",
        "$0.0012",
    ],
)
def test_the_trace_tells_each_part_of_a_turn(part: str) -> None:
    assert part in shown(trace(a_seen(a_story())))


def test_the_trace_of_a_turn_that_came_nowhere_is_told_as_far_as_it_came() -> None:
    told = shown(trace(a_seen(a_turn("hello"))))
    assert "hello" in told
    assert "drafted" not in told


def test_the_machines_form_of_a_conversation_reads_back_the_same() -> None:
    seen = a_seen(a_story())
    assert Seen.read(seen.as_json()) == seen


def test_evidence_without_anything_is_told_too() -> None:
    turn = a_judged_turn("hello", evidence=Evidence(), draft=a_draft())
    assert "found" in shown(trace(a_seen(turn)))


# --- the table -----------------------------------------------------------------------------------


def an_outcome(*differences: str, seen: Seen | None = None) -> Outcome:
    ticket = SampleTicket.model_validate(
        {
            "id": "refund-it",
            "about": "A test.",
            "from": {"email": "a@example.com"},
            "messages": [{"text": "hello"}],
            "expect": {"ending": "answered", "actions": ["refund_order"]},
        }
    )
    return Outcome(ticket, "inbox:T1", seen, 1.5, differences)


def test_a_row_says_what_was_wanted_decided_done_and_spent() -> None:
    row = shown(outcome_table([an_outcome(seen=a_seen(a_story()))]))
    for part in ("refund-it", "order status", "answered: refund above limit", "re-77", "1.5 s"):
        assert part in row
    assert "$0.0012" in row
    assert " ok" in row


def test_a_row_says_who_decided() -> None:
    ended = a_story()
    approval = an_approval(ended.turn, state="approved", decided_by="Ruben", decided_at=NOON)
    seen = Seen(a_seen().conversation, (ended,), (approval,))
    assert "Ruben approved a refund of 80.00 EUR" in shown(outcome_table([an_outcome(seen=seen)]))


def test_what_ended_otherwise_is_named_with_what_was_expected_and_found() -> None:
    outcomes = [an_outcome("ending: expected answered; found none")]
    told = shown(summary_lines(Summary.of(outcomes, elapsed_s=2.0), outcomes))
    assert "refund-it: ending: expected answered; found none" in told
    assert "0 of 1 tickets ended as their files say" in told
    assert "not ok" in shown(outcome_table(outcomes))


# --- the benchmark -------------------------------------------------------------------------------


def test_a_tickets_time_is_told_part_by_part() -> None:
    ended = a_story()
    from datetime import timedelta

    later = ended.model_copy(
        update={
            "turn": ended.turn.model_copy(update={"started_at": NOON + timedelta(seconds=1)}),
            "ending": ended.ending.model_copy(update={"at": NOON + timedelta(seconds=3)}),
        }
    )
    found = TicketTime.of(
        a_seen(later), sent_at=NOON, accepted_at=NOON + timedelta(milliseconds=100)
    )
    assert (found.accepted_ms, found.opened_ms, found.total_ms) == (100.0, 1000.0, 3000.0)
    assert found.machine_ms == pytest.approx(2000.0 - 1.25)
    assert TicketTime.median([found, found, found]) == found


def test_the_benchmarks_tables_show_every_figure() -> None:
    stage = {"stage": "gate", "calls": 9, "median_ms": 1.5, "p95_ms": 2.5, "share": 0.25}
    figures = {
        "imports": [{"function": "gate", "cpu_ms": 130.0, "rss_mb": 34.0, "modules": 289}],
        "stages": [stage],
        "gate": {
            "start_ms": 77.0,
            "asked": [{"gate": "Cedar", "rules": 100, "p50_ms": 0.61, "p99_ms": 0.72}],
        },
        "ticket": {
            "accepted_ms": 20.0,
            "opened_ms": 50.0,
            "stages_ms": {"gate": 10.0},
            "machine_ms": 140.0,
            "total_ms": 200.0,
        },
    }
    told = shown(bench_tables(figures))
    for part in ("130 ms", "34 MB", "1.50 ms", "2.50 ms", "25%", "50.0 ms", "70%", "200.0 ms"):
        assert part in told
    for part in ("in 77 ms", "0.61 ms", "0.72 ms"):
        assert part in told
    assert "knowledge base" not in told


def test_the_knowledge_bases_figures_stand_beside_those_of_the_bare_library() -> None:
    store = {
        "store": "embedded",
        "chunks": 10_000,
        "p50_ms": 4.5,
        "p95_ms": 9.25,
        "bare_p50_ms": 3.5,
        "bare_p95_ms": 8.125,
        "ratio": 1.29,
        "filled_s": 2.5,
        "unchanged_s": 1.25,
        "index_mb": 33.0,
        "memory_mb": 52.0,
    }
    new = {"chunks": 1000, "whole_s": 11.5, "embedder_s": 11.0, "ratio": 1.05, "chunks_per_s": 87.0}
    figures = {
        "stores": [store, store | {"store": "OpenSearch", "memory_mb": None}],
        "left_out": "OpenSearch is not here",
        "embedding": new,
    }
    told = shown(bench_tables({"knowledge": figures}))
    for part in ("10,000", "4.50 ms", "9.25 ms", "3.50 ms", "8.12 ms", "1.29", "2.5 s", "1.25 s"):
        assert part in told
    for part in ("33 MB", "52 MB", "its server's", "87 a second", "1.05 times", "11.0 s"):
        assert part in told
    assert "Without OpenSearch: OpenSearch is not here" in told
