"""Writes the handoff packet and the request for an approval as notes that a person reads."""

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.draft import ProposedAction
from deskhand.domain.handoff import Handoff


def handoff_note(handoff: Handoff) -> str:
    """The packet in the order in which a person asks: what, why, what is known, what to send."""
    parts = [
        f"**{handoff.headline}**",
        handoff.summary,
        _listed("Why the agent stopped", [f"{why.words} ({why.code})" for why in handoff.why]),
        _listed("Already done", [receipt.words for receipt in handoff.receipts]),
        _listed("Checked", handoff.checked),
        _listed("Account facts", [" ".join(fact.words) for fact in handoff.facts]),
        _listed(
            "Articles",
            [f"{passage.title} > {passage.heading} [{passage.id}]" for passage in handoff.passages],
        ),
        _listed("Proposed", [_in_short(action) for action in handoff.proposed]),
        f"Draft to edit:\n\n{handoff.suggested_reply}" if handoff.suggested_reply else "",
        _listed("Conversation", [f"{said.author}: {said.text}" for said in handoff.transcript]),
        f"Intent {handoff.intent} · {handoff.sentiment} · {handoff.language} · "
        f"queue {handoff.queue} · priority {handoff.priority}",
    ]
    return "\n\n".join(part for part in parts if part)


def approval_note(approval: Approval, *, link: str = "") -> str:
    """What a person is asked to decide, and how to answer: by the link where there is one."""
    parts = [
        f"**May I? {approval.summary}**",
        _listed("Why I ask", [f"{why.words} ({why.code})" for why in approval.objections]),
        f"{_draft_of(approval)}\n\n{approval.reply}",
        f"Approve, change or reject it here: {link}" if link else "",
        f"`deskhand approve {approval.id}` or `deskhand reject {approval.id} --reason …`, "
        f"until {approval.expires_at:%Y-%m-%d %H:%M %Z}.",
    ]
    return "\n\n".join(part for part in parts if part)


def link_note(twin: Conversation) -> str:
    """What whoever looks at a linked ticket is told."""
    return (
        f"**The same as ticket {twin.ticket_id}**\n\n"
        f"The same customer has asked the same in ticket {twin.ticket_id} ({twin.helpdesk}: "
        f"{twin.subject or 'no subject'}), where it is answered. Nothing was said here. "
        "Whatever they write here next is answered here."
    )


def _draft_of(approval: Approval) -> str:
    """What a reply is called that is written before anything is done."""
    if approval.actions:
        return "My draft so far; what was done is said in it once it is done:"
    return "I would then write:"


def _in_short(action: ProposedAction) -> str:
    arguments = ", ".join(f"{name} {value}" for name, value in action.arguments.items())
    return f"{action.name}: {arguments}"


def _listed(title: str, lines: list[str] | tuple[str, ...]) -> str:
    return f"{title}:\n" + "\n".join(f"- {line}" for line in lines) if lines else ""
