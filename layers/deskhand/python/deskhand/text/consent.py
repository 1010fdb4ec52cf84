"""Tells whether a customer said yes or no to exactly one thing that we asked."""

from collections.abc import Sequence

from deskhand.domain.ticket import Message
from deskhand.text.wishes import Answer, answer_to_question


def answer_to(what: str, history: Sequence[Message], said: str) -> Answer:
    """The customer's yes or no to our last message, if that asked for exactly this in these words.

    A yes with any change to it ("yes, but to another card") is none.
    """
    ours = [message.text for message in history if message.author == "agent"]
    return answer_to_question(said) if ours and _asks_for(what, ours[-1]) else ""


def _asks_for(what: str, text: str) -> bool:
    """Whether the words stand there whole, with a question mark after them."""
    if what not in text or not what:
        return False
    before, _, after = text.partition(what)
    return not before[-1:].isalnum() and not after[:1].isalnum() and "?" in after
