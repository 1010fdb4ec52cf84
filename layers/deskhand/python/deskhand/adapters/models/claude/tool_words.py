"""Tells a model of a tool in a few lines: what it does, what it takes, where a value is found."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from deskhand.domain.tool import ToolSpec

Schema = Mapping[str, JsonValue]


def told(tool: ToolSpec) -> str:
    """The tool in words: a line with its arguments, what it does, and a line for each argument
    that needs one."""
    definitions = _mapping(tool.arguments.get("$defs"))
    lines = [
        f"{tool.name}({_fields(tool.arguments, definitions)})",
        " ".join(tool.description.split()),
        *_notes(_mapping(tool.arguments.get("properties"))),
    ]
    return "\n  ".join(lines)


def _fields(schema: Schema, definitions: Schema) -> str:
    needed = schema.get("required")
    required = needed if isinstance(needed, list) else []
    return ", ".join(
        f"{name}{'' if name in required else '?'}{_kind(_mapping(one), definitions)}"
        for name, one in _mapping(schema.get("properties")).items()
    )


def _kind(schema: Schema, definitions: Schema) -> str:
    """What a value is; nothing for a plain text."""
    if reference := schema.get("$ref"):
        known = _mapping(definitions.get(str(reference).rpartition("/")[2]))
        return f": {{{_fields(known, definitions)}}}"
    if schema.get("type") == "array":
        return f": list{_kind(_mapping(schema.get('items')), definitions)}"
    if schema.get("type") == "string":
        return ""
    return f": {schema.get('type', 'value')}"


def _notes(properties: Schema) -> Iterator[str]:
    for name, one in properties.items():
        schema = _mapping(one)
        said = [str(schema["description"])] if "description" in schema else []
        if place := schema.get("x-from"):
            said.append(f"from {place}")
        if said:
            yield f"{name}: {' '.join(said)}"


def _mapping(value: JsonValue | None) -> Schema:
    return value if isinstance(value, dict) else {}
