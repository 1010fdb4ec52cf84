"""What the model is told about a tool: its name, its docstring, and the fields to fill in."""

from pydantic import JsonValue

from deskhand.domain.noun import Noun


class ToolSpec(Noun):
    """An action as the model sees it."""

    name: str
    description: str
    telling: tuple[str, ...] = ()
    """Words by which a wish for this is told from a wish for an intent's other actions."""
    arguments: dict[str, JsonValue]
    """JSON schema of the arguments. A property's `x-from` names where its value stands when the
    customer does not say it: `order.refundable_cents` is that attribute of a fact of kind `order`;
    of several, joined by ` or `, the first that is there."""
