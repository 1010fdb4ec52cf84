"""Reads the body that our own API and the built-in webhook take: one message on one ticket."""

from datetime import datetime

from pydantic import AwareDatetime, ConfigDict, Field, ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Arrival, Asker, Attachment, Message
from deskhand.errors import Rejected
from deskhand.text.noise import why_noise
from deskhand.text.quoted import own_text

Identifier = Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_.@+-]+$")


LONGEST_TAKEN = 200_000
"""Characters of a message that its ticket keeps; the agent reads the beginning of them."""


class Delivery(Noun):
    """A message of a customer, on a new or a known ticket."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    ticket_id: str = Identifier
    message_id: str = Identifier
    subject: str = Field(default="", max_length=500)
    text: str = Field(max_length=LONGEST_TAKEN)
    asker: Asker = Field(alias="from")
    said_at: AwareDatetime | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    """Headers of the mail that it came by, if it did: they tell auto-replies from people."""
    attachments: tuple[Attachment, ...] = ()
    channel: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,31})?$")
    """How the customer wrote, in one word: `email`, `chat`."""


def read_delivery(body: bytes, *, helpdesk: str, now: datetime) -> Arrival:
    """The arrival that a body describes. `Rejected`: what is wrong with it, field by field."""
    try:
        delivery = Delivery.model_validate_json(body)
    except ValidationError as error:
        raise Rejected(in_plain_words(error)) from error
    headers = {name.lower(): value for name, value in delivery.headers.items()}
    own = own_text(delivery.text)
    message = Message(
        id=delivery.message_id,
        author="customer",
        text=own,
        said_at=delivery.said_at or now,
        attachments=delivery.attachments,
        channel=delivery.channel,
    )
    return Arrival(
        helpdesk=helpdesk,
        ticket_id=delivery.ticket_id,
        subject=delivery.subject,
        asker=delivery.asker,
        message=message,
        delivery_id=f"{helpdesk}:{delivery.ticket_id}:{delivery.message_id}",
        noise=why_noise(delivery.subject, own or _named(delivery.attachments), headers),
    )


def _named(attachments: tuple[Attachment, ...]) -> str:
    """What stands for the words of a message that is only a picture."""
    return " ".join(one.name for one in attachments)


def in_plain_words(error: ValidationError) -> str:
    """What is wrong with a body and where, one sentence a field."""
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_context=False, include_input=False)
    )
