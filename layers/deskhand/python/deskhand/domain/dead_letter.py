"""A message of the queue that could not be dispatched, however often it was tried."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Arrival, Asker, Message

LONGEST_EXCERPT = 2_000

LetterState = Literal["kept", "handed_over", "taken_up", "redriven"]


class DeadLetter(Noun):
    """One dead letter, whole, and what has become of it."""

    id: str
    """As the queue names it."""
    group: str
    """The queue's name for its conversation."""
    body: str
    sent_at: AwareDatetime
    helpdesk: str = ""
    ticket_id: str = ""
    """Where the queue has it beside the body, for a body that nobody can read."""
    state: LetterState = "kept"
    """`handed_over` to a person with its conversation; `taken_up` by a turn before that;
    `redriven`: put into the queue again; `kept`: nobody has seen to it yet."""
    kept_as: str = ""
    """The message in which its conversation has it, once it was handed over."""
    redriven_by: str = ""
    redriven_at: datetime | None = None

    @property
    def arrival(self) -> Arrival | None:
        """The message that it is; None: nobody can read it."""
        try:
            return Arrival.model_validate_json(self.body)
        except ValidationError:
            return None

    @property
    def excerpt(self) -> Arrival | None:
        """What a person is shown of one that nobody can read; None: not even its ticket is
        known."""
        if not self.helpdesk or not self.ticket_id:
            return None
        text = f"(unreadable message) {self.body[:LONGEST_EXCERPT]}"
        message = Message(
            id=f"unreadable-{self.id}", author="customer", text=text, said_at=self.sent_at
        )
        return Arrival(
            helpdesk=self.helpdesk,
            ticket_id=self.ticket_id,
            subject="",
            asker=Asker(email=""),
            message=message,
            delivery_id=self.id,
        )

    @property
    def why(self) -> str:
        """Why it is dead, for a person."""
        return "it failed each time it was tried" if self.arrival else "its body could not be read"

    @property
    def again(self) -> Arrival | None:
        """The message as it goes into the queue again; None: nobody can read it.

        What its conversation has already goes under a name of its own, the same each time: a
        letter that is redriven twice is one message.
        """
        arrival = self.arrival
        if arrival is None:
            return None
        named = f"{arrival.message.id}:again"
        message = arrival.message.model_copy(update={"id": named})
        fresh = {"message": message} if self.kept_as == arrival.message.id else {}
        return arrival.model_copy(update=fresh | {"delivery_id": f"{self.id}:again"})
