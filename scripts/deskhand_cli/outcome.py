"""How one ticket went, and all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from deskhand.domain.turn import Ended
from scripts.deskhand_cli.checking import codes_of
from scripts.deskhand_cli.seen import Seen
from scripts.sample.ticket_file import SampleTicket


@dataclass(frozen=True)
class Outcome:
    """One ticket that was sent: what came of it and how that differs from what its file says."""

    ticket: SampleTicket
    conversation_id: str
    seen: Seen | None
    elapsed_s: float
    differences: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def without_a_person(self) -> bool:
        """Whether nobody had to be asked or take over; what is only recorded, a person answers."""
        if self.seen is None or not self.seen.endings or self.seen.approvals:
            return False
        return not {"handed_over", "recorded"} & {ending.kind for ending in self.seen.endings}

    @property
    def turn_times_s(self) -> tuple[float, ...]:
        """Of each turn that nobody was asked about: from its start to its ending."""
        if self.seen is None:
            return ()
        asked = {approval.turn_id for approval in self.seen.approvals}
        return tuple(
            (stored.ending.at - stored.turn.started_at).total_seconds()
            for stored in self.seen.turns
            if isinstance(stored, Ended) and stored.turn.stages and stored.turn.id not in asked
        )

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        seen = self.seen
        return {
            "id": self.ticket.id,
            "conversation_id": self.conversation_id,
            "intent": seen.intent if seen else "",
            "endings": [ending.kind for ending in seen.endings] if seen else [],
            "codes": list(codes_of(seen)) if seen else [],
            "why": seen.last_ending.why if seen and seen.last_ending else "",
            "reply": seen.last_ending.reply if seen and seen.last_ending else "",
            "actions": [
                {"name": receipt.name, "reference": receipt.reference, "words": receipt.words}
                for receipt in (seen.receipts if seen else ())
            ],
            "elapsed_s": round(self.elapsed_s, 3),
            "turn_times_s": [round(time_s, 3) for time_s in self.turn_times_s],
            "cost_microusd": seen.cost_microusd if seen else 0,
            "without_a_person": self.without_a_person,
            "as_expected": self.as_expected,
            "differences": list(self.differences),
        }


@dataclass(frozen=True)
class Summary:
    """All tickets together."""

    tickets: int
    as_expected: int
    without_a_person: int
    median_turn_s: float
    elapsed_s: float
    cost_microusd: int = 0
    """What the models cost, all tickets together."""

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], *, elapsed_s: float) -> "Summary":
        """What the outcomes come to."""
        times_s = [time_s for outcome in outcomes for time_s in outcome.turn_times_s]
        return cls(
            tickets=len(outcomes),
            as_expected=sum(outcome.as_expected for outcome in outcomes),
            without_a_person=sum(outcome.without_a_person for outcome in outcomes),
            median_turn_s=round(median(times_s), 3) if times_s else 0.0,
            elapsed_s=round(elapsed_s, 3),
            cost_microusd=sum(one.seen.cost_microusd for one in outcomes if one.seen),
        )

    @property
    def resolution_microusd(self) -> int | None:
        """What the models cost for each ticket that needed no person, those that did need one paid
        along; None where there was none."""
        if not self.without_a_person:
            return None
        return round(self.cost_microusd / self.without_a_person)

    @property
    def share_without_a_person(self) -> float:
        """Of all tickets."""
        return self.without_a_person / self.tickets if self.tickets else 0.0

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            **vars(self),
            "share_without_a_person": round(self.share_without_a_person, 4),
            "resolution_microusd": self.resolution_microusd,
        }
