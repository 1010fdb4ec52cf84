"""What of the proposed actions may be done, and what would lift the rest.

Actions about the same thing are one plan: it is ruled on as a whole, each step on the records as
the steps before it will have left them, and where one step may not be done, none is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from deskhand.domain.draft import ProposedAction
from deskhand.domain.ledger import Counters
from deskhand.domain.permission import Answer, Permission
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Cure, Objection
from deskhand.ports import Permissions
from deskhand.stages.objections.asks import UNVERIFIED
from deskhand.stages.objections.permission import ask, consent, counted, permission_request
from deskhand.stages.objections.reading import checked, fingerprint_of, intents_of
from deskhand.tools.registry import Tools
from deskhand.tools.tool import Action

OURS_TO_MEND = frozenset({"POLICY_ERROR", "NO_RULE"})
"""Refusals that say more about our rules than about the request: no customer is told those."""
FIRST_WORD: tuple[Answer, ...] = (
    *("denied", "if_verified", "if_shown", "if_confirmed", "if_approved"),
)
"""Which step of a plan decides about all of it: the one that is furthest from being done."""


@dataclass(frozen=True)
class Step:
    """One action of a plan, and what the rules say to it."""

    proposed: ProposedAction
    action: Action
    permission: Permission
    words: str

    @property
    def answer(self) -> Answer:
        """Whether it may be done, and what would lift a refusal."""
        return self.permission.answer


@dataclass(frozen=True)
class Ruling:
    """What may be done, in order, now and once a person has said yes; and what speaks against."""

    now: tuple[ProposedAction, ...] = ()
    if_approved: tuple[ProposedAction, ...] = ()
    """All that may be done then, those among them that may be done now."""
    asks_for: tuple[str, ...] = ()
    """The fingerprints that the customer has to say yes to."""
    objections: tuple[Objection, ...] = ()


def rule_on_actions(
    turn: Drafted,
    policy: Policy,
    *,
    permissions: Permissions,
    counters: Counters,
    tools: Tools,
) -> Ruling:
    """The ruling on all proposals; each that may be done counts for those after it."""
    facts = turn.evidence.known
    misfits: list[Objection] = []
    steps: list[Step] = []
    for proposed in _proposals(turn, tools):
        found = tuple(_misfits(turn, policy, proposed, tools))
        action = checked(proposed, tools)
        if found or action is None or action.missing(facts):
            misfits += found
            continue
        if consent(turn, action, facts, policy) == "no":
            continue
        request = permission_request(turn, action, facts, counters, policy=policy, tools=tools)
        step = Step(proposed, action, ask(request, permissions), action.in_words(facts))
        steps.append(step)
        if step.answer != "denied":
            counters = counted(counters, action, facts)
            facts = action.after(facts)
    return _ruling(steps, misfits)


def _ruling(steps: list[Step], misfits: list[Objection]) -> Ruling:
    """Puts the plans together: what stands in the way of one step holds back all of its plan."""
    needed = list(_needed(steps))
    plans: dict[str, list[Step]] = {}
    for step in needed:
        plans.setdefault(step.action.fact_id, []).append(step)
    standing = {thing: _standing(plan) for thing, plan in plans.items()}
    asked = [step for step in needed if standing[step.action.fact_id] == "if_confirmed"]
    return Ruling(
        now=tuple(s.proposed for s in needed if standing[s.action.fact_id] == "now"),
        if_approved=tuple(
            s.proposed for s in needed if standing[s.action.fact_id] in {"now", "if_approved"}
        ),
        asks_for=tuple(step.action.fingerprint for step in asked),
        objections=(
            *misfits,
            *(one for thing, plan in plans.items() for one in _objections(plan, standing[thing])),
        ),
    )


def _needed(steps: list[Step]) -> Iterator[Step]:
    """The steps without those that another one makes needless: a cancelled order is refunded."""
    going = {(s.action.tool_name, s.action.fact_id) for s in steps if s.answer != "denied"}
    for step in steps:
        instead = {(one.instead, step.action.fact_id) for one in step.permission.reasons}
        if not (step.answer == "denied" and instead & going):
            yield step


def _standing(plan: list[Step]) -> Answer:
    answers = {step.answer for step in plan}
    return next((answer for answer in FIRST_WORD if answer in answers), "now")


def _objections(plan: list[Step], standing: Answer) -> Iterator[Objection]:
    """What the customer or a person is told of a plan that may not simply be done; first why."""
    for step in plan:
        if standing == "if_confirmed":
            code = step.permission.reasons[0].code if step.answer == standing else "CONFIRM"
            yield _about(step, code, step.words, "confirm")
        elif step.answer == standing:
            yield from _refusals(step)
    left = [step for step in plan if step.answer != standing]
    if standing == "denied" and left:
        # Not in the step's own words: they may hold what a model wrote.
        words = "So I have left the rest of what you asked for with it as it is."
        yield _about(left[0], "PLAN_HELD_BACK", words, "explain")


def _refusals(step: Step) -> Iterator[Objection]:
    """The rules' own words, each with what could lift it."""
    cures: dict[Answer, Cure] = {
        "denied": "explain",
        "if_verified": "verify",
        "if_shown": "show",
        "if_approved": "approval",
    }
    if step.answer == "if_verified":
        yield UNVERIFIED
    elif step.answer in cures:
        for reason in step.permission.reasons:
            cure: Cure = "person" if reason.code in OURS_TO_MEND else cures[step.answer]
            yield _about(step, reason.code, reason.words, cure)


def _about(step: Step, code: str, words: str, cure: Cure) -> Objection:
    return Objection(code=code, words=words, cure=cure, about=step.proposed.id)


def _proposals(turn: Drafted, tools: Tools) -> Iterator[ProposedAction]:
    """What the draft proposes, each once, however it is spelled; what a person is being asked
    already is not asked again."""
    had = {fingerprint_of(one, tools) for asked in turn.pending for one in asked.actions}
    for proposed in turn.draft.actions:
        fingerprint = fingerprint_of(proposed, tools)
        if fingerprint not in had:
            had.add(fingerprint)
            yield proposed


def _misfits(
    turn: Drafted, policy: Policy, proposed: ProposedAction, tools: Tools
) -> Iterator[Objection]:
    """Why nobody has to be asked: there is no such thing to do here."""
    if proposed.name not in tools.actions:
        yield _wrong("UNKNOWN_ACTION", f"there is no action {proposed.name}", proposed)
        return
    try:
        action = tools.action_of(proposed)
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
    elif (missing := action.missing(turn.evidence.known)) and not (
        turn.evidence.missing and turn.draft.question
    ):
        words = f"{proposed.name} is about {' and '.join(missing)}, which was not found"
        yield _wrong("UNKNOWN_REFERENCE", words, proposed)


def _wrong(code: str, words: str, proposed: ProposedAction) -> Objection:
    return Objection(code=code, words=words, cure="rewrite", about=proposed.id)
