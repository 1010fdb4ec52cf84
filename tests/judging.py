"""Asks the gate about a drafted turn, with the rules that are shipped."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Claim, Draft, ProposedAction
from deskhand.domain.ledger import Counters
from deskhand.domain.policy import Policy
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Verdict
from deskhand.ports import Permissions
from deskhand.stages.gate import judge
from deskhand.tools.registry import OURS
from tests.builders import (
    NOON,
    ROOT,
    a_draft,
    a_drafted_turn,
    a_policy,
    a_reading,
    an_order_fact,
    some_evidence,
)


@cache
def shipped_permissions() -> CedarPermissions:
    return CedarPermissions.read(ROOT / "policies")


def judged(
    turn: Drafted,
    *,
    policy: Policy | None = None,
    permissions: Permissions | None = None,
    **counted: Any,
) -> Verdict:
    """The verdict on a turn, the customer's limits being as they are counted."""
    return judge(
        turn,
        policy=policy or a_policy(),
        permissions=permissions or shipped_permissions(),
        counters=Counters(**counted),
        tools=OURS,
    )


def codes(verdict: Verdict) -> list[str]:
    return [objection.code for objection in verdict.objections]


def bent_policy(**replies: Any) -> Policy:
    """The shipped policy with other manners."""
    policy = a_policy()
    return policy.model_copy(update={"replies": policy.replies.model_copy(update=replies)})


def with_intent(name: str, **bent: Any) -> Policy:
    """The shipped policy with another intent."""
    policy = a_policy()
    intent = policy.intents[name].model_copy(update=bent)
    return policy.model_copy(update={"intents": policy.intents | {name: intent}})


def guesses(*names: str) -> tuple[IntentGuess, ...]:
    return tuple(IntentGuess(intent=name, confidence=0.9, part="…") for name in names)


def saying(*claims: Claim | tuple[str, ...], **bent: Any) -> Draft:
    """A draft of these sentences, each with what it cites."""
    said = tuple(
        one if isinstance(one, Claim) else Claim(text=one[0], supports=one[1:]) for one in claims
    )
    return a_draft(claims=said, **bent)


def a_request_turn(*texts: str, intent: str = "refund_request", **bent: Any) -> Drafted:
    """A turn that wants something done."""
    reading = bent.pop("reading", None) or a_reading(intent)
    return a_drafted_turn(*(texts or ("Please refund my order.",)), reading=reading, **bent)


def proposing(
    *actions: ProposedAction,
    text: str = "Please.",
    intent: str = "refund_request",
    order: Mapping[str, Any] | None = None,
    **bent: Any,
) -> Drafted:
    """A turn that proposes these, about an order that is as it is."""
    facts = (an_order_fact(**(order or {})),)
    evidence = bent.pop("evidence", None) or some_evidence(facts=facts)
    draft = a_draft(actions=actions)
    return a_request_turn(text, intent=intent, draft=draft, evidence=evidence, **bent)


def cures(verdict: Verdict) -> list[tuple[str, str]]:
    return [(objection.code, objection.cure) for objection in verdict.objections]


def said(text: str, author: str = "customer", **bent: Any) -> Message:
    given = {"id": f"h-{hash((text, author))}", "author": author, "text": text, "said_at": NOON}
    return Message.model_validate(given | bent)


def asking(*actions: ProposedAction, words: str) -> Message:
    """Our question whether to go on with exactly these, in these words."""
    prints = tuple(OURS.action_of(one).fingerprint for one in actions)
    text = f"Before I go on: shall I go ahead with {words}? Please answer with yes or no."
    return said(text, "agent", asks_for=prints)


def objected(*claims: Claim | tuple[str, ...], **bent: Any) -> list[str]:
    """The codes of what speaks against a reply of these sentences."""
    draft = saying(*claims, **bent.pop("draft", {}))
    return codes(judged(a_drafted_turn(draft=draft, **bent)))
