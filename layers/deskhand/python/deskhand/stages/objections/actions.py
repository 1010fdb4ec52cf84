"""What of the proposed actions may be done, and what would lift the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact
from deskhand.domain.ledger import Counters
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Cure, Objection
from deskhand.ports import Permissions
from deskhand.stages.objections.asks import UNVERIFIED
from deskhand.stages.objections.reading import checked, intents_of
from deskhand.text.consent import answer_to
from deskhand.tools.registry import ACTIONS, action_of
from deskhand.tools.tool import Action, customer_attributes

OURS_TO_MEND = frozenset({"POLICY_ERROR", "NO_RULE"})
"""Refusals that say more about our rules than about the request: no customer is told those."""

Instead = tuple[str, str]
"""An action's name and the id of the fact that it is about."""


@dataclass(frozen=True)
class Ruling:
    """What may be done now, what a person's yes would add to it, and what speaks against it."""

    now: tuple[ProposedAction, ...] = ()
    if_approved: tuple[ProposedAction, ...] = ()
    objections: tuple[Objection, ...] = ()

    def plus(
        self,
        *,
        now: tuple[ProposedAction, ...] = (),
        if_approved: tuple[ProposedAction, ...] = (),
        objections: tuple[Objection, ...] = (),
    ) -> "Ruling":
        """The ruling with these added."""
        return Ruling(self.now + now, self.if_approved + if_approved, self.objections + objections)


def rule_on_actions(
    turn: Drafted, policy: Policy, *, permissions: Permissions, counters: Counters
) -> Ruling:
    """The ruling on all proposals; each that may be done counts for those after it."""
    ruling = Ruling()
    refused: list[tuple[Objection, Instead]] = []
    for proposed in _proposals(turn):
        misfits = tuple(_misfits(turn, policy, proposed))
        fact = _fact(turn, proposed)
        if misfits or fact is None:
            ruling = ruling.plus(objections=misfits)
            continue
        action = action_of(proposed)
        if _consent(turn, action, fact) == "no":
            continue
        permission = _ask(turn, action, fact, permissions, counters)
        if permission.answer == "now":
            ruling = ruling.plus(now=(proposed,))
            counters = _counted(counters, action, fact)
        elif permission.answer == "if_approved":
            ruling = ruling.plus(if_approved=(proposed,))
        refused += _refusals(permission, proposed, action, fact)
    done = {(one.name, action_of(one).fact_id) for one in ruling.now}
    return ruling.plus(objections=tuple(one for one, instead in refused if instead not in done))


def permission_request(
    turn: Drafted, action: Action, fact: Fact, seen: Counters
) -> PermissionRequest:
    """The question to the permission layer: who, what, to what, and all that is true of it now."""
    customer = turn.evidence.customer
    said: dict[str, JsonValue] = {
        "verified": customer is not None,
        "confirmed": _consent(turn, action, fact) == "yes",
        "approved": _is_approved(turn, action),
        "intent": turn.classification.intent,
        "amount_cents": action.money(fact).amount_cents,
        "refunds_in_7_days": seen.refunds_in_7_days,
        "attempts_in_1_hour": seen.attempts_in_1_hour,
        "refunded_today_cents": seen.refunded_today_cents,
    }
    return PermissionRequest(
        action=action.tool_name,
        customer_id=customer.id if customer else "",
        customer=customer_attributes(turn.evidence),
        resource_kind=action.resource_kind,
        resource_id=fact.key,
        resource=dict(fact.attributes),
        context=said | action.context(fact),
    )


def _proposals(turn: Drafted) -> Iterator[ProposedAction]:
    """What the draft proposes, each once; what a person is being asked already is not asked
    again."""
    asked = {action.fingerprint for approval in turn.pending for action in approval.actions}
    once = {proposed.fingerprint: proposed for proposed in turn.draft.actions}
    yield from (proposed for fingerprint, proposed in once.items() if fingerprint not in asked)


