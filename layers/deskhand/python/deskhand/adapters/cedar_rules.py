"""Reads Cedar rules and their schema once, and refuses what is wrong with them by file and line."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.cedar_text import Statement, statements
from deskhand.domain.permission import Reason
from deskhand.errors import Rejected

POLICIES = "actions.cedar"
SCHEMA = "actions.cedarschema"


@dataclass(frozen=True)
class Rules:
    """All rules, parsed, and proven to fit the schema."""

    policies: Any
    schema: Any
    reasons: Mapping[str, Reason]
    """Of each forbid, by the id that Cedar gives it."""
    permitted: frozenset[str]
    """The actions that some permit names."""


def read_rules(policies: str, schema: str) -> Rules:
    """The rules. `Rejected`: every mistake in them, one a line, with file and line."""
    import cedarpy  # see CedarPermissions

    parsed_schema = _parse(cedarpy.Schema, schema, SCHEMA)
    parsed = _parse(cedarpy.PolicySet, policies, POLICIES)
    places = {f"policy{place}": rule for place, rule in enumerate(statements(policies))}
    bodies = json.loads(cedarpy.policies_to_json_str(policies))["staticPolicies"]
    for template in places.keys() - bodies.keys():
        line = places[template].line
        raise Rejected(
            f"{POLICIES}, line {line}: a template allows nothing by itself; write a rule."
        )
    listed = {rule: bodies[rule] for rule in places}  # in the order of the file
    found = cedarpy.validate_policies(policies, parsed_schema).errors
    permitted = frozenset(
        action
        for body in listed.values()
        if body["effect"] == "permit"
        for action in _actions(body["action"])
    )
    mistakes = [_misfit(error, places) for error in found]
    for rule, body in listed.items():
        where = f"{POLICIES}, line {places[rule].line}"
        mistakes += [f"{where}: {words}" for words in _mistakes(body, permitted)]
    if mistakes:
        raise Rejected("\n".join(mistakes))
    return Rules(
        policies=parsed,
        schema=parsed_schema,
        reasons={
            rule: Reason.model_validate(body["annotations"])
            for rule, body in listed.items()
            if body["effect"] == "forbid"
        },
        permitted=permitted,
    )


def _parse(kind: Any, text: str, file: str) -> Any:
    try:
        return kind.from_str(text)
    except ValueError as error:
        why = str(error).removeprefix("error parsing schema: ")
        line = _broken_line(kind, text, why)
        raise Rejected(f"{file}, line {line}: this is not valid Cedar: {why}.") from error


def _broken_line(kind: Any, text: str, why: str) -> int:
    """The first statement that does not parse by itself for the same reason; else its last word."""
    whole = list(statements(text))
    for statement in whole:
        try:
            kind.from_str(statement.text)
        except ValueError as error:
            if str(error).removeprefix("error parsing schema: ") == why:
                return _line_within(statement, why)
    return whole[-1].line if whole else 1


def _line_within(statement: Statement, why: str) -> int:
    """The line with the word that Cedar complains of, if that is said and stands there once."""
    word = re.split(r"[: ]", why)[-1].strip("`")
    lines = statement.text.splitlines()
    places = [place for place, line in enumerate(lines) if word and word in line.split("//")[0]]
    return statement.line + places[0] if len(places) == 1 else statement.line


def _misfit(error: Any, places: Mapping[str, Statement]) -> str:
    place = places.get(error.policy_id)
    where = f"{POLICIES}, line {place.line}" if place else POLICIES
    why = error.error.removeprefix(f"for policy `{error.policy_id}`, ")
    return f"{where}: this rule does not fit {SCHEMA}: {why}."


def _mistakes(body: Mapping[str, Any], permitted: frozenset[str]) -> Iterator[str]:
    """What people would miss in a rule that is valid Cedar."""
    notes = body.get("annotations", {})
    for strange in sorted(notes.keys() - Reason.model_fields.keys()):
        yield f"nobody reads @{strange}; there are @{', @'.join(Reason.model_fields)}."
    lacking = [f"@{name}" for name in ("code", "words") if not notes.get(name)]
    if body["effect"] == "forbid" and lacking:
        yield f"a forbid needs {' and '.join(lacking)}, so that people learn why it refused."
    if (instead := notes.get("instead")) and instead not in permitted:
        yield f"@instead names {instead}, which no rule permits."
    if body["effect"] == "permit" and body["action"]["op"] == "All":
        yield "a permit has to name its action; one for every action would allow those added later."


def _actions(scope: Mapping[str, Any]) -> Iterator[str]:
    """The actions that the head of a rule names."""
    named = [scope["entity"]] if "entity" in scope else scope.get("entities", [])
    yield from (entity["id"] for entity in named)
