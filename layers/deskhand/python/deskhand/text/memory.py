"""What of a conversation is told: its last messages as they are, the rest in short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.domain.memory import Matter
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Classified, Retrieved, Turn
from deskhand.text.followups import answers_us, leans_on_before
from deskhand.text.words import words

RECENT = 4
"""So many messages are told word for word: two exchanges."""
_POINTING = frozenset(
    {"it", "its", "that", "this", "they", "them", "those", "these", "one", "same"}
)


@dataclass(frozen=True)
class Remembered:
    """The conversation before a turn, as far as it belongs to what is asked now."""

    summary: str
    """The matters before those messages, a line each; empty where there is none."""
    recent: tuple[Message, ...]


def remembered(turn: Turn) -> Remembered:
    """What was said before that this turn's question may lean on; nothing where it is another one
    altogether."""
    if _is_another_topic(turn):
        return Remembered(summary="", recent=())
    recent = turn.history[-RECENT:]
    told = {said.id for said in recent}
    older = [one for one in turn.memory.matters if not told & set(one.messages)]
    lines = _lines(older, turn.memory.forgotten, customer=_customer(turn))
    return Remembered(summary="\n".join(lines), recent=recent)


def _customer(turn: Turn) -> str:
    """The id of whoever has shown in this turn that the account is theirs."""
    known = turn.evidence.customer if isinstance(turn, Retrieved) else None
    return known.id if known else ""


def _lines(matters: Sequence[Matter], forgotten: int, *, customer: str) -> Iterator[str]:
    """Several people may write on one ticket: what an account says is told to its owner only."""
    if forgotten:
        yield f"({forgotten} earlier matters are left out.)"
    for one in matters:
        theirs = bool(customer) and one.customer == customer
        found = f" Found: {' '.join(one.found)}" if one.found and theirs else ""
        yield f"- The customer: {one.asked} We {one.came_of_it}{found}"


def _is_another_topic(turn: Turn) -> bool:
    """Whether a sure reading shares nothing with the matter before it, and no word points back."""
    if not isinstance(turn, Classified) or not turn.memory.matters:
        return False
    reading, before = turn.classification, turn.memory.matters[-1]
    wanted = {guess.intent for guess in reading.intents}
    if not wanted or not before.intents or wanted & set(before.intents):
        return False
    if set(reading.entities.references) & set(before.references):
        return False
    points = _POINTING & set(words(turn.text))
    return not (
        points or answers_us(turn.text, turn.history) or leans_on_before(turn.text, turn.history)
    )
