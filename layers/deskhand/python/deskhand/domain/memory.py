"""What is kept of an episode beside its messages: each matter in short, and what came of it."""

from deskhand.domain.noun import Noun


class Matter(Noun):
    """One thing that the customer wanted, and how far it got; every text is cut to a line."""

    messages: tuple[str, ...]
    """The ids of the customer's messages in it."""
    intents: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Order numbers and the like that it was about."""
    asked: str
    came_of_it: str
    found: tuple[str, ...] = ()
    """What the systems of record said, in their words."""


class Memory(Noun):
    """The last matters of an episode, oldest first."""

    matters: tuple[Matter, ...] = ()
    forgotten: int = 0
    """How many older ones were let go."""
