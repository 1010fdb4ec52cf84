"""Walks turns through the machine's handlers in this process, a stopwatch in hand."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskhand import wiring
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.domain.turn import Envelope
from deskhand.jobs.dispatch import dispatch
from scripts.deskhand_cli.memory_house import MemoryHouse
from scripts.sample.ticket_file import SampleTicket

# As in functions/ticket.asl.json; whatever is not named leads to Escalate.
AFTER = {"classify": "retrieve", "retrieve": "generate", "generate": "gate"}
DECIDED = {"send": "act", "await_approval": "ask_person", "look_again": "retrieve"}
ACTED = {"judge_again": "gate"}


@dataclass
class Times:
    """How long each call of each stage took, and each turn in all its stages."""

    seconds: Callable[[], float] = time.perf_counter
    """The clock: by the wall, or of this thread's own work."""
    stages_ms: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    turns_ms: list[float] = field(default_factory=list)


def walk_all(house: MemoryHouse, tickets: Iterable[SampleTicket], times: Times) -> None:
    """Takes each ticket's first message to its turn's end, or to the person who is asked."""
    house.furnish()
    for ticket in tickets:
        arrival = _arrival(ticket)
        wiring.built_in_desk().open_ticket(arrival)
        dispatch(arrival, turns=wiring.turns())
    # Metrics are written to standard output, which on AWS is the log; here it is for results.
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        for started in tuple(house.workflow.started):
            walk(house, started.envelope, times)


def walk(house: MemoryHouse, check: Envelope, times: Times) -> None:
    """Takes one turn to its end, or to the person who is asked."""
    stage, turn_ms = "classify", 0.0
    while True:
        event = check.model_dump(mode="json")
        if stage == "ask_person":
            event |= {"task_token": f"token-{check.turn_id}"}
        began_s = times.seconds()
        answer = house.handlers[stage].handler(event, None)
        took_ms = (times.seconds() - began_s) * 1000
        times.stages_ms[stage].append(took_ms)
        turn_ms += took_ms
        check = Envelope.model_validate(answer)
        if check.decision == "ended" or stage in ("ask_person", "escalate"):
            times.turns_ms.append(turn_ms)
            return
        after = {"gate": DECIDED, "act": ACTED}.get(stage)
        stage = AFTER[stage] if after is None else after.get(check.decision, "escalate")


def _arrival(ticket: SampleTicket) -> Arrival:
    now = datetime.now(UTC)
    sender, first = ticket.sender, ticket.messages[0]
    return Arrival(
        helpdesk="inbox",
        ticket_id=ticket.id,
        subject=ticket.subject,
        asker=Asker(email=sender.email, name=sender.name, verified=sender.verified),
        message=Message(id="m1", author="customer", text=first.text, said_at=now),
        delivery_id=f"inbox:{ticket.id}:m1",
    )
