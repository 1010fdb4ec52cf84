"""Tells whether a customer said yes or no to exactly one thing that we asked."""

import re
from collections.abc import Sequence
from datetime import timedelta

from deskhand.domain.ticket import Message
from deskhand.text.answers import Answer, answer_to_question
from deskhand.text.said_again import speaks_of_other

CLOCKS_DIFFER_BY = timedelta(seconds=2)
"""The helpdesk tells when a customer wrote, often in whole seconds, and we when we asked."""
_SENTENCE_BEGINS = re.compile(r"[.!?]\s+|\n")


def answer_to(
    fingerprint: str,
    what: str,
    *,
    history: Sequence[Message],
    messages: Sequence[Message],
    valid_s: int,
) -> Answer:
    """The customer's yes or no to our last message, if that asked for exactly this action (the hash
    of its arguments) in exactly these words, and did so less than `valid_s` seconds before.

    A yes with any change to it ("yes, but to another card") is none, nor is what was written before
    we asked and only came in afterwards.
    """
    ours = [message for message in history if message.author == "agent"]
    if not ours or not messages or not _asks_for(fingerprint, what, ours[-1]):
        return ""
    asked, said_at = ours[-1], [message.said_at for message in messages]
    if min(said_at) < asked.said_at - CLOCKS_DIFFER_BY:
        return ""
    if max(said_at) - asked.said_at > timedelta(seconds=valid_s):
        return ""
    said = "\n".join(message.text for message in messages)
    before, after = _question_around(what, asked.text)
    answer = answer_to_question(said, f"{before}{what}{after}")
    return "" if answer == "yes" and speaks_of_other(said, what, f"{before} {after}") else answer


def _asks_for(fingerprint: str, what: str, ours: Message) -> bool:
    """Whether the message asks for that hash, and the words stand there whole before a question
    mark: what they say of the records (a price, an address) may have changed since."""
    if fingerprint not in ours.asks_for or not what or what not in ours.text:
        return False
    before, _, after = ours.text.partition(what)
    return not before[-1:].isalnum() and not after[:1].isalnum() and "?" in after


def _question_around(what: str, text: str) -> tuple[str, str]:
    """The rest of the question in which these words stand: whatever else the message tells may be
    about another order, and nobody says yes to that."""
    before, _, after = text.partition(what)
    return _SENTENCE_BEGINS.split(before)[-1], after.partition("?")[0]
