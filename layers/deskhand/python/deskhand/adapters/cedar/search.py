"""Finds requests by search: one in which a rule fires, one that nothing forbids.

Values are tried that the rules themselves name, and those next to them; Cedar says what comes of
them. It takes some milliseconds a rule, so it is done where rules are checked, not where they are
applied.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from pydantic import JsonValue

from deskhand.adapters.cedar.rules import Rule, Rules
from deskhand.adapters.cedar.schema import DeclaredAction, Record, SetOf, Type
from deskhand.adapters.cedar_expressions import Place
from deskhand.domain.permission import LIFTS, PermissionRequest

MOST_TRIED = 20_000
MOST_NESTED = 5_000
_PARTS = {"principal": "customer", "resource": "resource", "context": "context"}
_LARGEST = 2**40
"""Far above every limit, far below what Cedar can add up."""


def firing_requests(rules: Rules) -> Iterator[tuple[Rule, str, PermissionRequest | None]]:
    """Each rule with each action that it holds for, and a request in which it fires, if there is
    one."""
    for rule in rules.rules:
        for action in sorted(rule.actions):
            yield rule, action, firing_request(rules, rule, action)


def cannot_fire(rules: Rules) -> Iterator[str]:
    """The rules that nothing can ever set off, by file and line."""
    for rule in rules.rules:
        if not any(firing_request(rules, rule, action) for action in sorted(rule.actions)):
            named = rule.reason.code or "this permit"
            yield f"{rule.where}: {named} can never fire: no request meets all of its conditions."


def firing_request(rules: Rules, rule: Rule, action: str) -> PermissionRequest | None:
    """A request about this action in which the rule fires; None: none was found."""
    import cedarpy

    declared = rules.declared.actions[action]
    alone = cedarpy.PolicySet.from_str(rule.text)
    blank = blank_request(declared, rules)
    places = attributes_of(declared, rules, rule.reads)
    for bent in islice(_bent(blank, places, rule.compares), MOST_TRIED):
        if _fires(cedarpy, bent, alone, rules.schema):
            return bent
    return None


def harmless_request(
    rules: Rules, action: str, fixed: Mapping[Place, JsonValue] | None = None
) -> PermissionRequest:
    """The emptiest request about this action with what is fixed, the rest bent until as few limits
    as possible stand against it: somebody whom we know asks, and has said yes to nothing yet."""
    import cedarpy

    declared, given = rules.declared.actions[action], fixed or {}
    held = [rule for rule in rules.forbids if action in rule.actions]
    own = {("context", name) for name in LIFTS.values()}
    everything = attributes_of(declared, rules, {one for rule in held for one in rule.reads})
    free = {place: kind for place, kind in everything.items() if place not in own | given.keys()}
    said: dict[Place, JsonValue] = {
        ("context", name): name != "approved" for name in LIFTS.values() if name in declared.context
    }
    request = with_values(blank_request(declared, rules), {**said, **given})
    forbidding = _forbidding(cedarpy, request, rules)
    while forbidding:
        known = [value for value in given.values() if isinstance(value, int | str)]
        named = [*known, *(one for rule in held for one in rule.compares)]
        read = {one for rule in forbidding for one in rule.reads} & free.keys()
        for better in _steps(request, {place: free[place] for place in sorted(read)}, free, named):
            left = _forbidding(cedarpy, better, rules)
            if _weight(left) < _weight(forbidding):
                request, forbidding = better, left
                break
        else:
            break
    unsaid = {place: False for place in said if place[-1] in {"shown", "confirmed"}}
    return with_values(
        request, {place: value for place, value in unsaid.items() if place not in given}
    )


def blank_value(kind: Type) -> JsonValue:
    """The emptiest value of a type: no, 0, nothing."""
    if isinstance(kind, SetOf):
        return []
    if isinstance(kind, Mapping):
        return {name: blank_value(one) for name, one in kind.items()}
    blanks: dict[str, JsonValue] = {"Bool": False, "Long": 0, "String": ""}
    return blanks[kind]


def blank_request(action: DeclaredAction, rules: Rules) -> PermissionRequest:
    """A request about this action in which everything is as empty as it can be."""
    kind = action.resources[0]
    tables = [rules.declared.entities["Customer"], rules.declared.entities[kind], action.context]
    customer, resource, context = (dict(_table(one)) for one in tables)
    return PermissionRequest(
        action=action.name,
        customer_id="c-1",
        customer=customer,
        resource_kind=kind,
        resource_id="1",
        resource=resource,
        context=context,
    )


def _table(shape: Record) -> Iterator[tuple[str, JsonValue]]:
    return ((name, blank_value(kind)) for name, kind in shape.items())


def attributes_of(
    action: DeclaredAction, rules: Rules, places: Sequence[Place] | set[Place]
) -> dict[Place, Type]:
    """The attributes among these places, each with its type; a whole record is each of its own."""
    roots: dict[str, Type] = {
        "principal": rules.declared.entities["Customer"],
        "resource": rules.declared.entities[action.resources[0]],
        "context": action.context,
    }
    found: dict[Place, Type] = {}
    for place in sorted(places):
        kind: Type | None = roots.get(place[0])
        for name in place[1:]:
            kind = kind.get(name) if isinstance(kind, Mapping) else None
        if kind is not None and len(place) > 1:
            found[place] = kind
    return found


def _bent(
    blank: PermissionRequest, places: Mapping[Place, Type], named: Sequence[bool | int | str]
) -> Iterator[PermissionRequest]:
    pools = [list(values_worth_trying(kind, named)) for kind in places.values()]
    for values in product(*pools):
        yield with_values(blank, dict(zip(places, values, strict=True)))


def _steps(
    request: PermissionRequest,
    read: Mapping[Place, Type],
    free: Mapping[Place, Type],
    named: Sequence[bool | int | str],
) -> Iterator[PermissionRequest]:
    """The request with one attribute bent that stands in its way; then with another one beside."""
    for place, kind in read.items():
        yield from _bent(request, {place: kind}, named)
    for place, other in product(read, free):
        if place != other:
            yield from _bent(request, {place: free[place], other: free[other]}, named)


def values_worth_trying(kind: Type, named: Sequence[bool | int | str]) -> Iterator[JsonValue]:
    """What is worth trying for an attribute: the blank, what the rules name, what is beside it."""
    if kind == "Bool":
        yield from (False, True)
    elif kind == "Long":
        numbers = [one for one in named if isinstance(one, int) and not isinstance(one, bool)]
        near = (one + step for one in numbers for step in (0, 1, -1))
        yield from dict.fromkeys((0, *near, 1, -1, _LARGEST))
    elif kind == "String":
        yield from dict.fromkeys(("", *(one for one in named if isinstance(one, str)), "another"))
    elif isinstance(kind, SetOf):
        yield []
        yield from ([one] for one in islice(values_worth_trying(kind.element, named), MOST_NESTED))
    elif isinstance(kind, Mapping):
        pools = [list(islice(values_worth_trying(one, named), 4)) for one in kind.values()]
        for values in islice(product(*pools), MOST_NESTED):
            yield dict(zip(kind, values, strict=True))


def with_values(request: PermissionRequest, values: Mapping[Place, JsonValue]) -> PermissionRequest:
    """The request with other values at these places."""
    tables: dict[str, dict[str, Any]] = {
        part: dict(getattr(request, part)) for part in _PARTS.values()
    }
    for (root, *steps, last), value in values.items():
        table = tables[_PARTS[root]]
        for step in steps:
            table[step] = dict(table[step])
            table = table[step]
        table[last] = value
    return request.model_copy(update=tables)


def _fires(cedarpy: Any, request: PermissionRequest, policies: Any, schema: Any) -> bool:
    return bool(_answer(cedarpy, request, policies, schema).diagnostics.reasons)


def _forbidding(cedarpy: Any, request: PermissionRequest, rules: Rules) -> list[Rule]:
    """The limits that stand against it; a request that errs has all of them against it."""
    result = _answer(cedarpy, request, rules.policies, rules.schema)
    if result.diagnostics.errors:
        return list(rules.forbids)
    reasons = set(result.diagnostics.reasons)
    return [rule for rule in rules.forbids if rule.id in reasons]


def _weight(forbidding: Sequence[Rule]) -> tuple[int, int]:
    """How much stands in the way: what nobody lifts weighs more than anything else."""
    return sum("if_approved" not in rule.lifted_by for rule in forbidding), len(forbidding)


def _answer(cedarpy: Any, request: PermissionRequest, policies: Any, schema: Any) -> Any:
    principal = {"type": "Customer", "id": request.customer_id}
    resource = {"type": request.resource_kind, "id": request.resource_id}
    return cedarpy.is_authorized(
        {
            "principal": principal,
            "action": {"type": "Action", "id": request.action},
            "resource": resource,
            "context": request.context,
        },
        policies,
        [
            {"uid": principal, "attrs": request.customer, "parents": []},
            {"uid": resource, "attrs": request.resource, "parents": []},
        ],
        schema,
    )
