"""Tells what a message means only together with what was said before it."""

import re

from deskhand.domain.classification import Entities
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Turn
from deskhand.text.answers import answer_to_question
from deskhand.text.entities import entities_of
from deskhand.text.unclear import MOST_WORDS_CHOOSING, was_asked, with_question
from deskhand.text.words import straight

_LEANS = re.compile(
    r"^\W*(?:(?:and|but|so|or|ok|okay|oh|then|also)\b[\s,]*)*(?:what about|how about|and (?:the|my|"
    r"for|if|what|when|how)\b|the (?:other|second|first|same|last|blue|red|big|small)\w*\b|"
    r"(?:it|that|this|those|these|them|which one|same)\b|(?:why|when|how long|how come)\W*$|"
    r"(?:and|but)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:how|what|when|where|why|who|which|can|could|do|does|did|is|are|will|would)\b"
    r"[^.?!]{0,40}\b(?:that|it|this|there|they|them)\b[^.?!]{0,20}\W*$",
    re.IGNORECASE,
)
MOST_WORDS_POINTING = 8
MOST_WORDS_LEANING = 12
MOST_WORDS_ANSWERING = 14
OF_THE_MESSAGE_BEFORE = 0.3
"""How much of the customer's message before belongs to a question: half as much of each one
further back. Flat between 0.2 and 0.4."""
OF_OUR_ANSWER = 0.3
"""How much our answer counts of the message that it answers. Flat between 0.2 and 0.5."""
MESSAGES_BACK = 2
BEGINNING_CHARS = 300
"""What a message is about is said at its beginning; more of it is embedded for nothing."""


def standalone_question(turn: Turn) -> str:
    """What is asked, understandable without the conversation around it."""
    if was_asked(turn.history) and len(turn.text.split()) <= MOST_WORDS_CHOOSING:
        return with_question(turn.text, asked_before(turn.history), turn.history[-1].text)
    if answers_us(turn.text, turn.history) or leans_on_before(turn.text, turn.history):
        return f"{asked_before(turn.history)}\n{turn.text}".strip()
    if not turn.history and turn.subject and len(turn.text.split()) < 6:
        return f"{turn.subject}\n{turn.text}"
    return turn.text


def answers_us(text: str, history: tuple[Message, ...]) -> bool:
    """Whether the message answers the question that we asked last: a yes or no, or what was asked
    for and little else."""
    if not history or history[-1].author != "agent" or "?" not in history[-1].text:
        return False
    if answer_to_question(text, history[-1].text) in ("yes", "no"):
        return True
    short = len(text.split()) <= MOST_WORDS_ANSWERING and "?" not in text
    return short and bool(entities_of(text).references or len(text.split()) <= 6)


def leans_on_before(text: str, history: tuple[Message, ...]) -> bool:
    """Whether it cannot be understood without what the customer said before: "and the other?"."""
    before = any(said.author == "customer" for said in history)
    short = len(text.split()) <= MOST_WORDS_LEANING
    points = len(text.split()) <= MOST_WORDS_POINTING and bool(_POINTS_BACK.search(straight(text)))
    return before and short and (points or bool(_LEANS.search(straight(text))))


def asked_before(history: tuple[Message, ...]) -> str:
    """The customer's last message before this one that says more than a few words."""
    said = [message.text for message in history if message.author == "customer"]
    return next(
        (text for text in reversed(said) if len(text.split()) > 3), said[-1] if said else ""
    )


def said_before(history: tuple[Message, ...]) -> tuple[tuple[str, float], ...]:
    """What was said before by both sides, and how much of it a question means without saying so.

    Few questions lean on what was said in a way that a rule of words can tell; nearly all that come
    later in a conversation are about its subject.
    """
    theirs = [said.text for said in history if said.author == "customer"][::-1]
    ours = [said.text for said in history if said.author != "customer"][::-1]
    weights = [OF_THE_MESSAGE_BEFORE / 2**back for back in range(MESSAGES_BACK)]
    weighed = (
        *zip(theirs, weights, strict=False),
        *((text, weight * OF_OUR_ANSWER) for text, weight in zip(ours, weights, strict=False)),
    )
    return tuple((text[:BEGINNING_CHARS], weight) for text, weight in weighed)


def words_asked(question: str, history: tuple[Message, ...]) -> str:
    """The words to look for: a question's own count twice, those of what was asked before once."""
    before = asked_before(history)
    return f"{question}\n{question}\n{before}" if before else question


def entities_so_far(text: str, history: tuple[Message, ...]) -> Entities:
    """What is named now; where nothing of a kind is, what was named last in the episode."""
    now = entities_of(text)
    for said in reversed(history):
        if said.author != "customer":
            continue
        before = entities_of(said.text)
        now = Entities(
            references=now.references or before.references,
            amounts_cents=now.amounts_cents,
            emails=now.emails or before.emails,
        )
    return now
