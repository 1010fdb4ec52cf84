"""Counts what a customer had to say again: the same question, and that an answer did not help."""

import re
from collections.abc import Iterable, Sequence

from deskhand.domain.ticket import Message
from deskhand.text.entities import references_in
from deskhand.text.requests import asks_for_news
from deskhand.text.sentences import clauses
from deskhand.text.words import STOP_WORDS, listed, stem, straight, words

_NEAR = 0.6
_FEWEST_CONCEPTS = 1

# Said around a question when it is asked again; they make it no other question.
_AROUND = listed(
    """
    hi hello hey dear thanks thank please again still once more already asked ask asking said told
    repeat question answer time second third fourth really now well ok okay anyone anybody hello sir
    madam team there today tell know want wanted need would like could urgent asap sorry look help
    assistance assist check checking see seeing find finding information info idea possible days day
    week weeks back long ages waiting wait soon currently current yet
    """
)
# Words that customers change when they ask the same again.
_SAME = {
    "order": "order orders ordr purchase package parcel packet delivery shipment item product",
    "where": "where where's wheres when when's arrive arrived arriving come comes coming eta "
    "track tracking locate locating status receive received deliver delivered ship shipped",
    "refund": "refund refunded reimburse reimbursement money cash repay rebate compensation",
    "cancel": "cancel cancelled cancelling canceled canceling cancellation annul",
    "broken": "broken damaged defective faulty cracked",
}
_CONCEPTS = {word: concept for concept, alike in _SAME.items() for word in alike.split()}
# Stems of what a customer may want done: with another of them it is another question.
_DEEDS = listed("refund cancel return exchang chang replac pay invoic delet")
_FAILED = re.compile(
    r"\b(?:(?:that|this|it|which) (?:\w+ )?(?:did not|didn't|does not|doesn't|has not|hasn't|"
    r"isn't|is not|was not|wasn't|won't|will not) (?:\w+ ){0,2}?(?:help(?:ed|ing|ful)?|work(?:ed|"
    r"ing)?|"
    r"solve[ds]?|fix(?:ed)?|answer(?:ed)?|what i (?:asked|meant|wanted)|my question|true|correct|"
    r"right)|"
    r"still (?:not|no|doesn't|does not|isn't|is not|won't|can't|cannot|hasn't|haven't|didn't|"
    r"broken|"
    r"the same|nothing|wrong|failing|fails)|"
    r"(?:doesn't|does not|didn't|did not|don't|do not|hasn't|haven't|isn't|is not|not) (?:really |"
    r"even |actually )?(?:answer(?:ed|ing)? (?:my|the|what)|help(?:ed|ing|ful)? (?:me|at all|"
    r"either|"
    r"much)|solve[ds]? (?:my|the|it|anything))|"
    r"(?:same|this) (?:problem|issue|error) (?:again|as before|still|persists|remains)|"
    r"(?:problem|issue|error) (?:persists|remains|is (?:still|back))|"
    r"no (?:luck|change|difference|success|improvement)|not (?:helpful|what i (?:asked|meant|"
    r"wanted))|"
    r"(?:i|we)(?:'ve| have)? (?:already |just )?(?:tried|did|done) (?:that|"
    r"this(?! \w)|it|all (?:of )?that|everything|what you)|already (?:tried|done|did) (?:that|"
    r"this|it|all)|"
    r"(?:that|you|this|it)(?: is|'s| are|'re| were)? (?:wrong|unhelpful|useless|no help|not "
    r"helping)|"
    r"(?:you )?(?:did not|didn't|do not|don't) (?:even )?(?:understand|read|listen|get it)|"
    r"to no avail|in vain|nothing (?:has )?(?:changed|happened|works|helps|helped)|unfortunately "
    r"not)\b",
    re.IGNORECASE,
)


def times_asked(question: str, history: Sequence[Message]) -> int:
    """How often the customer has asked nearly this, this time included; 0 when nothing is asked."""
    if asks_for_news(question):
        earlier_news = sum(asks_for_news(text) for text in _by_customer(history))
        return 1 + earlier_news
    asked = _topics(question)
    if not asked:
        return 0
    return 1 + sum(
        any(_alike(topic, other) for topic in asked for other in _topics(text))
        and not _names_another(question, text)
        for text in _by_customer(history)
    )


def failed_attempts(text: str, history: Sequence[Message]) -> int:
    """How many of our answers the customer says did not help, in this message and before it; what
    was said before we had answered anything does not count."""
    answered = False
    failed = 0
    for message in history:
        if message.author == "customer":
            failed += answered and says_it_failed(message.text)
        else:
            answered = True
    return failed + (answered and says_it_failed(text))


def says_it_failed(text: str) -> bool:
    """Whether a message says that what was answered or tried did not help."""
    return bool(_FAILED.search(straight(text)))


def _by_customer(history: Iterable[Message]) -> Iterable[str]:
    return (message.text for message in history if message.author == "customer")


def _names_another(question: str, earlier: str) -> bool:
    """Whether both name an order, and not the same one."""
    now, before = set(references_in(question)), set(references_in(earlier))
    return bool(now and before) and not now & before


def _topics(text: str) -> list[frozenset[str]]:
    """What each clause is about, as concepts; clauses about nothing are left out."""
    by_clause = [frozenset(_concepts(clause)) for clause in (*clauses(text), text)]
    return [topic for topic in dict.fromkeys(by_clause) if len(topic) >= _FEWEST_CONCEPTS]


def _concepts(clause: str) -> Iterable[str]:
    for word in words(clause):
        if concept := _CONCEPTS.get(word):
            yield concept
        elif word not in STOP_WORDS and word not in _AROUND and not word.isdigit():
            yield stem(word)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Nearly the same words: most of each, or all of the shorter one when it is no single word."""
    if one & _DEEDS != other & _DEEDS:
        return False
    common = len(one & other)
    shorter = min(len(one), len(other))
    if common == shorter and shorter >= 2 and common / max(len(one), len(other)) >= 0.4:
        return True
    return common / len(one | other) >= _NEAR
