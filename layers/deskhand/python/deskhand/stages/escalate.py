"""Hands a turn to a person with everything found so far; also where every error leads."""

from datetime import datetime

from deskhand.domain.handoff import Handoff
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.policy import Intent, Policy, Trigger
from deskhand.domain.ticket import CloseOut
from deskhand.domain.turn import Classified, Drafted, Ending, Judged, Retrieved, Turn
from deskhand.domain.verdict import Objection, Priority
from deskhand.stages.modes import mode_of
from deskhand.text.packet import handoff_note

SILENT = frozenset({"PERSON_TOOK_OVER", "REPLY_UNKNOWN", "ANSWERED_TOO_OFTEN"})
RANK: tuple[Priority, ...] = ("low", "normal", "high", "urgent")


def escalate(turn: Turn, *, error: str, policy: Policy, now: datetime) -> Ending:
    """The ending with the packet; in shadow it is only recorded that a person would have it."""
    return hand_over(turn, reasons(turn, error), policy=policy, now=now)


def hand_over(turn: Turn, why: tuple[Objection, ...], *, policy: Policy, now: datetime) -> Ending:
    """The ending that gives the turn to a person for these reasons."""
    handoff = packet(turn, why=why, policy=policy)
    codes = tuple(dict.fromkeys(reason.code for reason in why))
    if mode_of(turn, policy) == "shadow":
        return Ending(
            kind="recorded",
            why="shadow mode",
            codes=codes,
            at=now,
            would_have=f"handed over: {handoff.headline}",
            handoff=handoff,
        )
    return Ending(
        kind="handed_over",
        why="; ".join(reason.words for reason in why),
        codes=codes,
        at=now,
        receipts=turn.receipts,
        handoff=handoff,
    )


def handoff_entry(turn: Turn, ending: Ending, policy: Policy) -> OutboxEntry:
    """The note with the packet, and what the customer is told once it is there.

    The customer is told nothing where a person has the ticket already, who speaks for themselves,
    or where this turn's reply was sent, or may have been: they hear of one turn once.
    """
    handoff = ending.handoff
    if handoff is None:
        raise ValueError("only a turn that was handed over has a packet")
    replied = any(receipt.kind == "reply" for receipt in ending.receipts)
    silent = replied or not SILENT.isdisjoint(ending.codes)
    return OutboxEntry(
        id=f"{turn.id}:handoff",
        conversation_id=turn.conversation_id,
        helpdesk=turn.helpdesk,
        ticket_id=turn.ticket_id,
        kind="handoff",
        text=handoff_note(handoff),
        close_out=CloseOut(
            status="open",
            tags=("deskhand", "handed-over", *(code.lower() for code in ending.codes)),
            queue=handoff.queue,
            priority=handoff.priority,
        ),
        tell_customer="" if silent else policy.replies.handed_over,
        due_at=ending.at,
    )


def reasons(turn: Turn, error: str) -> tuple[Objection, ...]:
    """Why a person has to take this, most telling first; never empty."""
    refused = tuple(
        Objection(
            code="REJECTED_BY_PERSON" if decision.state == "rejected" else "APPROVAL_EXPIRED",
            words=decision.reason or f"nobody approved in time: {decision.summary}",
            cure="person",
        )
        for decision in turn.decisions
        if decision.state in {"rejected", "expired"}
    )
    judged = turn.verdict.objections if isinstance(turn, Judged) else turn.lessons
    failed = (_of_error(error),) if error else ()
    found = (*turn.troubles, *refused, *failed, *judged)
    return found or (
        Objection(code="NO_DECISION", words="the turn stopped undecided", cure="person"),
    )


def _of_error(error: str) -> Objection:
    if error == "States.Timeout":
        return Objection(code="TIMED_OUT", words="a step took too long", cure="person")
    if error == "Unavailable":
        return Objection(
            code="TOOL_ERROR", words="a system could not be reached", cure="person", priority="high"
        )
    return Objection(code="STEP_FAILED", words=f"a step failed ({error})", cure="person")


def packet(turn: Turn, *, why: tuple[Objection, ...], policy: Policy) -> Handoff:
    """Everything found so far, in the order in which a person needs it."""
    reading = turn.classification if isinstance(turn, Classified) else None
    evidence = turn.evidence if isinstance(turn, Retrieved) else None
    draft = turn.draft if isinstance(turn, Drafted) else None
    intent = policy.intents.get(reading.intent) if reading else None
    asked = reading.question if reading else turn.text
    return Handoff(
        headline=f"{turn.subject or 'No subject'}: {why[0].words}",
        summary=_summary(turn, asked, why),
        why=why,
        queue=_queue(why, intent, policy),
        priority=_priority(why, intent),
        intent=reading.intent if reading else "unknown",
        sentiment=reading.sentiment if reading else "unknown",
        language=reading.language if reading else "unknown",
        transcript=tuple(sorted((*turn.history, *turn.messages), key=lambda one: one.said_at)),
        checked=(*evidence.queries, *evidence.missing, *evidence.troubles) if evidence else (),
        facts=evidence.facts if evidence else (),
        passages=evidence.passages if evidence else (),
        proposed=draft.actions if draft else (),
        suggested_reply=" ".join(claim.text for claim in draft.claims) if draft else "",
        receipts=turn.receipts,
    )


def _summary(turn: Turn, asked: str, why: tuple[Objection, ...]) -> str:
    who = turn.asker.name or turn.asker.email
    sentences = [f"{who} ({_known(turn)}) writes: {asked.strip()[:300]}"]
    if isinstance(turn, Retrieved):
        found = turn.evidence
        sentences.append(
            f"Found {len(found.facts)} account facts and {len(found.passages)} passages."
        )
    sentences += [f"Already done: {receipt.words}" for receipt in turn.receipts]
    sentences.append(f"Stopped because {why[0].words}.")
    return " ".join(sentences)


def _known(turn: Turn) -> str:
    """How sure it is who writes."""
    if not turn.asker.verified:
        return "not verified"
    said = (*turn.history, *turn.messages)
    by_code = any(one.code and one.code.result == "right" for one in said)
    return "verified by a one-time code" if by_code else "verified by the helpdesk"


def _trigger(code: str, policy: Policy) -> Trigger | None:
    return next((trigger for trigger in policy.triggers.values() if trigger.code == code), None)


def _queue(why: tuple[Objection, ...], intent: Intent | None, policy: Policy) -> str:
    for objection in why:
        trigger = _trigger(objection.code, policy)
        if trigger and trigger.queue:
            return trigger.queue
    return intent.queue if intent else "support"


def _priority(why: tuple[Objection, ...], intent: Intent | None) -> Priority:
    wanted = [objection.priority for objection in why] + ([intent.priority] if intent else [])
    return max(wanted, key=RANK.index)
