"""The gate: the model proposes, this decides. A pure function of turn, policy and counters.

Each rule yields its objections; without any, the draft is sent. Who or what could lift them, their
cure, decides what happens instead.
"""

from collections.abc import Callable, Iterator, Sequence

from deskhand.domain.ledger import Counters
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Cure, Decision, Objection, Priority, Verdict
from deskhand.ports import Permissions
from deskhand.stages.modes import mode_of
from deskhand.stages.objections import asks, grounds, manners, people, triggers
from deskhand.stages.objections.actions import rule_on_actions
from deskhand.stages.objections.articles import articles_say
from deskhand.stages.objections.permission import permission_request
from deskhand.stages.objections.reading import intents_of
from deskhand.stages.passages import would_find_more
from deskhand.tools.registry import Tools

__all__ = ["judge", "mode_of", "permission_request"]

Rule = Callable[[Drafted, Policy], Iterator[Objection]]
RULES: tuple[Rule, ...] = (
    grounds.somebody_wrote,
    triggers.fired,
    people.nobody_said_no,
    people.attachments_are_seen,
    asks.identity_is_known,
    asks.records_are_clear,
    grounds.citations_are_real,
    grounds.citations_may_be_quoted,
    grounds.reply_is_grounded,
    grounds.no_judge_doubts,
    grounds.question_is_grounded,
    grounds.question_only_asks,
    grounds.enough_is_cited,
    grounds.evidence_is_enough,
    grounds.every_part_is_answered,
    manners.nothing_is_promised,
    manners.reply_is_short,
    manners.one_apology_is_enough,
    manners.nobody_is_deceived,
    manners.replies_come_to_an_end,
)

AGAIN: frozenset[Cure] = frozenset({"look_again", "rewrite"})
FOR_EVIDENCE = frozenset({"THIN_EVIDENCE"})
"""What no other words of ours can lift, only other passages."""
LIFTED_BY_APPROVAL: frozenset[Cure] = AGAIN | {"approval"}
MOST_TELLING: tuple[Cure, ...] = (
    *("person", "look_again", "rewrite", "approval"),
    *("verify", "show", "confirm", "ask", "explain"),
)
MOST_PRESSING: tuple[Priority, ...] = ("urgent", "high", "normal", "low")

SUGGESTED = Objection(
    code="SUGGEST_MODE", words="a person reads what is said here before it goes", cure="approval"
)


def judge(
    turn: Drafted,
    *,
    policy: Policy,
    permissions: Permissions,
    counters: Counters,
    tools: Tools,
) -> Verdict:
    """The decision about a draft, with everything that spoke against it, most telling first.

    `actions` are those that may be done once it is sent; where an approval is awaited, also those
    that a yes would add.
    """
    ruling = rule_on_actions(turn, policy, permissions=permissions, counters=counters, tools=tools)
    found = [objection for rule in RULES for objection in rule(turn, policy)]
    if not (found or ruling.objections or ruling.now):
        found += grounds.something_is_said(turn, policy)
    objections = _standing(turn, [*found, *ruling.objections])
    decision = _decide(turn, policy, objections)
    mode = mode_of(turn, policy)
    if mode == "suggest" and decision == "send" and _needs_a_reader(turn, policy):
        objections, decision = (*objections, SUGGESTED), "await_approval"
    return Verdict(
        decision=decision,
        mode=mode,
        objections=objections,
        actions=ruling.if_approved if decision == "await_approval" else ruling.now,
        asks_for=ruling.asks_for,
        withdraws=tuple(people.withdrawn(turn, tools)),
        articles=articles_say(turn, policy),
    )


def _standing(turn: Drafted, found: Sequence[Objection]) -> tuple[Objection, ...]:
    """Each objection once, without those to the reply that a person's yes has lifted."""
    approved = people.is_approved(turn)
    left = (
        objection
        for objection in dict.fromkeys(found)
        if not (approved and objection.cure in LIFTED_BY_APPROVAL and not objection.about)
    )
    return tuple(
        sorted(
            left,
            key=lambda one: (MOST_TELLING.index(one.cure), MOST_PRESSING.index(one.priority)),
        )
    )


def _decide(turn: Drafted, policy: Policy, objections: Sequence[Objection]) -> Decision:
    cures = {objection.cure for objection in objections}
    if "person" in cures:
        return "escalate"
    if cures & AGAIN:
        return "look_again" if _another_look_helps(turn, policy, objections) else "escalate"
    return "await_approval" if "approval" in cures else "send"


def _another_look_helps(turn: Drafted, policy: Policy, objections: Sequence[Objection]) -> bool:
    """Whether there is a look left, the last one changed anything, and the next one would: to look
    for what the evidence does not say is in vain where nothing else would be asked for. What a
    person has said yes to is not drafted anew: their yes would go with words that they have never
    seen."""
    if turn.looks >= policy.replies.max_looks or people.is_approved(turn):
        return False
    if _lessons(objections) == _lessons(turn.lessons):
        return False
    lacks_evidence = all(one.code in FOR_EVIDENCE for one in objections if one.cure in AGAIN)
    return not lacks_evidence or would_find_more(turn, objections, policy)


def _lessons(objections: Sequence[Objection]) -> set[tuple[str, str]]:
    return {(one.code, one.words) for one in objections if one.cure in AGAIN}


def _needs_a_reader(turn: Drafted, policy: Policy) -> bool:
    """Whether something would go out that no person has said yes to."""
    return bool(intents_of(turn, policy)) and not people.is_approved(turn)
