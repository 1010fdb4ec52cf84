"""What was decided and done, by whom, why, and on what evidence: one entry for each, never changed.

An entry is kept for as long as the desk's table, longer than the conversation that it tells of. So
it holds no more than it needs: the customer's id, no name and no address of theirs; of what they
wrote the first words, with addresses and long numbers made unreadable; actions by their names, the
hash of their arguments, and the words in which they were proven, refused or asked for.
"""

import re
from typing import Literal, Self

from pydantic import AwareDatetime

from deskhand.domain.approval import Approval
from deskhand.domain.draft import ProposedAction
from deskhand.domain.noun import Noun
from deskhand.domain.receipt import Receipt
from deskhand.domain.stop import Stop
from deskhand.domain.turn import Classified, Drafted, Ended, Judged, Retrieved, Turn
from deskhand.domain.verdict import Objection

CameTo = Literal["done", "tried", "denied", "asked_customer", "held_back", "approved", "rejected"]
"""`tried`: it failed, or nobody knows whether it was done; the words say which."""
AGENT = "the agent"
FIRST_WORDS = 12
PRIVATE = re.compile(r"(?<!\S)[^\s@]*+@\S+|\+?\d(?:[ -]?\d){6,}")
"""Addresses, telephone numbers, numbers of cards and accounts."""
TRIED = frozenset({"TOOL_ERROR", "ACTION_REFUSED"})
"""What goes wrong only once something was begun."""
ASKED_OF_CUSTOMER = frozenset({"verify", "show", "confirm", "ask"})


class AuditedAction(Noun):
    """One action, and what came of it."""

    name: str
    fingerprint: str
    """The hash of its name and arguments."""
    came_to: CameTo
    words: str = ""
    rules: tuple[str, ...] = ()
    """The codes of the rules that spoke against it."""
    reference: str = ""
    """The receipt's: the other system's own id for what was done."""


class AuditEntry(Noun):
    """One thing that was decided or done."""

    id: str
    at: AwareDatetime
    who: str
    """`the agent`, `customer`, `nobody` (a time that ran out), or a person by name."""
    what: str
    """In a sentence."""
    conversation_id: str = ""
    turn_id: str = ""
    customer_id: str = ""
    """Whose account it was, if anybody was verified."""
    intent: str = ""
    question: str = ""
    """The first words of what was asked."""
    actions: tuple[AuditedAction, ...] = ()
    decisions: tuple[str, ...] = ()
    """What people had answered by then, each with their name."""
    evidence: tuple[str, ...] = ()
    """The ids of the account facts that were read and of the passages that were cited."""
    rules: tuple[str, ...] = ()
    """The codes of everything that spoke against the draft."""
    verdict: str = ""
    mode: str = ""
    ending: str = ""

    @classmethod
    def of_turn(cls, ended: Ended) -> Self | None:
        """What a turn came to; None where it neither proposed, asked, did nor refused anything."""
        turn, ending = ended.turn, ended.ending
        actions = tuple(_audited(ended))
        if not (actions or turn.decisions or ending.asks_for or ending.asks_who):
            return None
        verdict = turn.verdict if isinstance(turn, Judged) else None
        proven = [receipt.words for receipt in _receipts(ended)]
        return cls(
            id=f"turn:{turn.id}",
            at=ending.at,
            who=AGENT,
            what=". ".join([ending.kind.replace("_", " "), *(one.rstrip(".") for one in proven)]),
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            customer_id=_customer_id(turn),
            intent=turn.classification.intent if isinstance(turn, Classified) else "",
            question=first_words(turn.text),
            actions=actions,
            decisions=tuple(f"{one.state} by {one.decided_by}" for one in turn.decisions),
            evidence=_evidence(turn),
            rules=tuple(dict.fromkeys((*(one.code for one in _objections(turn)), *ending.codes))),
            verdict=verdict.decision if verdict else "",
            mode=verdict.mode if verdict else "",
            ending=ending.kind,
        )

    @classmethod
    def of_decision(cls, decided: Approval) -> Self:
        """What a person answered, the customer took back, or nobody answered in time."""
        reason = f": {decided.reason}" if decided.reason else ""
        changed = " in other words" if decided.edited_reply else ""
        changed += f" with {decided.changes}" if decided.changes else ""
        yes = decided.state == "approved"
        rules = tuple(dict.fromkeys(objection.code for objection in decided.objections))
        return cls(
            id=f"approval:{decided.id}",
            at=decided.decided_at or decided.asked_at,
            who=decided.decided_by,
            what=f"{decided.state} {decided.summary}{changed}{reason}",
            conversation_id=decided.conversation_id,
            turn_id=decided.turn_id,
            actions=tuple(
                AuditedAction(
                    name=action.name,
                    fingerprint=action.fingerprint,
                    came_to="approved" if yes else "rejected",
                )
                for action in decided.actions
            ),
            rules=rules,
        )

    @classmethod
    def of_release(cls, stop: Stop) -> Self:
        """A person's word that a stopped action may go on."""
        at = stop.released_at or stop.since
        return cls(
            id=f"release:{stop.action}:{at.isoformat()}",
            at=at,
            who=stop.released_by,
            what=f"released {stop.action}, which was stopped: {stop.words}",
        )

    @classmethod
    def of_give_back(
        cls, conversation_id: str, *, episode: int, by: str, at: AwareDatetime
    ) -> Self:
        """A person's word that the agent has the conversation again, from this episode on."""
        return cls(
            id=f"give-back:{conversation_id}:{episode}",
            at=at,
            who=by,
            what="gave the conversation back to the agent",
            conversation_id=conversation_id,
        )


