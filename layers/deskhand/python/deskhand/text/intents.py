"""Reads what a message wants, clause by clause, and how sure that is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from deskhand.domain.classification import IntentGuess
from deskhand.domain.policy import Intent
from deskhand.ports import Embedder
from deskhand.text.entities import references_in
from deskhand.text.fitted_intents import Array, FittedIntents
from deskhand.text.requests import asks_to_be_done, is_general, is_hypothetical
from deskhand.text.sentences import asks, clauses
from deskhand.text.wishes import mentions
from deskhand.text.words import straight, words

__all__ = ["SURE_SECOND", "FittedIntents", "guess", "plain", "read_intents"]

LEAST_SURE = 0.42
"""Below this a guess is no guess: nothing in scope is meant."""
SURE_PART = 0.6
"""A clause counts by itself when it is at least this sure."""
SURE_SECOND = 0.75
"""A second wish counts from here on: nine in ten of the wordings read so surely are read right."""
FAR_SURER = 0.3
"""By so much a clause that tells something has to be surer than a vague one that asks."""
WORDS_SCORE = 2.0
"""How much likelier an intent is whose own words stand there, as a difference of log odds."""
WORDS_WEIGHT = 0.7
"""How much of the doubt is gone where an intent's own words ask for it, too."""
ABOUT_BEFORE = frozenset({"follow_up", "withdraw_request"})
"""What refers to an earlier request: beside a request, that request is what it refers to."""
INCLUDED_IN = {"return_request": "refund_request"}
"""A wish that another one includes: who asks for the money asks for it as they send it back."""
_POINTS = re.compile(r"\b(?:it|that|this|they|them)\b", re.IGNORECASE)
MOST_WORDS_POINTING = 5

_CURSES = re.compile(
    r"\b(?:the (?:hell|heck|fuck)|on earth|wtf|damn(?:ed)?|bloody|fucking|freaking|goddamn)\b",
    re.IGNORECASE,
)
_GREETINGS = re.compile(
    r"^\W*(?:hi|hello|hey|hallo|dear \w+|good (?:morning|afternoon|evening|day)|bonjour)\b"
    r"(?: (?:there|all|team|everyone|guys))?[\s,.!:-]*",
    re.IGNORECASE,
)


def guess(
    parts: tuple[str, ...],
    vectors: Array,
    fitted: FittedIntents,
    *,
    intents: Mapping[str, Intent],
) -> list[IntentGuess]:
    """The likeliest intent of each part, in the parts' order.

    An intent whose own words stand in a part is likelier, and surer where it is the likeliest: two
    readings that agree.
    """
    spared = [plain(part) for part in parts]
    told = np.array([[_tells(one, intents.get(name)) for name in fitted.names] for one in spared])
    read = fitted.read(spared, vectors, favours=WORDS_SCORE * told)
    also_told = told[np.arange(len(parts)), read.best]
    doubt = (1.0 - read.sure(fitted.sureness)) * np.where(also_told, 1.0 - WORDS_WEIGHT, 1.0)
    return [
        IntentGuess(intent=fitted.names[place], confidence=round(float(1.0 - left), 4), part=part)
        for place, left, part in zip(read.best, doubt, parts, strict=True)
    ]


def _tells(part: str, intent: Intent | None) -> bool:
    """Whether an intent's own words ask for it here; one that acts has to be asked to."""
    if intent is None or not mentions(part, intent.telling):
        return False
    return not intent.actions or asks_to_be_done(part)


def read_intents(
    text: str, embedder: Embedder, fitted: FittedIntents, *, intents: Mapping[str, Intent]
) -> tuple[IntentGuess, ...]:
    """What a message wants, surest first; a message may want several things.

    What is asked goes before what is told around it. Intents that want no reply (a thank-you)
    count only where nothing else is wanted. Empty: nothing in scope is meant, or nothing is said.
    """
    if not words(text):
        return ()
    found = clauses(text)
    asked = tuple(dict.fromkeys(piece for clause in found for piece in _asking(clause)))
    parts = (text, *asked, *(clause for clause in found if clause not in asked))
    vectors = np.asarray(embedder.embed([plain(part) for part in parts]))
    guesses = guess(parts, vectors, fitted, intents=intents)
    in_general = is_hypothetical(text)
    guesses = [_including(one, text, intents) for one in guesses]
    whole, *rest = [_explained(one, intents, in_general=in_general) for one in guesses]
    by_ask = _outspoken([one for one in rest[: len(asked)] if one.confidence >= SURE_PART])
    wanted = _one_each(_loud(by_ask, intents) or by_ask, intents)
    if len(wanted) < 2:
        # One wish: whoever reads it best, the clauses that ask before the message as a whole.
        told = _loud([whole, *rest], intents)
        wanted = _surest(_not_doubted(_loud(by_ask, intents), told), told, [whole, *rest])
        wanted = [_agreed(wanted[0], whole)]
    return tuple(one for one in wanted if one.confidence >= LEAST_SURE and _ours(one, intents))


