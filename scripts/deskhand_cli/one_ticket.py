"""Where the time of one ticket goes on the local AWS, once everything there is warm."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Self

from deskhand.domain.turn import Ended
from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.seen import Seen

QUESTION = "Do you deliver to Norway, and how long does it take?"
PATIENCE_S = 60.0
POLL_S = 0.02


@dataclass(frozen=True)
class TicketTime:
    """One ticket from the moment it is sent until its turn has ended."""

    accepted_ms: float
    """Until intake has answered; dispatch may have been quicker."""
    opened_ms: float
    """Until dispatch has opened the turn: taken in, queued and dispatched."""
    stages_ms: dict[str, float]
    machine_ms: float
    """What of the turn is no stage: state transitions, invocations, loading and saving it."""
    total_ms: float

    @classmethod
    def of(cls, seen: Seen, *, sent_at: datetime, accepted_at: datetime) -> Self:
        """What the trace tells."""
        (ended,) = (stored for stored in seen.turns if isinstance(stored, Ended))
        stages_ms: dict[str, float] = {}
        for record in ended.turn.stages:
            stages_ms[record.stage] = stages_ms.get(record.stage, 0.0) + record.duration_ms
        opened_at, ended_at = ended.turn.started_at, ended.ending.at
        turn_ms = _ms(opened_at, ended_at)
        return cls(
            accepted_ms=_ms(sent_at, accepted_at),
            opened_ms=_ms(sent_at, opened_at),
            stages_ms=stages_ms,
            machine_ms=turn_ms - sum(stages_ms.values()),
            total_ms=_ms(sent_at, ended_at),
        )

    @classmethod
    def median(cls, several: Sequence[Self]) -> Self:
        """Part by part."""
        names = dict.fromkeys(name for one in several for name in one.stages_ms)
        return cls(
            accepted_ms=median(one.accepted_ms for one in several),
            opened_ms=median(one.opened_ms for one in several),
            stages_ms={
                name: median(one.stages_ms.get(name, 0.0) for one in several) for name in names
            },
            machine_ms=median(one.machine_ms for one in several),
            total_ms=median(one.total_ms for one in several),
        )


def time_tickets(api: DeskApi, *, warm_up: int, times: int) -> TicketTime:
    """Sends the same question again and again, one after another; the first ones do not count."""
    found = [_time_one(api, f"bench-{number}") for number in range(warm_up + times)]
    return TicketTime.median(found[warm_up:])


def _time_one(api: DeskApi, ticket_id: str) -> TicketTime:
    sent_at = datetime.now(UTC)
    conversation_id = api.deliver(
        {
            "ticket_id": ticket_id,
            "message_id": "m1",
            "text": QUESTION,
            "from": {"email": f"{ticket_id}@example.com", "verified": False},
        }
    )
    accepted_at = datetime.now(UTC)
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        seen = api.conversation(conversation_id)
        if seen is not None and seen.rests(["m1"]):
            return TicketTime.of(seen, sent_at=sent_at, accepted_at=accepted_at)
        time.sleep(POLL_S)
    raise CommandError(f"the benchmark's ticket had no ending within {PATIENCE_S:.0f} s")


def _ms(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() * 1000
