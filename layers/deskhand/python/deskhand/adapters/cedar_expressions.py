"""What a Cedar rule reads and compares with, found in the JSON form of its conditions."""

from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str, ...]
"""Where an attribute stands: `("context", "arguments", "line_ids")`."""


def places_read(expression: Any) -> Iterator[Place]:
    """Every attribute that is read, the longest place to it; some more than once."""
    if (place := _place(expression)) is not None:
        yield place
        return
    for part in _parts(expression):
        yield from places_read(part)


def constants(expression: Any) -> Iterator[bool | int | str]:
    """Everything that is written out in the rule to be compared with."""
    if isinstance(expression, Mapping) and isinstance(
        value := expression.get("Value"), bool | int | str
    ):
        yield value
        return
    if isinstance(expression, Mapping) and "pattern" in expression:
        pieces = (one.get("Literal", "") for one in expression["pattern"] if one != "Wildcard")
        yield "".join(pieces)
    for part in _parts(expression):
        yield from constants(part)


def _place(expression: Any) -> Place | None:
    """The place of `context.arguments.line_ids`; None for anything else."""
    if not isinstance(expression, Mapping):
        return None
    if "Var" in expression:
        return (expression["Var"],)
    for step in (".", "has"):
        if step in expression and (before := _place(expression[step]["left"])) is not None:
            return (*before, expression[step]["attr"])
    return None


def _parts(expression: Any) -> Iterator[Any]:
    if isinstance(expression, Mapping):
        yield from expression.values()
    elif isinstance(expression, list):
        yield from expression
