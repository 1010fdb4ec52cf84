"""Which JSON schemas the API takes for an answer, and what it says of the others."""

from collections.abc import Iterator
from typing import Any

ALLOWED = {
    *("type", "properties", "required", "additionalProperties", "items", "enum", "const"),
    *("anyOf", "allOf", "$ref", "$defs", "description", "title", "format", "minItems"),
}
FORMATS = {
    *("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"),
}
MOST_OPTIONAL = 24
MOST_UNIONS = 16


def wrong_in(schema: dict[str, Any]) -> str:
    """Why the schema is refused; empty where it is taken."""
    nodes = list(_nodes(schema))
    for node in nodes:
        if why := _wrong_here(node):
            return f"output_config.format.schema: {why}"
    if _refers_to_itself(schema):
        return "output_config.format.schema: recursive definitions are not supported"
    optional = sum(len(set(n.get("properties", ())) - set(n.get("required", ()))) for n in nodes)
    if optional > MOST_OPTIONAL:
        return f"Schemas contains too many optional parameters ({optional}), limit {MOST_OPTIONAL}"
    unions = sum("anyOf" in node or isinstance(node.get("type"), list) for node in nodes)
    if unions > MOST_UNIONS:
        return f"Schemas contains too many parameters with union types ({unions})"
    return ""


def _wrong_here(node: dict[str, Any]) -> str:
    if unknown := set(node) - ALLOWED:
        return f"unsupported keywords {sorted(unknown)}"
    if node.get("type") == "object" and node.get("additionalProperties") is not False:
        return "for 'object' type, 'additionalProperties' must be explicitly set to false"
    if node.get("minItems", 0) not in (0, 1):
        return "'minItems' values other than 0 or 1 are not supported"
    if node.get("format", "date") not in FORMATS:
        return f"unsupported format {node['format']!r}"
    return ""


def _nodes(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for key in ("properties", "$defs"):
        for below in schema.get(key, {}).values():
            yield from _nodes(below)
    for key in ("anyOf", "allOf"):
        for below in schema.get(key, ()):
            yield from _nodes(below)
    if isinstance(schema.get("items"), dict):
        yield from _nodes(schema["items"])


def _refers_to_itself(schema: dict[str, Any]) -> bool:
    names = schema.get("$defs", {})
    uses = {
        name: {node["$ref"].rpartition("/")[2] for node in _nodes(body) if "$ref" in node}
        for name, body in names.items()
    }
    for start in uses:
        seen: set[str] = set()
        ahead = set(uses[start])
        while ahead:
            if start in ahead:
                return True
            seen |= ahead
            ahead = set().union(*(uses.get(name, set()) for name in ahead)) - seen
    return False
