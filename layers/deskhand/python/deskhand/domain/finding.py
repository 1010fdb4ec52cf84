"""What the lint finds in the knowledge base: which rule, where, why it matters and what to do."""

import hashlib
from typing import Literal

from pydantic import PositiveInt

from deskhand.domain.noun import Noun

Severity = Literal["error", "warning", "note"]


class Place(Noun):
    """A line of a file of the base."""

    file: str
    """Its path within the base, with `/`."""
    line: PositiveInt = 1


class Finding(Noun):
    """One thing that a person should look at."""

    code: str
    severity: Severity
    place: Place
    words: str
    """What is wrong, in a sentence."""
    cure: str
    """What to do about it."""
    about: str = ""
    """What of the page it is about, in its words, so that it is known again on another line."""
    also: tuple[Place, ...] = ()
    """Where the other side of it stands."""
    accepted: str = ""
    """Why the people who look after the base leave it as it is; empty: they have not said so."""

    @property
    def fingerprint(self) -> str:
        """The same as long as the page says the same, whatever moves around it."""
        said = "\0".join((self.code, self.place.file, self.about or self.words))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


class Rule(Noun):
    """What one code means."""

    code: str
    severity: Severity
    title: str
    why: str
    """What goes wrong where nobody minds it."""
    cure: str
