"""Holds what a system of record shows as made against what was asked of it."""

from collections.abc import Mapping

from deskhand.domain.records import Made
from deskhand.errors import Rejected


def proof(
    made: Made | None, *, kind: str, subject: str, details: Mapping[str, str] | None = None
) -> str | None:
    """The id of what was made, if it is what was asked for; None: nothing was made. `Rejected`:
    something else was made with the same key."""
    if made is None:
        return None
    asked = dict(details or {})
    shown = {name: made.details.get(name, "") for name in asked}
    if (made.kind, made.subject, shown) != (kind, subject, asked):
        different = [name for name in asked if shown[name] != asked[name]]
        where = f", with another {' and '.join(different)}" if different else ""
        raise Rejected(
            f"something else than was asked for was done: {made.kind} of {made.subject}{where}"
        )
    return made.id
