"""Golden tickets: what customers write, and what should come of it at every stage."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, ValidationError, model_validator

from deskhand.domain.noun import Noun
from deskhand.domain.turn import EndingKind
from scripts.evaluation.json_lines import lines_of
from scripts.sample.ticket_file import SampleAttachment, Sender

Ruling = Literal["allowed", "asked", "denied"]


class GoldenFileError(ValueError):
    """A file of golden tickets that cannot be read as it is written."""


class GoldenAction(Noun):
    """An action that should be proposed, and what the gate should say to it."""

    name: str
    ruling: Ruling
    """`allowed`: done at once or after the customer's yes; `asked`: a person is asked; `denied`:
    refused with a reason."""
    arguments: dict[str, JsonValue] = Field(default_factory=dict)
    """Those that have to be exactly so; what is left out may be anything."""


class GoldenTurn(Noun):
    """One message of the customer, and everything that should come of it."""

    text: str
    attachments: tuple[SampleAttachment, ...] = ()
    intents: tuple[str, ...] = ()
    """All that is wanted, by the names of `intents.toml`; empty: nothing in scope."""
    articles: tuple[str, ...] = ()
    """The articles of which at least one has to be found and, where it is answered by articles,
    cited; empty: it needs none."""
    facts: tuple[str, ...] = ()
    """The records that have to be read, as `order:1001`."""
    actions: tuple[GoldenAction, ...] = ()
    endings: tuple[EndingKind, ...] = Field(min_length=1)
    """The ending that is right; several where each would be."""
    codes: tuple[str, ...] = ()
    """Where a person should have it: codes of which at least one has to be the reason."""
    says: tuple[str, ...] = ()
    """Words of which each has to stand in the reply."""
    never_says: tuple[str, ...] = ()

    @property
    def escalates(self) -> bool:
        """Whether a person should have it."""
        return self.endings == ("handed_over",)


class GoldenTicket(Noun):
    """One customer with one or several messages; each is sent when the one before is over."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    sender: Sender = Field(alias="from")
    subject: str = ""
    turns: tuple[GoldenTurn, ...] = Field(min_length=1)
    to_correct: str = ""
    """What a person has to look at before this counts: a ticket that was made of a stored turn says
    what happened, and not yet what should have. Empty: nothing."""

    @property
    def fingerprint(self) -> str:
        """The hash of the ticket with its label, short enough to be compared by eye."""
        written = self.model_dump_json(by_alias=True, exclude_defaults=True)
        return hashlib.sha256(written.encode()).hexdigest()[:8]

    @model_validator(mode="after")
    def _asks_nothing_of_a_person(self) -> "GoldenTicket":
        for turn in self.turns[:-1]:
            if turn.escalates:
                raise ValueError("only the last message may be handed over: then a person has it")
        return self


def read_golden(path: Path) -> tuple[GoldenTicket, ...]:
    """The tickets of a file, one a line, or of all such files of a folder, by name."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise GoldenFileError(f"{path}: there is no .jsonl file in this folder")
    tickets = tuple(ticket for file in files for ticket in _read(file))
    for id_, count in Counter(ticket.id for ticket in tickets).items():
        if count > 1:
            raise GoldenFileError(f"{path}: the id {id_!r} stands {count} times; ids are unique")
    return tickets


def _read(file: Path) -> tuple[GoldenTicket, ...]:
    try:
        lines = lines_of(file)
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenFileError(f"{file}: it cannot be read ({error})") from error
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return tuple(_ticket(line, f"{file}:{number}") for number, line in numbered)


def _ticket(line: str, where: str) -> GoldenTicket:
    try:
        return GoldenTicket.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise GoldenFileError(f"{where}: not JSON at column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise GoldenFileError(f"{where}: lists within lists, too deep to read") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'the ticket'}: {one['msg']}"
            for one in error.errors()
        )
        raise GoldenFileError(f"{where}: {wrong}") from error
