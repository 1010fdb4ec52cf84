"""Does what was permitted, step by step: each at most once, none after one that failed."""

from collections.abc import Sequence

from deskhand.domain.evidence import Facts
from deskhand.domain.ledger import Counters
from deskhand.domain.policy import Policy
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Drafted, Judged, Turn, grow
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected
from deskhand.stages.deed import Deed
from deskhand.stages.gate import permission_request
from deskhand.stages.world import World, limits_now, person_took_over

MOST_REJUDGED = 2


def do_all(turn: Judged, policy: Policy, world: World) -> tuple[Receipt, ...] | Turn:
    """All receipts, in order; or the turn that goes back because something changed or failed."""
    deeds = _deeds(turn, world)
    reserved: list[Deed] = []
    foreseen: Facts = turn.evidence.known
    for deed in deeds:
        if _is_new(deed, world):  # what was begun before has its place
            foreseen = _foreseen(deed, deeds, foreseen, world)
            if not _gets_its_place(deed, turn, foreseen, policy, world) and _is_new(deed, world):
                return _go_back(turn, deed, reserved, deeds, world)
        reserved.append(deed)
        foreseen = deed.action.after(foreseen)
    receipts: list[Receipt] = []
    for place, deed in enumerate(deeds):
        outcome = _next(deed, turn, policy, world) if receipts else _do(deed, world)
        if isinstance(outcome, Objection):
            _let_go(deeds[place + 1 :], world)
            left = [rest.words for rest in deeds[place + 1 :]]
            why = outcome.model_copy(update={"about": turn.verdict.actions[place].id})
            return failed(turn, _with_what_is_left(why, left), receipts)
        receipts.append(outcome)
    return tuple(receipts)


def _deeds(turn: Judged, world: World) -> tuple[Deed, ...]:
    """What was permitted, in order, each described on the records as those before it leave them."""
    scope = world.connectors.identity.scope(turn.asker)
    facts, deeds = turn.evidence.known, []
    for proposed in turn.verdict.actions:
        action = world.tools.action_of(proposed)
        if scope is None or action.missing(facts):
            raise Rejected(
                f"{proposed.name} was permitted without a verified customer's {action.fact_id}"
            )
        key = f"{turn.id}:{action.fingerprint}"
        deeds.append(Deed(action, facts, scope, key, turn.conversation_id, turn.id))
        facts = action.after(facts)
    return tuple(deeds)


def _foreseen(deed: Deed, deeds: Sequence[Deed], facts: Facts, world: World) -> Facts:
    """The records as they are this moment, unless a step before this one is going to change
    them."""
    before = deeds[: deeds.index(deed)]
    theirs = {fact_id for earlier in before for fact_id in earlier.action.fact_ids}
    fresh = {fact.id: fact for fact in deed.action.refresh(deed.scope, world.connectors)}
    kept = {name: fact for name, fact in facts.items() if name not in deed.action.fact_ids}
    foreseen = {name: fact for name, fact in facts.items() if name in theirs}
    return {**kept, **fresh, **foreseen}


def _gets_its_place(deed: Deed, turn: Judged, facts: Facts, policy: Policy, world: World) -> bool:
    """Asks once more with what is true this moment, and takes the place under the limits."""
    seen = limits_now(
        world.ledger,
        world.stops,
        customer_id=deed.scope.customer_id,
        conversation_id=turn.conversation_id,
        now=world.clock(),
        besides=deed.key,  # an earlier run of this turn may have taken it, and have died then
    )
    if not _is_permitted(deed, turn, facts, seen, policy, world):
        return False
    return deed.reserve(world.ledger, seen=seen, clock=world.clock)


def _is_permitted(
    deed: Deed, turn: Judged, facts: Facts, seen: Counters, policy: Policy, world: World
) -> bool:
    if deed.action.missing(facts):
        return False
    request = permission_request(turn, deed.action, facts, seen, policy=policy, tools=world.tools)
    return world.permissions.ask(request).answer == "now"


def _do(deed: Deed, world: World) -> Receipt | Objection:
    return deed.do(world.connectors, world.ledger, clock=world.clock)


def _next(deed: Deed, turn: Judged, policy: Policy, world: World) -> Receipt | Objection:
    """A later step of a plan: done if it may be done on the records as they really are now. Its
    place under the limits is taken already, so those are not counted against it again."""
    if _is_new(deed, world):
        if person_took_over(turn, world):
            _let_go([deed], world)
            words = f"a person has spoken or taken the ticket before {deed.words}"
            return Objection(code="PERSON_TOOK_OVER", words=words, cure="person")
        facts = {fact.id: fact for fact in deed.action.refresh(deed.scope, world.connectors)}
        if not _is_permitted(deed, turn, facts, _stopped(world), policy, world):
            _let_go([deed], world)
            return _plan_stopped(deed)
    return _do(deed, world)


def _stopped(world: World) -> Counters:
    """Nothing counted, but what an anomaly has stopped meanwhile."""
    return Counters(stopped=tuple(stop.action for stop in world.stops.standing()))


def _let_go(deeds: Sequence[Deed], world: World) -> None:
    for deed in deeds:
        if _is_new(deed, world):
            deed.let_go(world.ledger, clock=world.clock)


def _with_what_is_left(why: Objection, left: Sequence[str]) -> Objection:
    """The failure, with what was to come after it and has not been done."""
    words = f"{why.words}; not done after it: {', '.join(left)}" if left else why.words
    return why.model_copy(update={"words": words})


def _is_new(deed: Deed, world: World) -> bool:
    """Whether nobody has begun it; another run of this very step may have, a moment ago."""
    return world.ledger.load(deed.key) is None


def _go_back(
    turn: Judged, deed: Deed, before: Sequence[Deed], deeds: Sequence[Deed], world: World
) -> Turn:
    """Back to the gate; to a person where a step before was begun: judged on the records that it
    has changed, it would look as if it had never been asked for."""
    begun = [one for one in before if not _is_new(one, world)]
    _let_go(before, world)
    return failed(turn, _plan_stopped(deed), []) if begun else _judge_again(turn, deeds, world)


def _plan_stopped(deed: Deed) -> Objection:
    words = f"{deed.words} may not be done any more after what was done before it"
    return Objection(code="PLAN_STOPPED", words=words, cure="person", priority="high")


def _judge_again(turn: Judged, deeds: Sequence[Deed], world: World) -> Turn:
    """Back to the gate with the records as they are now; to a person when that happens again and
    again."""
    if turn.rejudged >= MOST_REJUDGED:
        words = "the limits or the record kept changing while the agent wanted to act"
        return failed(turn, Objection(code="KEPT_CHANGING", words=words, cure="person"), [])
    named = {fact_id for deed in deeds for fact_id in deed.action.fact_ids}
    fresh = {
        fact.id: fact
        for deed in deeds
        for fact in deed.action.refresh(deed.scope, world.connectors)
    }
    others = tuple(fact for fact in turn.evidence.facts if fact.id not in named)
    evidence = turn.evidence.model_copy(update={"facts": (*others, *fresh.values())})
    rejudged = turn.rejudged + 1
    return grow(turn, Drafted, evidence=evidence, rejudged=rejudged, next_step="judge_again")


def failed(turn: Judged, why: Objection, receipts: Sequence[Receipt]) -> Turn:
    """To a person, with what was done before it went wrong."""
    troubles = (*turn.troubles, why)
    return grow(turn, Judged, receipts=tuple(receipts), troubles=troubles, next_step="escalate")
