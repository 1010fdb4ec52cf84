"""Asks what a customer wants, and reads the answer."""

from collections.abc import Iterator, Mapping

from deskhand.adapters.models.claude import layers
from deskhand.adapters.models.claude.answers import Reading, Wish, reading_of, share
from deskhand.adapters.models.claude.ask import Answered, Ask
from deskhand.adapters.models.claude.boundaries import composed
from deskhand.adapters.models.claude.telling import the_conversation, the_messages, the_ticket
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.policy import Intent
from deskhand.domain.turn import Turn
from deskhand.text.personal import personal_in
from deskhand.text.visible import one_line
from deskhand.text.words import straight

MOST_SURE = 0.9
"""A model says 0.95 of nearly everything; so sure is the best of them right about intents."""
LONGEST_LANGUAGE = 3


def ask_to_classify(turn: Turn, intents: Mapping[str, Intent]) -> Ask[Reading]:
    """The question, whose steady part is the same for every turn with these intents."""
    parts = [
        *the_ticket(turn),
        *the_conversation(turn),
        *the_messages(turn),
        "Say what these messages of this turn want.",
    ]
    return Ask(
        task="classify",
        conversation_id=turn.conversation_id,
        steady=layers.to_classify(intents.values()),
        turn=composed(parts),
        answer=reading_of(tuple(name for name, intent in intents.items() if intent.ours)),
        personal=personal_in(turn),
    )


def classification_of(
    answered: Answered[Reading], turn: Turn, intents: Mapping[str, Intent]
) -> Classification:
    """The reading, with what the policy does not know left out, and no surer than is believed."""
    reading = answered.value
    language = reading.language.strip().lower()
    return Classification(
        intents=tuple(_guesses(reading, turn, intents)),
        question=one_line(reading.question),
        language=language if _is_code(language) else "en",
        sentiment=reading.sentiment,
        urgency=reading.urgency,
        wants_person=reading.wants_person,
        read_by=layers.signed(answered.usage.model),
        usage=answered.usage,
    )


def _guesses(reading: Reading, turn: Turn, intents: Mapping[str, Intent]) -> Iterator[IntentGuess]:
    """The surest first, each intent once; what is not ours is nothing that is wanted of us."""
    had: set[str] = set()
    for wish in sorted(reading.intents, key=lambda one: -share(one.confidence, MOST_SURE)):
        sure = share(wish.confidence, MOST_SURE)
        known = intents.get(wish.intent)
        if known and known.ours and sure and wish.intent not in had:
            had.add(wish.intent)
            yield IntentGuess(intent=wish.intent, confidence=sure, part=_part(wish, turn))


def _part(wish: Wish, turn: Turn) -> str:
    """The words that the wish was read from, if the customer has written them; else all of them."""
    part = one_line(wish.part)
    return part if part and _plain(part) in _plain(turn.text) else turn.text


def _plain(text: str) -> str:
    return straight(one_line(text)).casefold()


def _is_code(language: str) -> bool:
    return 2 <= len(language) <= LONGEST_LANGUAGE and language.isascii() and language.isalpha()
