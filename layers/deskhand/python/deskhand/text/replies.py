"""Composes the reply to the customer from what was permitted, asked, refused and done."""

from collections.abc import Iterable, Sequence

from deskhand.domain.draft import Claim
from deskhand.domain.policy import Policy
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Judged
from deskhand.domain.verdict import Objection

ASKING = frozenset({"verify", "show", "confirm", "ask"})


def asks_customer(turn: Judged) -> bool:
    """Whether what goes out is a question: the customer has to say something before we go on."""
    return any(objection.cure in ASKING for objection in turn.verdict.objections)


def asks_who(turn: Judged) -> bool:
    """Whether the reply asks the customer to show who they are; a person's own words do not."""
    return not _edited(turn) and any(one.cure == "verify" for one in turn.verdict.objections)


def in_tries(count: int) -> str:
    """How many tries are left, in words."""
    return "1 try" if count == 1 else f"{count} tries"


def compose_reply(
    turn: Judged,
    *,
    receipts: Sequence[Receipt],
    policy: Policy,
    withdrawn: Sequence[str] = (),
    identity: str = "",
) -> str:
    """The whole reply. Speaks of an action only by its receipt; asks only what lifts an objection.

    `identity` is how the customer is asked who they are, where that is not asked in the policy's
    plainest words. A person's edit takes the place of what the agent wrote.
    """
    edited = _edited(turn)
    taken_back = [policy.replies.withdrawn.format(what=what) for what in withdrawn]
    body = _body(turn, receipts, identity, policy)
    middle = [edited] if edited else [*taken_back, *body]
    opening = _opening(turn, policy)
    return "\n\n".join(part for part in [*opening, *middle, policy.replies.signature] if part)


def _edited(turn: Judged) -> str:
    """What a person wrote instead; nothing where an action that they said yes to is held back after
    all, of which their words know nothing."""
    if not turn.decisions:
        return ""
    last = turn.decisions[-1]
    promised = {action.id for action in last.actions}
    held_back = any(objection.about in promised for objection in turn.verdict.objections)
    return "" if held_back else last.edited_reply


def _opening(turn: Judged, policy: Policy) -> Iterable[str]:
    ours = [message.text for message in turn.history if message.author == "agent"]
    if not ours:
        yield policy.replies.introduction
    upset = turn.classification.sentiment in {"angry", "unhappy"}
    if upset and not any(policy.replies.apology in text for text in ours):
        yield policy.replies.apology


def _body(turn: Judged, receipts: Sequence[Receipt], identity: str, policy: Policy) -> list[str]:
    done = " ".join(receipt.words for receipt in receipts)
    claims = [claim.text for claim in turn.draft.claims if _stands(claim, turn, receipts)]
    said = " ".join(text for text in claims if not (asks_who(turn) and _was_said(text, turn)))
    refusals = _refusals(turn.verdict.objections, policy)
    return [done, said, *refusals, *_questions(turn, identity, policy)]


def _stands(claim: Claim, turn: Judged, receipts: Sequence[Receipt]) -> bool:
    """Whether a sentence may be said: an action speaks by its receipt alone, and once something
    was done, what the records said before it is no longer so."""
    if any(support.startswith("action:") for support in claim.supports):
        return False
    records = {fact.id for fact in turn.evidence.facts}
    return not (receipts and records & set(claim.supports))


def _was_said(text: str, turn: Judged) -> bool:
    """Whether one of our replies holds it already: a code that was wrong asks nothing anew."""
    return any(text in message.text for message in turn.history if message.author == "agent")


def _refusals(objections: Iterable[Objection], policy: Policy) -> Iterable[str]:
    words = [objection.words for objection in objections if objection.cure == "explain"]
    if words:
        yield policy.replies.denied.format(why=" ".join(dict.fromkeys(words)))
        yield policy.replies.offer_person


def _questions(turn: Judged, identity: str, policy: Policy) -> Iterable[str]:
    objections = turn.verdict.objections
    cures = {objection.cure for objection in objections}
    if "verify" in cures:
        yield identity or policy.replies.verify
    yield from dict.fromkeys(one.words for one in objections if one.cure == "show")
    if actions := [objection.words for objection in objections if objection.cure == "confirm"]:
        yield policy.replies.confirm.format(action=" and ".join(dict.fromkeys(actions)))
    if "ask" in cures and turn.draft.question:
        yield turn.draft.question
