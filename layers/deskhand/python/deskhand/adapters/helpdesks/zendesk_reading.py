"""Puts what Zendesk has into our nouns.

Zendesk's `verified` says that a user has once shown that an address is theirs, not that they wrote
this. So a customer counts as verified only where Zendesk also had them signed in as they wrote:
`verified`, not suspended, by the help centre's form or by messaging, and without a flag on the
comment (it flags who was not signed in, who is not part of the conversation, and who writes on
behalf of somebody). A mail's sender is a claim, whatever the user's record says.
"""

from collections.abc import Iterable, Mapping, Sequence

from deskhand.adapters.helpdesks.zendesk_shapes import Comment, TicketAnswer, User
from deskhand.domain.ticket import Asker, Attachment, Author, Message, Note, Ticket, TicketStatus
from deskhand.text.quoted import new_text

STATUS: Mapping[str, TicketStatus] = {
    "new": "open",
    "open": "open",
    "pending": "pending",
    "hold": "pending",
    "solved": "solved",
    "closed": "solved",
}
SIGNED_IN = {"web", "native_messaging"}
WRITTEN_BY_A_MACHINE = 4
"""The flag of a comment that was generated automatically."""


def as_ticket(
    answer: TicketAnswer, comments: Iterable[Comment], users: Iterable[User], *, us: int
) -> Ticket:
    """The ticket; `us` is the user that we are to Zendesk."""
    row = answer.ticket
    known = {user.id: user for user in (*answer.users, *users)}
    groups = {group.id: group.name for group in answer.groups}
    messages: list[Message] = []
    notes: list[Note] = []
    in_order = sorted(comments, key=lambda one: (one.created_at, one.id))
    for comment in in_order:
        if comment.public:
            messages.append(_message(comment, known.get(comment.author_id), us=us))
        else:
            notes.append(Note(id=str(comment.id), text=comment.body, written_at=comment.created_at))
    return Ticket(
        helpdesk="zendesk",
        id=str(row.id),
        subject=row.subject,
        asker=_asker(known.get(row.requester_id), in_order),
        status=STATUS.get(row.status, "open"),
        assignee=_name(known, row.assignee_id, us=us),
        queue=groups.get(row.group_id, ""),
        priority=row.priority,
        tags=row.tags,
        messages=tuple(messages),
        notes=tuple(notes),
    )


def _message(comment: Comment, user: User | None, *, us: int) -> Message:
    author = _author(comment, user, us=us)
    return Message(
        id=str(comment.id),
        author=author,
        text=new_text(comment.body) if author == "customer" else comment.body,
        said_at=comment.created_at,
        attachments=tuple(
            Attachment(name=file.file_name, media_type=file.content_type, size_bytes=file.size)
            for file in comment.attachments
        ),
        by=_by(comment, user) if author == "customer" else None,
        noise=_noise(comment),
        channel=comment.via.channel if isinstance(comment.via.channel, str) else "",
    )


def _author(comment: Comment, user: User | None, *, us: int) -> Author:
    if comment.author_id == us:
        return "agent"
    # Who is not known to be a customer is a person: then nobody is talked over.
    return "customer" if user is not None and user.role == "end-user" else "person"


def _by(comment: Comment, user: User | None) -> Asker:
    if user is None:
        return Asker(email="")
    signed_in = comment.via.channel in SIGNED_IN
    flagged = bool(comment.metadata.flags) or not comment.metadata.trusted
    verified = user.verified and not user.suspended and signed_in and not flagged
    return Asker(email=user.email, name=user.name, verified=verified)


def _noise(comment: Comment) -> str:
    if WRITTEN_BY_A_MACHINE in comment.metadata.flags:
        return "an automatic message, says Zendesk"
    return ""


def _asker(requester: User | None, in_order: Sequence[Comment]) -> Asker:
    """The requester, as sure as of what they said last."""
    if requester is None:
        return Asker(email="")
    said = [one for one in in_order if one.public and one.author_id == requester.id]
    return _by(said[-1], requester) if said else Asker(email=requester.email, name=requester.name)


def _name(known: Mapping[int, User], user_id: int, *, us: int) -> str:
    """Who has the ticket; nobody, when it is ours."""
    if user_id in (0, us):
        return ""
    return known[user_id].name if user_id in known else f"agent {user_id}"
