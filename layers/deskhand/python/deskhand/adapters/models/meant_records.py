"""Which of several records something is asked for: those that the wish names, never simply the
first."""

import re
from collections.abc import Sequence

from deskhand.domain.classification import IntentGuess
from deskhand.domain.evidence import Fact
from deskhand.domain.turn import Retrieved
from deskhand.text.entities import references_in
from deskhand.text.requests import asks_to_be_done
from deskhand.text.sentences import clauses
from deskhand.text.words import phrase_at, words

ACTED_ON = ("order", "subscription")
_ALL = re.compile(
    r"\b(?:both|all|each|everything)\b(?! (?:the |my )?(?:best|right|good|along))", re.IGNORECASE
)
_BUT = re.compile(
    r"\b(?:but|except|not|don't|keep|leave|without|instead|rather|only|one of|apart from)\b",
    re.IGNORECASE,
)
_SPARES = (
    r"\b(?:except|apart from|but|not|don't|keep|leave)\s+"
    r"(?:(?:for|not|cancel|touch|refund|return|the|my|order|number|subscription)\s+){0,3}"
)
_SHORTEST_NUMBER = 3
Facts = tuple[Fact, ...]


def wish_of(turn: Retrieved, guess: IntentGuess) -> str:
    """The customer's words for what they want done."""
    return wishes_in(turn.classification.question) if _is_alone(turn) else guess.part


def wishes_in(text: str) -> str:
    """The clauses that want something done."""
    return "\n".join(clause for clause in clauses(text) if asks_to_be_done(clause))


def meant_in(facts: Sequence[Fact], wish: str) -> tuple[Facts, ...]:
    """The facts for each record that the wish means: for one after the other of those that it
    names, or of all where it says so. Empty: there are several, and it does not tell which, or it
    is to stay as it is."""
    for kind in ACTED_ON:
        records = [fact for fact in facts if fact.kind == kind]
        if len(records) > 1:
            return tuple(_besides(facts, records, one) for one in _named(records, wish))
        if any(_is_spared(one, wish) for one in records):
            return ()
    return (tuple(facts),)


def unclear_among(facts: Sequence[Fact], wish: str) -> tuple[str, ...]:
    """The records among which the customer has to choose, in words; none where it is clear."""
    found = [[fact for fact in facts if fact.kind == kind] for kind in ACTED_ON]
    several = next((records for records in found if len(records) > 1), [])
    if meant_in(facts, wish):
        return ()
    return tuple(f"{one.kind} {one.key}" for one in several)


def _is_alone(turn: Retrieved) -> bool:
    return len(turn.classification.intents) == 1


def _besides(facts: Sequence[Fact], records: Sequence[Fact], one: Fact) -> Facts:
    """One of the records with everything that is not about another of them."""
    others = {record.key for record in records if record.key != one.key}
    return tuple(fact for fact in facts if fact.key not in others)


def _named(records: Sequence[Fact], wish: str) -> Sequence[Fact]:
    left = [one for one in records if not _is_spared(one, wish)]
    named = [one for one in left if _is_named(one, wish)]
    if not named and _ALL.search(wish):
        return left
    return [] if len(named) > 1 and _BUT.search(wish) else named


def _is_named(record: Fact, wish: str) -> bool:
    plan = record.attributes.get("plan")
    by_plan = isinstance(plan, str) and bool(phrase_at(words(wish), words(plan)))
    return by_plan or any(_is_number_of(one, record) for one in references_in(wish))


def _is_spared(record: Fact, wish: str) -> bool:
    """Whether it is named as what is to stay: `all but 1001`, `keep order 1001`."""
    return any(
        re.search(rf"{_SPARES}#?{re.escape(one)}(?!\w)", wish, re.IGNORECASE)
        for one in references_in(wish)
        if _is_number_of(one, record)
    )


def _is_number_of(reference: str, record: Fact) -> bool:
    given, key = _plain(reference), _plain(record.key)
    long_enough = given.isdigit() and len(given) >= _SHORTEST_NUMBER
    return given == key or (long_enough and key.endswith(given))


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference.upper() if letter.isalnum())
