"""Fills in a tool's arguments from what the customer names and what the records say."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import JsonValue

from deskhand.domain.classification import Entities
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact
from deskhand.domain.tool import ToolSpec


def propose(
    tool: ToolSpec, facts: Sequence[Fact], entities: Entities, *, until: date | None = None
) -> ProposedAction | None:
    """The action with every argument that the tool needs; None where one stands nowhere, or where
    nothing of what it takes does.

    An argument comes from the first attribute of those in its `x-from` that is there. An amount
    that the customer names goes before the record's: they asked for that much. The day is the one
    until which they want it.
    """
    properties = tool.arguments.get("properties")
    needed = tool.arguments.get("required", [])
    if not isinstance(properties, Mapping) or not isinstance(needed, list):
        return None
    arguments: dict[str, JsonValue] = {}
    for name, schema in properties.items():
        value = _day(schema, until) or _value(name, schema, facts, entities)
        if value is not None:
            arguments[name] = value
        elif name in needed:
            return None
    if properties and not arguments:
        return None
    return ProposedAction(name=tool.name, arguments=arguments)


def _day(schema: JsonValue, until: date | None) -> str | None:
    is_day = isinstance(schema, Mapping) and schema.get("format") == "date"
    return until.isoformat() if until and is_day else None


def _value(name: str, schema: JsonValue, facts: Sequence[Fact], entities: Entities) -> JsonValue:
    source = schema.get("x-from") if isinstance(schema, Mapping) else None
    if name.endswith("_cents") and len(entities.amounts_cents) == 1:
        return entities.amounts_cents[0]
    if not isinstance(source, str):
        return None
    for place in source.split(" or "):
        kind, _, attribute = place.partition(".")
        fact = next((fact for fact in facts if fact.kind == kind), None)
        if fact is not None and attribute in fact.attributes:
            return fact.attributes[attribute]
    return None
