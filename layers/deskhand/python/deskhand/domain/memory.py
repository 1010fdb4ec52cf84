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
    customer: str = ""
    """The id of the verified customer whose account was read; empty where none was."""
    found: tuple[str, ...] = ()
    """What the systems of record said of that account, in their words; for nobody else."""


class Memory(Noun):
    """The last matters of an episode, oldest first."""

    matters: tuple[Matter, ...] = ()
    forgotten: int = 0
    """How many older ones were let go."""
