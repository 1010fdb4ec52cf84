"""Reads Cedar rules and their schema once, and refuses what is wrong with them by file and line."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.cedar.schema import Declared, DeclaredAction
from deskhand.adapters.cedar.text import POLICIES, SCHEMA, Statement, statements
from deskhand.adapters.cedar_expressions import Place, constants, places_read
from deskhand.domain.permission import LIFTS, Answer, Reason
from deskhand.errors import Rejected

_SENTENCES = re.compile(r"[A-Z0-9].*[.!?]", re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """One permit or forbid, and what it says about itself."""

    id: str
    """As Cedar names it."""
    line: int
    text: str
    effect: str
    reason: Reason
    """Of a forbid: its code and words."""
    actions: frozenset[str]
    """All actions that it holds for."""
    reads: tuple[Place, ...]
    """The attributes on which it depends."""
    compares: tuple[bool | int | str, ...]
    """What is written out in it."""
    lifted_by: tuple[Answer, ...]
    """Each of the things that lift it; a rule without one stands whatever anybody says."""

    @property
    def where(self) -> str:
        """File and line."""
        return f"{POLICIES}, line {self.line}"


@dataclass(frozen=True)
class Rules:
    """All rules, parsed, and proven to fit the schema."""

    policies: Any
    schema: Any
    declared: Declared
    rules: tuple[Rule, ...]
    """In the order of the file."""

    @property
    def forbids(self) -> tuple[Rule, ...]:
        """The limits."""
        return tuple(rule for rule in self.rules if rule.effect == "forbid")

    @property
    def permitted(self) -> frozenset[str]:
        """The actions that some permit names."""
        return frozenset(
            name for rule in self.rules if rule.effect == "permit" for name in rule.actions
        )


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
    found = cedarpy.validate_policies(policies, parsed_schema).errors
    mistakes = [_misfit(error, places) for error in found]
    declared = Declared.read(schema)
    listed = [_rule(rule, place, bodies[rule], declared) for rule, place in places.items()]
    rules = Rules(parsed, parsed_schema, declared, tuple(listed))
    for rule in rules.rules:
        mistakes += [
            f"{rule.where}: {words}" for words in _mistakes(bodies[rule.id], rules.permitted)
        ]
    mistakes += _same_codes(rules)
    if mistakes:
        raise Rejected("\n".join(mistakes))
    return rules


def _rule(rule_id: str, place: Statement, body: Mapping[str, Any], declared: Declared) -> Rule:
    notes = {"code": "", "words": ""} | body.get("annotations", {})
    conditions = body["conditions"]
    excepted = [one["body"] for one in conditions if one["kind"] == "unless"]
    lifting = {read[-1] for read in places_read(excepted) if read[0] == "context"}
    return Rule(
        id=rule_id,
        line=place.line,
        text=place.text,
        effect=body["effect"],
        reason=Reason.model_validate({name: notes.get(name, "") for name in Reason.model_fields}),
        actions=frozenset(_holds_for(body, declared)),
        reads=tuple(sorted(set(places_read(conditions)))),
        compares=tuple(dict.fromkeys(constants(conditions))),
        lifted_by=tuple(answer for answer, said in LIFTS.items() if said in lifting),
    )


def _holds_for(body: Mapping[str, Any], declared: Declared) -> Iterator[str]:
    """The actions that the head of a rule is about, with those in the groups that it names."""
    head = body["action"]
    named = [head["entity"]] if "entity" in head else head.get("entities", [])
    names = {entity["id"] for entity in named}
    kind = body["resource"].get("entity_type", "")
    for action in declared.actions.values():
        about = action.resources and (not kind or kind in action.resources)
        if about and (head["op"] == "All" or _is_named(action, names, head["op"])):
            yield action.name


def _is_named(action: DeclaredAction, names: set[str], op: str) -> bool:
    return action.name in names if op == "==" else not names.isdisjoint(action.groups)


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
    if (words := notes.get("words")) and not _SENTENCES.fullmatch(words):
        yield f"@words are read by people: write whole sentences, not {words!r}."
    if (instead := notes.get("instead")) and instead not in permitted:
        yield f"@instead names {instead}, which no rule permits."
    if body["effect"] == "permit" and body["action"]["op"] == "All":
        yield "a permit has to name its action; one for every action would allow those added later."


def _same_codes(rules: Rules) -> Iterator[str]:
    """Codes that two limits of one action share, so that nobody knows which one refused."""
    for action in sorted(rules.permitted):
        held = [rule for rule in rules.forbids if action in rule.actions and rule.reason.code]
        counted = Counter(rule.reason.code for rule in held)
        for rule in held:
            if counted[rule.reason.code] > 1:
                code = rule.reason.code
                yield f"{rule.where}: {action} has more than one limit with the code {code}."