def first_words(text: str) -> str:
    """How a message begins, with what tells who somebody is made unreadable."""
    words = PRIVATE.sub("…", text).split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def _audited(ended: Ended) -> list[AuditedAction]:
    """Everything that was done, and everything else that was proposed, each once."""
    objections = _objections(ended.turn)
    receipts = _receipts(ended)
    found = [
        AuditedAction(
            name=receipt.name,
            fingerprint=fingerprint,
            came_to="done",
            words=receipt.words,
            rules=tuple(
                one.code for one in objections if one.about.startswith(f"action:{receipt.name}:")
            ),
            reference=receipt.reference,
        )
        for receipt, fingerprint in zip(receipts, _fingerprints(ended, receipts), strict=True)
    ]
    done = {action.fingerprint for action in found}
    for proposed in _proposed(ended.turn):
        if proposed.fingerprint not in done:
            found.append(_left(proposed, [one for one in objections if one.about == proposed.id]))
    return found


def _fingerprints(ended: Ended, receipts: list[Receipt]) -> list[str]:
    """Of what was done, as it was proposed: in the order of the plan, so that a person's yes and
    the deed bear the same one; the receipt's own where there is no plan to be seen."""
    turn = ended.turn
    planned = turn.verdict.actions if isinstance(turn, Judged) else ()
    if [one.name for one in planned[: len(receipts)]] == [one.name for one in receipts]:
        return [one.fingerprint for one in planned[: len(receipts)]]
    return [receipt.key.rpartition(":")[2] for receipt in receipts]


def _left(proposed: ProposedAction, against: list[Objection]) -> AuditedAction:
    cures = {objection.cure for objection in against}
    came_to: CameTo = "held_back"
    if any(objection.code in TRIED for objection in against):
        came_to = "tried"
    elif "explain" in cures:
        came_to = "denied"
    elif cures & ASKED_OF_CUSTOMER:
        came_to = "asked_customer"
    return AuditedAction(
        name=proposed.name,
        fingerprint=proposed.fingerprint,
        came_to=came_to,
        words="; ".join(objection.words for objection in against),
        rules=tuple(dict.fromkeys(objection.code for objection in against)),
    )


def _receipts(ended: Ended) -> list[Receipt]:
    """Of actions, each once, whether or not the turn went well afterwards."""
    found = {one.key: one for one in (*ended.turn.receipts, *ended.ending.receipts)}
    return [receipt for receipt in found.values() if receipt.kind == "action"]


def _proposed(turn: Turn) -> list[ProposedAction]:
    drafts = [look.draft for look in turn.looked]
    if isinstance(turn, Drafted):
        drafts.append(turn.draft)
    once = {action.fingerprint: action for draft in drafts for action in draft.actions}
    return list(once.values())


def _objections(turn: Turn) -> list[Objection]:
    looked = [one for look in turn.looked for one in look.verdict.objections]
    judged = turn.verdict.objections if isinstance(turn, Judged) else ()
    return list(dict.fromkeys((*looked, *judged, *turn.troubles)))


def _customer_id(turn: Turn) -> str:
    customer = turn.evidence.customer if isinstance(turn, Retrieved) else None
    return customer.id if customer else ""


def _evidence(turn: Turn) -> tuple[str, ...]:
    if not isinstance(turn, Retrieved):
        return ()
    claims = turn.draft.claims if isinstance(turn, Drafted) else ()
    cited = {support for claim in claims for support in claim.supports}
    facts = [fact.id for fact in turn.evidence.facts]
    return (*facts, *(one.id for one in turn.evidence.passages if one.id in cited))
