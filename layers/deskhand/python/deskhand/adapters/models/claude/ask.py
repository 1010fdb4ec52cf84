"""One question to a language model and its typed answer; knows no vendor and no wire."""

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from deskhand.domain.file import OpenedFile
from deskhand.domain.models import Task
from deskhand.domain.usage import Usage
from deskhand.text.personal import Personal

AnswerT = TypeVar("AnswerT", bound=BaseModel)


@dataclass(frozen=True)
class Ask(Generic[AnswerT]):
    """What is asked for, from the steadiest words to those of this very turn."""

    task: Task
    conversation_id: str
    """Whose budget pays for it."""
    steady: tuple[str, ...]
    """Layers that are the same for every turn of this desk; a cache keeps them up to the last."""
    turn: str
    """What is asked this time, with everything untrusted inside its boundaries."""
    answer: type[AnswerT]
    """The shape of the answer; whoever answers validates it again."""
    files: tuple[OpenedFile, ...] = ()
    personal: Personal = field(default_factory=Personal)
    """What the desk knows to be personal in what is asked; no model is told of this list."""


@dataclass(frozen=True)
class Answered(Generic[AnswerT]):
    """The answer, who gave it, and everything that asking used, failed calls included."""

    value: AnswerT
    usage: Usage


class Asked(Protocol):
    """Whoever can be asked: Claude over its API, Claude on Bedrock, or a recording of either."""

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        """The answer, whole and valid. `Unavailable`: nobody could be reached in time.
        `Rejected`: refused, cut off, or not of the shape, however often it was asked."""
        ...
