"""Has people come back to a customer on a day."""

from datetime import date
from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, day, whole
from deskhand.tools.facts.ticket import TICKETS, tickets_fact
from deskhand.tools.plain import Text, Title
from deskhand.tools.proof import ProvenAction


class OpenFollowUp(ProvenAction):
    """Open a ticket for people to come back to the customer on a day, within 60 days: where
    something has to be waited for. Not for what can be settled now."""

    tool_name: ClassVar[str] = "open_follow_up"
    resource_kind: ClassVar[str] = "Tickets"
    made_kind: ClassVar[str] = "follow-up"
    telling: ClassVar[tuple[str, ...]] = (
        "follow up",
        "follow-up",
        "come back to me",
        "get back to me",
        "remind",
    )

    subject: Title = Field(description="What it is about, in one line.")
    text: Text = Field(description="What has to be looked at then, and what was done so far.")
    due: date = Field(description="The day on which to come back to it, as YYYY-MM-DD.")

    @property
    def fact_id(self) -> str:
        """The fact about the customer's tickets."""
        return TICKETS

    def in_words(self, facts: Facts) -> str:
        """The ticket as people are asked about it; what somebody typed stands in quotes."""
        return f'a follow-up on {day(self.due)} about "{self.subject}": "{self.text}"'

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """How many days it is from the day on which the tickets were read."""
        read_on = date.fromisoformat(str(self.thing(facts).attributes["read_on"]))
        return {"days": (self.due - read_on).days}

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The customer's tickets as they are now."""
        return (tickets_fact(connectors.tickets.past(scope), connectors.clock),)

    def after(self, facts: Facts) -> Facts:
        """One more follow-up waits."""
        waiting = whole(self.thing(facts), "open_follow_ups")
        return changed(facts, TICKETS, open_follow_ups=waiting + 1)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Opens the ticket."""
        return connectors.tickets.open_follow_up(
            scope,
            subject=self.subject,
            text=self.text,
            due=self.due,
            idempotency_key=idempotency_key,
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The ticket's id, if there is one with this subject, text and day."""
        made = connectors.tickets.made(scope, idempotency_key)
        asked = {"subject": self.subject, "text": self.text, "due": self.due.isoformat()}
        return self.proof_of(made, scope.customer_id, **asked)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the ticket is there."""
        return f"We will come back to you on {day(self.due)} (ticket {reference})."
