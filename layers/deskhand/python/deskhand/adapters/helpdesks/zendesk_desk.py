"""The port `Helpdesk` over Zendesk.

A reply or a note goes out in one update together with status, tags, group and priority. Zendesk
takes one comment an update: the note that goes with a reply is a second one.

* **Nothing is overwritten.** Each of these updates carries `safe_update` and the ticket's
  `updated_at` as we read it (Zendesk keeps whole seconds of it), so tags are never lost and a
  change that comes between is answered with 409, and we read anew.
* **A person is not talked over.** Where somebody else has spoken or taken the ticket since `ticket`
  was last asked for it, a reply is refused.
* **A marker is found again.** It goes along as `metadata` and stands from then on in the
  `metadata.custom` of the ticket's audit; customers never see it. What came of a write that was
  not answered is read there. It is never written a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.helpdesks.zendesk_api import CollisionError, NotThereError, ZendeskApi
from deskhand.adapters.helpdesks.zendesk_reading import as_ticket
from deskhand.adapters.helpdesks.zendesk_shapes import (
    Audit,
    MeAnswer,
    TicketAnswer,
    TicketRow,
    UpdateAnswer,
)
from deskhand.adapters.helpdesks.zendesk_writing import MARKER, comment, shortened, update
from deskhand.domain.ticket import CloseOut, Ticket
from deskhand.errors import DeskhandError, Rejected, Unavailable

TRIES = 3
MOST_SEEN = 200


@dataclass(frozen=True)
class Seen:
    """What a ticket was like when it was last asked for."""

    comments: frozenset[int]
    assignee_id: int


class ZendeskDesk:
    """Tickets in Zendesk, written by one agent of its own."""

    def __init__(self, api: ZendeskApi) -> None:
        self._api = api
        self._us = 0
        self._groups: dict[str, int] = {}
        self._seen: dict[str, Seen] = {}

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. `Rejected`: there is none."""
        answer = self._read(ticket_id)
        pages = self._api.pages(f"{path_of(ticket_id)}/comments", include="users")
        comments = [one for page in pages for one in page.comments]
        users = [one for page in pages for one in page.users]
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[ticket_id] = Seen(
            frozenset(one.id for one in comments), answer.ticket.assignee_id
        )
        return as_ticket(answer, comments, users, us=self._agent())

    def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Says this to the customer, once for each marker; gives the comment's id. `Rejected`:
        somebody was faster."""
        seen = self._seen.pop(ticket_id, None)
        said = self._write(
            ticket_id, text, public=True, marker=marker, close_out=close_out, seen=seen
        )
        if close_out.note:
            self._note_after(ticket_id, close_out.note, marker=f"{marker}:note")
        return said

    def note(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Writes a note for people, once for each marker; gives the comment's id."""
        whole = shortened("\n\n".join(part for part in (text, close_out.note) if part))
        return self._write(ticket_id, whole, public=False, marker=marker, close_out=close_out)

    def find(self, ticket_id: str, marker: str) -> str | None:
        """The id of the comment with that marker, or None when there is certainly none."""
        try:
            return _marked(self._audits(ticket_id), marker)
        except NotThereError:
            return None

    def _write(
        self,
        ticket_id: str,
        text: str,
        *,
        public: bool,
        marker: str,
        close_out: CloseOut,
        seen: Seen | None = None,
    ) -> str:
        group_id, group_missing = self._group(close_out.queue)
        if group_missing and not public:
            text = f"{text}\n\n{group_missing}"
        for _ in range(TRIES):
            # The audits are read after the stamp: whatever is in neither is answered with 409.
            row = self._read(ticket_id).ticket
            audits = self._audits(ticket_id)
            if earlier := _marked(audits, marker):
                return earlier
            if seen is not None:
                self._refuse_if_overtaken(row, audits, seen)
            body = update(
                row, text, public=public, marker=marker, close_out=close_out, group_id=group_id
            )
            try:
                return self._put(ticket_id, body)
            except CollisionError:
                continue
        raise Unavailable(f"the ticket {ticket_id}, which changes all the time,")

    def _note_after(self, ticket_id: str, text: str, *, marker: str) -> None:
        """The note that goes with a reply. The reply is out: whatever becomes of the note, it is
        never said that the reply was refused."""
        try:
            if _marked(self._audits(ticket_id), marker) is None:
                self._put(ticket_id, comment(shortened(text), public=False, marker=marker))
        except DeskhandError as error:
            raise Unavailable(f"the note after the reply in ticket {ticket_id}") from error

    def _put(self, ticket_id: str, ticket: dict[str, Any]) -> str:
        answer = self._api.put(UpdateAnswer, path_of(ticket_id), {"ticket": ticket})
        if answer.audit.comment is None:
            raise Unavailable(f"the comment in ticket {ticket_id}, which Zendesk does not name,")
        return str(answer.audit.comment.id)

    def _refuse_if_overtaken(self, row: TicketRow, audits: list[Audit], seen: Seen) -> None:
        said = [one.comment for one in audits if one.comment and one.comment.public]
        news = [one for one in said if one.id not in seen.comments]
        ours = {self._agent()}
        spoke = any(one.author_id not in ours for one in news)
        taken = row.assignee_id not in (0, seen.assignee_id, *ours)
        if spoke or taken:
            what = "wrote in" if spoke else "took"
            raise Rejected(f"somebody {what} ticket {row.id} before the reply was sent")

    def _read(self, ticket_id: str) -> TicketAnswer:
        try:
            return self._api.get(TicketAnswer, path_of(ticket_id), include="users,groups")
        except NotThereError as error:
            raise NotThereError(f"there is no ticket {ticket_id}") from error

    def _audits(self, ticket_id: str) -> list[Audit]:
        pages = self._api.pages(f"{path_of(ticket_id)}/audits")
        return [one for page in pages for one in page.audits]

    def _agent(self) -> int:
        if not self._us:
            self._us = self._api.get(MeAnswer, "/api/v2/users/me").user.id
        return self._us

    def _group(self, queue: str) -> tuple[int, str]:
        """The group of that name; or no group, and the words that say so. A hand-over is not held
        up for it."""
        if not queue:
            return 0, ""
        if queue.casefold() not in self._groups:
            pages = self._api.pages("/api/v2/groups")
            self._groups = {one.name.casefold(): one.id for page in pages for one in page.groups}
        group_id = self._groups.get(queue.casefold(), 0)
        return group_id, "" if group_id else (
            f"This ticket belongs to the queue {queue!r}, but Zendesk has no group of that name."
        )


def _marked(audits: Sequence[Audit], marker: str) -> str | None:
    for audit in audits:
        if audit.comment is not None and audit.metadata.custom.get(MARKER) == marker:
            return str(audit.comment.id)
    return None


def path_of(ticket_id: str) -> str:
    """Where Zendesk keeps a ticket. `Rejected`: that is the name of none."""
    if not ticket_id.isascii() or not ticket_id.isdigit() or len(ticket_id) > 20:
        raise NotThereError(f"there is no ticket {ticket_id}: Zendesk's have numbers")
    return f"/api/v2/tickets/{ticket_id}"
