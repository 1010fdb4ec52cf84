"""Asks the permission layer about one action: who, what, to what, and all that is true of it."""

from pydantic import JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.ledger import Counters
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.ports import Permissions
from deskhand.stages.objections.reading import checked, intents_of
from deskhand.text.answers import Answer
from deskhand.text.consent import answer_to
from deskhand.tools.registry import Tools
from deskhand.tools.tool import Action, customer_attributes


def permission_request(
    turn: Drafted,
    action: Action,
    facts: Facts,
    seen: Counters,
    *,
    policy: Policy,
    tools: Tools,
) -> PermissionRequest:
    """The question to the permission layer, things standing as these facts and counters say."""
    customer, thing = turn.evidence.customer, action.thing(facts)
    money = action.money(facts)
    true_now: dict[str, JsonValue] = {
        "verified": customer is not None,
        "shown": has_shown(turn),
        "confirmed": consent(turn, action, facts, policy) == "yes",
        "approved": is_approved(turn, action, tools),
        "stopped": action.tool_name in seen.stopped,
        "intent": _wanted_for(turn, action, policy),
        "amount_cents": money.amount_cents,
        "currency": money.currency,
        "refunds_in_7_days": seen.refunds_in_7_days,
        "attempts_in_1_hour": seen.attempts_in_1_hour,
        "refunded_today_cents": seen.refunded_today_cents,
        "customer_today_cents": seen.customer_today_cents,
        "ticket_cents": seen.ticket_cents,
    }
    arguments = action.context(facts)
    return PermissionRequest(
        action=action.tool_name,
        customer_id=customer.id if customer else "",
        customer=customer_attributes(turn.evidence),
        resource_kind=action.resource_kind,
        resource_id=thing.key,
        resource=dict(thing.attributes),
        context=true_now | ({"arguments": arguments} if arguments else {}),
    )


def _wanted_for(turn: Drafted, action: Action, policy: Policy) -> str:
    """The intent that may propose it, surest first: what is asked beside another thing is held to
    the same rules as what is asked alone."""
    wanting = (one.name for one in intents_of(turn, policy) if action.tool_name in one.actions)
    return next(wanting, turn.classification.intent)


def ask(request: PermissionRequest, permissions: Permissions) -> Permission:
    """What the rules say. Where a person's yes would not be enough, the customer's comes first: it
    would be asked for afterwards, and the approval be gone by then."""
    permission = permissions.ask(request)
    if permission.answer != "if_approved":
        return permission
    approved = request.model_copy(update={"context": request.context | {"approved": True}})
    even_then = permissions.ask(approved)
    return permission if even_then.answer == "now" else even_then


def consent(turn: Drafted, action: Action, facts: Facts, policy: Policy) -> Answer:
    """The customer's yes or no to exactly this, in a later message than we asked in."""
    return answer_to(
        action.fingerprint,
        action.in_words(facts),
        history=turn.history,
        messages=turn.messages,
        valid_s=policy.replies.confirm_s,
    )


def is_approved(turn: Drafted, action: Action, tools: Tools) -> bool:
    """Whether a person said yes to exactly this in this turn."""
    decision = turn.decisions[-1] if turn.decisions else None
    return (
        decision is not None
        and decision.state == "approved"
        and any(checked(one, tools) == action for one in decision.actions)
    )


def has_shown(turn: Drafted) -> bool:
    """Whether the customer has sent a file in this episode: a photo, a paper."""
    said = (*turn.history, *turn.messages)
    return any(message.attachments for message in said if message.author == "customer")


def counted(counters: Counters, action: Action, facts: Facts) -> Counters:
    """The counters as they are once this one is done."""
    cents = action.money(facts).amount_cents
    return counters.model_copy(
        update={
            "refunds_in_7_days": counters.refunds_in_7_days + bool(cents),
            "attempts_in_1_hour": counters.attempts_in_1_hour + 1,
            "refunded_today_cents": counters.refunded_today_cents + cents,
            "customer_today_cents": counters.customer_today_cents + cents,
            "ticket_cents": counters.ticket_cents + cents,
        }
    )