def _one_each(guesses: Sequence[IntentGuess], intents: Mapping[str, Intent]) -> list[IntentGuess]:
    """The surest guess of each intent, surest first. A second wish is one only where it is as sure
    as the policy wants that intent to be: half of a story is no wish of its own."""
    best_of: dict[str, IntentGuess] = {}
    for one in sorted(guesses, key=lambda one: -one.confidence):
        best_of.setdefault(one.intent, one)
    first, *others = best_of.values() or (None,)
    sure = [
        one
        for one in others
        if one and one.confidence >= _needed(one, intents) and not _speaks_of_the_first(one)
    ]
    return [first, *sure] if first else []


def _outspoken(guesses: Sequence[IntentGuess]) -> list[IntentGuess]:
    """Without a clause of which a piece says something else, and says it more clearly."""
    return [
        one
        for one in guesses
        if not any(
            other.part in one.part and other.confidence > one.confidence
            for other in guesses
            if other.intent != one.intent
        )
    ]


def _speaks_of_the_first(one: IntentGuess) -> bool:
    """Whether it is about the other wish of the message: "what is it for?", "any news?"."""
    return one.intent in ABOUT_BEFORE or _only_points(one.part)


def _agreed(one: IntentGuess, whole: IntentGuess) -> IntentGuess:
    """The clause's guess, as sure as the whole message where that says the same."""
    if one.intent != whole.intent:
        return one
    return one.model_copy(update={"confidence": max(one.confidence, whole.confidence)})


def _needed(one: IntentGuess, intents: Mapping[str, Intent]) -> float:
    return max(SURE_SECOND, intents[one.intent].confidence if one.intent in intents else 0.0)


def _ours(one: IntentGuess, intents: Mapping[str, Intent]) -> bool:
    return one.intent not in intents or intents[one.intent].ours


def _asking(clause: str) -> Iterator[str]:
    """A clause that asks, and the pieces between its commas that ask by themselves."""
    if asks(clause) and len(clause.split()) > 1:
        yield clause
        pieces = (piece.strip() for piece in clause.split(","))
        yield from (
            piece
            for piece in pieces
            if len(piece.split()) > 2 and asks(piece) and not _only_points(piece)
        )


def _only_points(part: str) -> bool:
    """Whether it says nothing without what stands before it: "please send it again"."""
    return len(part.split()) <= MOST_WORDS_POINTING and bool(_POINTS.search(part))


def plain(text: str) -> str:
    """A text without what says nothing of its intent: numbers of orders, curses, greetings."""
    spared = straight(text)
    for reference in references_in(spared):
        spared = re.sub(rf"#?\b{re.escape(reference)}\b", "", spared, flags=re.IGNORECASE)
    spared = _CURSES.sub("", spared)
    spared = _GREETINGS.sub("", spared)
    return " ".join(spared.split()) or text


def _not_doubted(asked: Sequence[IntentGuess], told: Sequence[IntentGuess]) -> list[IntentGuess]:
    """Without what is asked so vaguely that what is told beside it says far better what it is
    about: "My code is not accepted. Is there a minimum?"."""
    surest = max((one.confidence for one in told), default=0.0)
    return [
        one for one in asked if one.confidence >= SURE_SECOND or surest - one.confidence < FAR_SURER
    ]


def _surest(*preferred: Sequence[IntentGuess]) -> list[IntentGuess]:
    """The surest guess of the first list that holds one that is sure enough, else of all."""
    for guesses in preferred:
        sure = [one for one in guesses if one.confidence >= SURE_PART]
        if sure:
            return [max(sure, key=lambda one: one.confidence)]
    return [max(preferred[-1], key=lambda one: one.confidence)]


def _loud(guesses: Iterable[IntentGuess], intents: Mapping[str, Intent]) -> list[IntentGuess]:
    """Without those that want no reply."""
    return [one for one in guesses if one.intent not in intents or intents[one.intent].replies]


def _including(one: IntentGuess, text: str, intents: Mapping[str, Intent]) -> IntentGuess:
    """The wish that includes this one, where its own words stand in the message."""
    other = intents.get(INCLUDED_IN.get(one.intent, ""))
    return (
        one.model_copy(update={"intent": other.name})
        if other and mentions(text, other.telling)
        else one
    )


def _explained(one: IntentGuess, intents: Mapping[str, Intent], *, in_general: bool) -> IntentGuess:
    """What a question in general is about: how it is done, and nothing to do."""
    intent = intents.get(one.intent)
    if intent is None or not intent.explained_by or not (in_general or is_general(one.part)):
        return one
    return one.model_copy(update={"intent": intent.explained_by})
