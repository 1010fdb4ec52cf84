"""Changes the world: does what was permitted, reads it back, replies, and closes the ticket out."""

from collections.abc import Sequence

from deskhand.domain.policy import Policy
from deskhand.domain.receipt import Receipt
from deskhand.domain.ticket import CloseOut
from deskhand.domain.turn import Ending, EndingKind, Judged, Turn
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from deskhand.stages.challenge import challenge
from deskhand.stages.plan import do_all, failed
from deskhand.stages.say import say
from deskhand.stages.world import World, person_took_over
from deskhand.text.replies import asks_customer, asks_who, compose_reply


def act(turn: Judged, *, policy: Policy, world: World) -> Ending | Turn:
    """The ending; or the turn to be judged again, or to be handed over with what was done."""
    if turn.verdict.mode == "shadow":
        return _recorded(turn, policy, world)
    if not _wants_reply(turn, policy):
        return _ending("ignored", "a thank-you needs no answer", ("NO_REPLY_WANTED",), world)
    if not world.conversations.commit_to_send(turn):
        return _overtaken(turn, world)
    if person_took_over(turn, world):
        return _talked_over(turn, ())
    withdrawn = _withdraw_approvals(turn, world)
    done = do_all(turn, policy, world)
    if isinstance(done, Turn):
        return done
    identity = challenge(turn, policy=policy, world=world)
    if isinstance(identity, Objection):
        return failed(turn, identity, done)
    if (done or identity) and person_took_over(turn, world):
        return _talked_over(turn, done)  # while we were at it
    text = compose_reply(turn, receipts=done, withdrawn=withdrawn, identity=identity, policy=policy)
    return _reply(turn, text, done, world)


def _reply(turn: Judged, text: str, receipts: tuple[Receipt, ...], world: World) -> Ending | Turn:
    said = say(turn, text, close_out=_close_out(turn, receipts), world=world)
    if isinstance(said, Objection):
        return failed(turn, said, receipts)
    kind: EndingKind = "asked_customer" if asks_customer(turn) else "answered"
    objections = turn.verdict.objections
    return Ending(
        kind=kind,
        why=turn.verdict.words if objections else "everything asked was answered",
        codes=tuple(dict.fromkeys(objection.code for objection in objections)),
        at=world.clock(),
        reply=text,
        asks_for=turn.verdict.asks_for,
        asks_who=asks_who(turn),
        receipts=(*receipts, said),
    )


def _close_out(turn: Judged, receipts: Sequence[Receipt]) -> CloseOut:
    """What the ticket is left with: its status, its tags, and a note of what was found and done."""
    intents = [guess.intent for guess in turn.classification.intents]
    cited = dict.fromkeys(support for claim in turn.draft.claims for support in claim.supports)
    lines = [f"Intent: {', '.join(intents)}", f"Stands on: {', '.join(cited) or 'nothing'}"]
    lines += [f"Done: {receipt.words}" for receipt in receipts]
    return CloseOut(
        status="pending" if asks_customer(turn) else "solved",
        tags=("deskhand", *intents, *(receipt.name for receipt in receipts)),
        note="\n".join(lines),
    )


def _withdraw_approvals(turn: Judged, world: World) -> tuple[str, ...]:
    """What the customer's changed request has taken back, in words; `Turns.go_on` ends the turns
    that asked. What a person was quicker to decide stays as it is."""
    withdrawn: list[str] = []
    for approval_id in turn.verdict.withdraws:
        approval = world.approvals.load(approval_id)
        if approval is not None:
            taken_back = {
                "state": "withdrawn",
                "decided_by": "customer",
                "decided_at": world.clock(),
                "reason": "the customer changed the request",
            }
            kept = world.approvals.decide(approval.model_copy(update=taken_back))
            withdrawn += [kept.summary] * (kept.state == "withdrawn")
    return tuple(withdrawn)


def _wants_reply(turn: Judged, policy: Policy) -> bool:
    """Whether anything in the turn asks for an answer; a plain thank-you does not."""
    named = [policy.intents[guess.intent] for guess in turn.classification.intents]
    return not named or any(intent.replies for intent in named)


def _overtaken(turn: Judged, world: World) -> Ending | Turn:
    """Why the turn may not send: a person has the conversation, or a newer message came in."""
    head = world.conversations.load(turn.conversation_id)
    if head is not None and head.owner == "person":
        return _talked_over(turn, (), "a person has this conversation")
    if head is not None and head.lease is not None and head.lease.turn_id == turn.id:
        why = "the customer wrote again before anything was sent"
        return _ending("superseded", why, ("NEWER_MESSAGE",), world)
    raise Unavailable("the conversation's lease")


def _talked_over(
    turn: Judged,
    done: Sequence[Receipt],
    words: str = "a person has spoken or taken the ticket",
) -> Turn:
    """Nothing is said: what was done and the draft go into the note for whoever took over."""
    return failed(turn, Objection(code="PERSON_TOOK_OVER", words=words, cure="person"), done)


def _recorded(turn: Judged, policy: Policy, world: World) -> Ending:
    verdict = turn.verdict
    actions = ", ".join(action.name for action in verdict.actions)
    reply = compose_reply(turn, receipts=(), policy=policy)
    return Ending(
        kind="recorded",
        why="shadow mode",
        codes=tuple(dict.fromkeys(objection.code for objection in verdict.objections)),
        at=world.clock(),
        would_have=f"{verdict.decision}{f' with {actions}' if actions else ''}: {reply}",
    )


def _ending(kind: EndingKind, why: str, codes: tuple[str, ...], world: World) -> Ending:
    return Ending(kind=kind, why=why, codes=codes, at=world.clock())
