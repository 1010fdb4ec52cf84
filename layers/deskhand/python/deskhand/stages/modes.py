"""Which mode a turn runs in: the strictest of its intents, each applied to its share of traffic."""

import hashlib

from deskhand.domain.policy import Intent, Policy
from deskhand.domain.turn import Classified, Turn
from deskhand.domain.verdict import Mode

STRICTEST_FIRST: tuple[Mode, ...] = ("shadow", "suggest", "auto")


def mode_of(turn: Turn, policy: Policy) -> Mode:
    """The strictest mode of the turn's intents.

    A turn that was not read yet, or that no intent fits, is handled openly unless every intent is
    in shadow: then nothing may be seen of us.
    """
    named = (
        [guess.intent for guess in turn.classification.intents]
        if isinstance(turn, Classified)
        else []
    )
    modes = {
        _applied(policy.intents[name], turn.conversation_id)
        for name in named
        if name in policy.intents
    }
    if not modes:
        everywhere = {intent.mode for intent in policy.intents.values()}
        return "shadow" if everywhere == {"shadow"} else "auto"
    return min(modes, key=STRICTEST_FIRST.index)


def _applied(intent: Intent, conversation_id: str) -> Mode:
    """The intent's mode for its share of conversations; the rest is only recorded."""
    digest = hashlib.sha256(f"{intent.name}\n{conversation_id}".encode()).digest()
    place = int.from_bytes(digest[:4], "big") / 2**32
    return intent.mode if place < intent.share else "shadow"
