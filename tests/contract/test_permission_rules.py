"""Every rule of every pack of policies: it can fire, and what it cannot count it denies.

The rules are read as they are parsed and the requests found by search, so a rule that is written
tomorrow is under these tests tomorrow.
"""

from functools import cache
from pathlib import Path

import pytest

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.cedar.rules import Rule
from deskhand.adapters.cedar.search import (
    cannot_fire,
    firing_request,
    firing_requests,
    harmless_request,
)
from deskhand.domain.permission import LIFTS, PermissionRequest
from deskhand.errors import Rejected
from deskhand.tools.registry import OURS
from tests.builders import ROOT

OTHERS = ROOT / "tests" / "exam" / "tau_retail" / "policies"
OURS_AS_READ = CedarPermissions.read(ROOT / "policies")
PACKS = [OURS_AS_READ, *([CedarPermissions.read(OTHERS)] if OTHERS.exists() else [])]
RULES = [
    pytest.param(pack, rule, id=f"{rule.reason.code or rule.effect}-line-{rule.line}")
    for pack in PACKS
    for rule in pack.rules.rules
]
PARTS = {"principal": "customer", "resource": "resource", "context": "context"}


@cache
def harmless(pack: CedarPermissions, action: str) -> PermissionRequest:
    return harmless_request(pack.rules, action)


def without(request: PermissionRequest, place: tuple[str, ...]) -> PermissionRequest:
    """The request without this attribute, as if nobody had counted it."""
    root, *way, last = place
    table = dict(getattr(request, PARTS[root]))
    inner = table
    for step in way:
        inner[step] = inner = dict(inner[step])
    del inner[last]
    return request.model_copy(update={PARTS[root]: table})


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_every_rule_can_fire_for_every_action_that_it_holds_for(pack, rule: Rule):
    requests = {action: firing_request(pack.rules, rule, action) for action in rule.actions}

    assert requests
    assert [action for action, request in requests.items() if request is None] == []


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_a_rule_that_cannot_read_what_it_needs_denies(pack, rule: Rule):
    for action in sorted(rule.actions):
        firing = firing_request(pack.rules, rule, action)
        assert firing is not None
        for place in rule.reads:
            for request in (firing, harmless(pack, action)):
                permission = pack.ask(without(request, place))

                assert permission.answer == "denied", (rule.where, action, place)
                assert [one.code for one in permission.reasons] == ["POLICY_ERROR"]


def test_a_limit_that_fires_is_named_by_its_code():
    for rule, action, request in firing_requests(OURS_AS_READ.rules):
        if rule.effect == "forbid" and request is not None:
            [now, *_] = OURS_AS_READ.ladder(request)
            assert rule.reason in now.reasons, (rule.where, action)


def test_what_a_limit_says_lifts_it_does_lift_it():
    for rule, action, request in firing_requests(OURS_AS_READ.rules):
        if rule.effect == "permit" or request is None:
            continue
        for answer in rule.lifted_by:
            said = request.context | {LIFTS[answer]: True}
            [now, *_] = OURS_AS_READ.ladder(request.model_copy(update={"context": said}))
            assert rule.reason not in now.reasons, (rule.where, action, answer)


@pytest.mark.parametrize("action", sorted(OURS.actions))
def test_every_action_of_every_tool_has_a_permit_and_is_declared(action: str):
    declared = OURS_AS_READ.rules.declared.actions

    assert action in OURS_AS_READ.actions
    assert declared[action].resources == (OURS.actions[action].resource_kind,)


def test_no_rule_allows_what_no_tool_does():
    assert OURS_AS_READ.actions <= set(OURS.actions)


@pytest.mark.parametrize("action", sorted(OURS_AS_READ.actions))
def test_every_action_can_be_done_by_somebody(action: str):
    request = harmless(OURS_AS_READ, action)

    assert OURS_AS_READ.ask(request).answer != "denied"


def broken(rule: str) -> CedarPermissions:
    folder = ROOT / "policies"
    policies = (folder / "actions.cedar").read_text(encoding="utf-8")
    schema = (folder / "actions.cedarschema").read_text(encoding="utf-8")
    return CedarPermissions(f"{policies}{rule}", schema)


@pytest.mark.parametrize(
    "condition",
    [
        "context.amount_cents > 500 && context.amount_cents < 400",
        'resource.status == "lost" && resource.status == "found"',
        "context.verified && !context.verified",
        "[1, 2].contains(3)",
        "resource.refundable_cents > 7 && resource.refundable_cents <= 7",
    ],
)
def test_a_rule_that_can_never_fire_is_named_with_its_line(condition: str):
    permissions = broken(
        '@code("NEVER") @words("Never.")\n'
        f'forbid (principal, action == Action::"refund_order", resource) when {{ {condition} }};'
    )
    text = Path(ROOT / "policies" / "actions.cedar").read_text(encoding="utf-8")

    line = len(text.splitlines()) + 1
    assert list(cannot_fire(permissions.rules)) == [
        f"actions.cedar, line {line}: NEVER can never fire: no request meets all of its conditions."
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "context.amount_cents + context.ticket_cents > 123456",
        'resource.lines.contains({"line_id": "7", "product": "", "product_id": "", '
        '"variant_id": "", "quantity": 1, "unit_price_cents": 0})',
        'context.intent like "*angry*" || resource.changed',
        "context.amount_cents * 2 > resource.total_cents && resource.total_cents > 100",
        "if resource.changed then context.amount_cents > 7 else context.stopped",
    ],
)
def test_a_rule_that_fires_seldom_is_found_to_fire(condition: str):
    permissions = broken(
        '@code("SELDOM") @words("Seldom.")\n'
        f'forbid (principal, action == Action::"refund_order", resource) when {{ {condition} }};'
    )

    assert list(cannot_fire(permissions.rules)) == []


def test_a_rule_for_a_group_in_which_nothing_is_is_refused_with_its_line():
    folder = ROOT / "policies"
    schema = (folder / "actions.cedarschema").read_text(encoding="utf-8") + "action nothing_yet;"
    policies = (
        'permit (principal, action == Action::"refund_order", resource);\n'
        '@code("EMPTY") @words("Nothing is here.")\n'
        'forbid (principal, action in Action::"nothing_yet", resource);'
    )

    with pytest.raises(Rejected, match=r"line 2: .* unable to find an applicable action"):
        CedarPermissions(policies, schema)


def test_a_rule_for_one_kind_of_thing_holds_for_the_actions_done_to_it():
    permissions = broken(
        '@code("KIND") @words("Not to this kind.")\n'
        'forbid (principal, action, resource is Subscription) when { resource.status == "lost" };'
    )
    [rule] = [one for one in permissions.rules.forbids if one.reason.code == "KIND"]

    assert rule.actions == {
        name for name, tool in OURS.actions.items() if tool.resource_kind == "Subscription"
    }
    assert list(cannot_fire(permissions.rules)) == []
