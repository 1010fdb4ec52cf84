"""Requests to the permission layer, as somebody at a terminal asks for them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from deskhand.adapters.cedar.rules import Rules
from deskhand.adapters.cedar.schema import SetOf, Type
from deskhand.adapters.cedar.search import blank_value, harmless_request, with_values
from deskhand.adapters.cedar_expressions import Place
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.classification import Entities
from deskhand.domain.evidence import Evidence
from deskhand.domain.permission import PermissionRequest
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.text.proposals import propose
from deskhand.tools.facts.order import order_fact
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Action, customer_attributes
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.deskhand_cli.problems import CommandError, UnreadableError

ROOTS = ("principal", "resource", "context")


@dataclass(frozen=True)
class Question:
    """What somebody wonders about."""

    action: str
    sets: tuple[str, ...] = ()
    customer: str = ""
    order: str = ""
    arguments: tuple[str, ...] = ()


def question(wanted: Question, rules: Rules) -> PermissionRequest:
    """The request: of the sample shop's customer if one is named, else as harmless as it can be.
    `UnreadableError`: what is asked for is nothing that the rules know."""
    bent = dict(_bent(wanted, rules))
    if not wanted.customer:
        return harmless_request(rules, wanted.action, bent)
    return with_values(_of_the_shop(wanted, rules), bent)


def _bent(wanted: Question, rules: Rules) -> Iterator[tuple[Place, JsonValue]]:
    action = rules.declared.actions[wanted.action]
    known: dict[str, Type] = {
        "principal": rules.declared.entities["Customer"],
        "resource": rules.declared.entities[action.resources[0]],
        "context": action.context,
    }
    for bend in wanted.sets:
        name, value = _pair(bend, "--set", "resource.status=delivered")
        place, kind = tuple(name.split(".")), known.get(name.split(".")[0])
        for step in place[1:]:
            kind = kind.get(step) if isinstance(kind, Mapping) else None
        if kind is None or len(place) == 1:
            there = ", ".join(f"{root}.{one}" for root in ROOTS for one in _names(known[root]))
            raise UnreadableError(f"--set {bend}: {wanted.action} has no {name}; there are {there}")
        yield place, _fitting(bend, kind, value)


def _of_the_shop(wanted: Question, rules: Rules) -> PermissionRequest:
    if wanted.action not in OURS.actions:
        raise UnreadableError(f"no tool of ours does {wanted.action}: ask without --customer")
    data = json.loads((SAMPLE / "shop.json").read_text(encoding="utf-8"))
    with closing(SampleShop.seed(":memory:", data)) as shop:
        connectors = shop.connectors
        scope = connectors.identity.scope(Asker(email=wanted.customer, verified=True))
        if scope is None:
            raise UnreadableError(f"the sample shop has no customer {wanted.customer}")
        try:
            return _asked(wanted, scope, connectors, rules)
        except Rejected as error:
            raise CommandError(f"{wanted.action} of {wanted.customer}: {error}") from error


def _asked(
    wanted: Question, scope: CustomerScope, connectors: Connectors, rules: Rules
) -> PermissionRequest:
    action = _action(wanted, scope, connectors)
    facts = {fact.id: fact for fact in action.refresh(scope, connectors)}
    if missing := [one for one in action.fact_ids if one not in facts]:
        raise UnreadableError(f"{wanted.customer} has no {' and no '.join(missing)}")
    thing, money = action.thing(facts), action.money(facts)
    arguments = action.context(facts)
    declared = rules.declared.actions[wanted.action].context
    true_now: dict[str, JsonValue] = {
        "verified": True,
        "amount_cents": money.amount_cents,
        "currency": money.currency,
    }
    nothing_else = {name: blank_value(kind) for name, kind in declared.items()}
    evidence = Evidence(customer=connectors.customers.customer(scope))
    return PermissionRequest(
        action=wanted.action,
        customer_id=scope.customer_id,
        customer=customer_attributes(evidence),
        resource_kind=action.resource_kind,
        resource_id=thing.key,
        resource=dict(thing.attributes),
        context=nothing_else | true_now | ({"arguments": arguments} if arguments else {}),
    )


def _action(wanted: Question, scope: CustomerScope, connectors: Connectors) -> Action:
    """The action with the arguments that are given; else those that the order itself suggests."""
    kind = OURS.actions[wanted.action]
    given: dict[str, JsonValue] = {}
    if wanted.order:
        order = connectors.orders.order(scope, wanted.order)
        if order is None:
            raise UnreadableError(f"{wanted.customer} has no order {wanted.order}")
        proposed = propose(kind.spec(), (order_fact(order, connectors.clock),), Entities())
        given["order_id"] = order.id
        given.update(proposed.arguments if proposed else {})
    for argument in wanted.arguments:
        name, value = _pair(argument, "--arg", "amount_cents=4200")
        given[name] = _read(value)
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        why = "; ".join(f"{_where(one['loc'])}: {one['msg']}" for one in error.errors())
        raise UnreadableError(f"{wanted.action} cannot be done like this: {why}") from error


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UnreadableError(f"{option} {text}: write it as {example}")
    return name.strip(), value


def _read(text: str) -> JsonValue:
    """JSON where it is JSON, else the words themselves."""
    try:
        value: JsonValue = json.loads(text)
    except ValueError:
        return text
    return value


def _fitting(bend: str, kind: Type, text: str) -> JsonValue:
    value = _read(text)
    if kind == "String":
        return value if isinstance(value, str) else text
    fits = {
        "Bool": isinstance(value, bool),
        "Long": isinstance(value, int) and not isinstance(value, bool),
    }
    if fits[kind] if isinstance(kind, str) else isinstance(value, list | dict):
        return value
    wants = {"Bool": "true or false", "Long": "a whole number"}
    what = wants[kind] if isinstance(kind, str) else "a list" if isinstance(kind, SetOf) else "{…}"
    raise UnreadableError(f"--set {bend}: it has to be {what}")


def _names(kind: Type) -> Iterator[str]:
    for name, one in kind.items() if isinstance(kind, Mapping) else ():
        if isinstance(one, Mapping):
            yield from (f"{name}.{inner}" for inner in _names(one))
        else:
            yield name


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in location)