def _misfits(turn: Drafted, policy: Policy, proposed: ProposedAction) -> Iterator[Objection]:
    """Why nobody has to be asked: there is no such thing to do here."""
    if proposed.name not in ACTIONS:
        yield _wrong("UNKNOWN_ACTION", f"there is no action {proposed.name}", proposed)
        return
    try:
        action = action_of(proposed)
    except ValidationError as error:
        why = "; ".join(f"{detail['loc']}: {detail['msg']}" for detail in error.errors())
        yield _wrong("INVALID_ACTION", f"{proposed.name} cannot be done like this: {why}", proposed)
        return
    intents = intents_of(turn, policy)
    if not any(proposed.name in intent.actions for intent in intents):
        names = " and ".join(intent.name for intent in intents) or "nothing in scope"
        words = f"{proposed.name} is not for {names}"
        yield _wrong("ACTION_NOT_ALLOWED", words, proposed)
    elif turn.evidence.customer is None:
        yield UNVERIFIED
    elif _fact(turn, proposed) is None and not (turn.evidence.missing and turn.draft.question):
        words = f"{proposed.name} is about {action.fact_id}, which was not found"
        yield _wrong("UNKNOWN_REFERENCE", words, proposed)


def _ask(
    turn: Drafted, action: Action, fact: Fact, permissions: Permissions, counters: Counters
) -> Permission:
    """What Cedar says. Where a person's yes would not be enough, the customer's comes first: it
    would be asked for afterwards, and the approval be gone by then."""
    request = permission_request(turn, action, fact, counters)
    permission = permissions.ask(request)
    if permission.answer != "if_approved":
        return permission
    approved = request.model_copy(update={"context": request.context | {"approved": True}})
    even_then = permissions.ask(approved)
    return permission if even_then.answer == "now" else even_then


def _refusals(
    permission: Permission, proposed: ProposedAction, action: Action, fact: Fact
) -> Iterator[tuple[Objection, Instead]]:
    """The objections, each with what would make it needless to tell."""
    none: Instead = ("", "")
    if permission.answer == "if_verified":
        yield UNVERIFIED, none
    elif permission.answer == "if_confirmed":
        code, words = permission.reasons[0].code, action.in_words(fact)
        yield Objection(code=code, words=words, cure="confirm", about=proposed.id), none
    elif permission.answer != "now":
        cure: Cure = "approval" if permission.answer == "if_approved" else "explain"
        for reason in permission.reasons:
            objection = Objection(
                code=reason.code,
                words=reason.words,
                cure="person" if reason.code in OURS_TO_MEND else cure,
                about=proposed.id,
            )
            yield objection, (reason.instead, action.fact_id)


def _counted(counters: Counters, action: Action, fact: Fact) -> Counters:
    """The counters as they are once this one is done."""
    cents = action.money(fact).amount_cents
    return counters.model_copy(
        update={
            "refunds_in_7_days": counters.refunds_in_7_days + bool(cents),
            "attempts_in_1_hour": counters.attempts_in_1_hour + 1,
            "refunded_today_cents": counters.refunded_today_cents + cents,
        }
    )


def _fact(turn: Drafted, proposed: ProposedAction) -> Fact | None:
    action = checked(proposed)
    facts = {fact.id: fact for fact in turn.evidence.facts}
    return facts.get(action.fact_id) if action else None


def _consent(turn: Drafted, action: Action, fact: Fact) -> str:
    return answer_to(action.in_words(fact), turn.history, turn.text)


def _is_approved(turn: Drafted, action: Action) -> bool:
    """Whether a person said yes to exactly this in this turn."""
    decision = turn.decisions[-1] if turn.decisions else None
    return decision is not None and any(
        decision.covers(proposed) and checked(proposed) == action for proposed in turn.draft.actions
    )


def _wrong(code: str, words: str, proposed: ProposedAction) -> Objection:
    return Objection(code=code, words=words, cure="rewrite", about=proposed.id)
