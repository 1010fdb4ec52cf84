"""Holds what a system of record shows as made against what was asked of it."""

from abc import ABC
from typing import ClassVar

from deskhand.domain.records import Made
from deskhand.errors import Rejected
from deskhand.tools.tool import Action


class ProvenAction(Action, ABC):
    """An action that its system of record shows, once it is done, as something that was made."""

    made_kind: ClassVar[str]
    """What the system of record calls this."""

    def proof_of(self, made: Made | None, subject: str, /, **asked: str) -> str | None:
        """The id of what was made, if it was made of this subject with what was asked for; None:
        nothing was made. `Rejected`: something else was made with the same key."""
        if made is None:
            return None
        shown = {name: made.details.get(name, "") for name in asked}
        if (made.kind, made.subject, shown) != (self.made_kind, subject, asked):
            different = [name for name in asked if shown[name] != asked[name]]
            where = f", with another {' and '.join(different)}" if different else ""
            raise Rejected(
                f"something else than was asked for was done: {made.kind} of {made.subject}{where}"
            )
        return made.id
