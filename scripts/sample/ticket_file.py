"""Reads tickets from files, and says of a bad one what is wrong, where, and what to do."""

import json
import mimetypes
from collections import Counter
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, JsonValue, NonNegativeInt, ValidationError, model_validator

from deskhand.domain.noun import Noun
from deskhand.domain.turn import EndingKind

When = Literal["start", "after_ending", "while_parked", "at_once"]


class TicketFileError(ValueError):
    """A ticket that cannot be run as it is written."""


class Sender(Noun):
    """Who writes, and whether the helpdesk knows that it is them."""

    email: str = Field(pattern=r"^\S+@\S+$")
    name: str = ""
    verified: bool = False


class SampleAttachment(Noun):
    """A file that comes with a message."""

    name: str
    media_type: str
    size_bytes: NonNegativeInt
    path: Path | None = None
    """Where the file itself is; without, only its name comes along."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """A file as it would be attached."""
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        size_bytes = path.stat().st_size
        return cls(name=path.name, media_type=media_type, size_bytes=size_bytes, path=path)


class SampleMessage(Noun):
    """One message of the customer, and when it is sent."""

    text: str
    when: When = "start"
    code: Literal["", "from the mailbox"] = ""
    """What is put behind the text: the one-time code that was last posted to the sender."""
    headers: dict[str, str] = Field(default_factory=dict)
    attachments: tuple[SampleAttachment, ...] = ()


class PersonDoes(Noun):
    """What a person at the desk decides the next time they are asked."""

    does: Literal["approve", "reject", "edit"]
    by: str = Field(min_length=1)
    reason: str = ""
    reply: str = ""

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.does == "edit" and not self.reply:
            raise ValueError("`edit` needs `reply`, the text that is sent instead")
        if self.does == "reject" and not self.reason:
            raise ValueError("`reject` needs `reason`, which whoever takes over will read")
        return self


class Expected(Noun):
    """How it should end."""

    ending: EndingKind | None = None
    endings: tuple[EndingKind, ...] = ()
    codes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_one_of_both(self) -> Self:
        if (self.ending is None) == (not self.endings):
            raise ValueError("say either `ending` or, for a conversation, `endings`")
        return self

    @property
    def last(self) -> EndingKind:
        """The ending that is compared when only one is said."""
        return self.ending or self.endings[-1]


class SampleTicket(Noun):
    """One ticket: what is sent, what people decide, and how it should end."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    about: str = Field(min_length=1)
    via: Literal["webhook", "api"] = "webhook"
    sender: Sender = Field(alias="from")
    subject: str = ""
    messages: tuple[SampleMessage, ...] = Field(min_length=1)
    person: tuple[PersonDoes, ...] = ()
    expect: Expected

    @model_validator(mode="after")
    def _begins_at_the_start(self) -> Self:
        first, *others = self.messages
        if first.when != "start":
            raise ValueError('the first message has `when` "start" (or leaves it out)')
        if any(message.when == "start" for message in others):
            raise ValueError('only the first message has `when` "start"; say when this one comes')
        return self

    @property
    def by_a_person(self) -> bool:
        """Whether a person has to do anything for this ticket to end as it should."""
        endings = self.expect.endings or (self.expect.ending,)
        return bool(self.person) or "handed_over" in endings


def read_tickets(path: Path) -> tuple[SampleTicket, ...]:
    """All tickets of a file (`.json`: one, `.jsonl`: one a line) or of a folder of such files, in
    the order of their names."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix in (".json", ".jsonl"))
        if not files:
            raise TicketFileError(f"{path}: there is no .json or .jsonl file in this folder")
    elif path.is_file():
        files = [path]
    else:
        raise TicketFileError(f"{path}: there is no such file or folder")
    tickets = tuple(ticket for file in files for ticket in _read_file(file))
    for id_, count in Counter(ticket.id for ticket in tickets).items():
        if count > 1:
            raise TicketFileError(f"{path}: the id {id_!r} stands {count} times; ids are unique")
    return tickets


def _read_file(path: Path) -> tuple[SampleTicket, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TicketFileError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    if path.suffix == ".jsonl":
        lines = enumerate(text.splitlines(), start=1)
        return tuple(_ticket(line, f"{path}:{number}") for number, line in lines if line.strip())
    return (_ticket(text, str(path)),)


def _ticket(text: str, where: str) -> SampleTicket:
    try:
        record: JsonValue = json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise TicketFileError(f"{where}: not JSON at {at}: {error.msg}") from error
    try:
        return SampleTicket.model_validate(record)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'the ticket'}: {one['msg']}"
            for one in error.errors()
        )
        raise TicketFileError(f"{where}: {wrong}") from error
