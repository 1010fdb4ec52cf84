"""Tells a model of a ticket: who writes, what was said before, and what is said now."""

from collections.abc import Iterator

from deskhand.adapters.models.claude.boundaries import Outside, Part
from deskhand.domain.ticket import Author, Message
from deskhand.domain.turn import Turn
from deskhand.text.memory import remembered
from deskhand.text.visible import one_line

MOST_MESSAGES_TOKENS = 2_000
"""Of all messages of one turn together; a page of a book has about 600."""
MOST_EARLIER_TOKENS = 300
MOST_SUMMARY_TOKENS = 500
MOST_TICKET_TOKENS = 120
MOST_FILE_NAMES = 10
WHO: dict[Author, str] = {"customer": "customer", "agent": "you", "person": "colleague"}


def the_ticket(turn: Turn) -> Iterator[Part]:
    """The day, the subject and the customer's name."""
    yield f"Today is {turn.started_at:%A, %Y-%m-%d}."
    yield Outside(
        "ticket",
        f"Subject: {one_line(turn.subject)}\nName: {one_line(turn.asker.name)}",
        MOST_TICKET_TOKENS,
    )


def the_conversation(turn: Turn) -> Iterator[Part]:
    """What was said before, the older part in short; nothing where this is the beginning."""
    before = remembered(turn)
    if before.summary:
        yield "What was said before, in short:"
        yield Outside("summary", before.summary, MOST_SUMMARY_TOKENS)
    if before.recent:
        yield "What was said last, in order:"
    for said in before.recent:
        yield Outside(f"earlier-{WHO[said.author]}", _words(said), MOST_EARLIER_TOKENS)


def the_messages(turn: Turn) -> Iterator[Part]:
    """What the customer says now; long messages share what there is room for."""
    yield "The customer's messages of this turn:"
    room = MOST_MESSAGES_TOKENS // max(1, len(turn.messages))
    for said in turn.messages:
        yield Outside("customer", _words(said), max(room, 20))
    if not turn.messages:
        yield "(none)"


def _words(said: Message) -> str:
    """What somebody said, with the names of the files that came with it."""
    names = [one_line(one.name) for one in said.attachments]
    if len(names) > MOST_FILE_NAMES:
        names = [*names[:MOST_FILE_NAMES], f"and {len(names) - MOST_FILE_NAMES} more"]
    files = f"[files: {', '.join(names)}]" if names else ""
    return "\n".join(part for part in (said.text.strip() or "(no words)", files) if part)
