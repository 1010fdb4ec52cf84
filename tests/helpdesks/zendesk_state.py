"""A Zendesk of our own: users, groups, tickets, comments and audits, changed as Zendesk does it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.builders import NOON

US, ADA, BO, CY, EVE = 900, 101, 201, 202, 102
GROUPS = {31: "Billing", 32: "Support"}


class RefusedError(Exception):
    """Zendesk does not do it."""

    def __init__(self, status: int, error: str, description: str = "") -> None:
        super().__init__(status, error, description)
        self.status = status
        self.body = {"error": error, "description": description}


def a_user(id_: int, name: str, role: str = "end-user", **bent: Any) -> dict[str, Any]:
    """A user as the interface shows one."""
    email = f"{name.lower()}@example.com"
    given = {"id": id_, "name": name, "email": email, "role": role}
    return given | {"verified": True, "suspended": False} | bent


@dataclass
class ZendeskState:
    """What one account holds; each change takes one second."""

    users: dict[int, dict[str, Any]] = field(
        default_factory=lambda: {
            US: a_user(US, "Deskhand", "agent"),
            ADA: a_user(ADA, "Ada"),
            EVE: a_user(EVE, "Eve"),
            BO: a_user(BO, "Bo", "agent"),
            CY: a_user(CY, "Cy", "admin"),
        }
    )
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    audits: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    now: datetime = NOON
    ids: Any = field(default_factory=lambda: count(1001))

    def open(
        self, text: str, *, by: int = ADA, subject: str = "My order", **comment: Any
    ) -> dict[str, Any]:
        """A new ticket with its first comment."""
        ticket_id = next(self.ids)
        self.tickets[ticket_id] = {
            "id": ticket_id,
            "subject": subject,
            "status": "new",
            "priority": None,
            "tags": [],
            "requester_id": by,
            "submitter_id": by,
            "assignee_id": None,
            "group_id": None,
            "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
            "created_at": _stamp(self.now),
        }
        self.comments[ticket_id], self.audits[ticket_id] = [], []
        self.says(ticket_id, text, by=by, **comment)
        return self.tickets[ticket_id]

    def says(self, ticket_id: int, text: str, *, by: int, **bent: Any) -> dict[str, Any]:
        """A comment of a customer or of somebody at the desk; an answered ticket opens again."""
        ticket = self.tickets[ticket_id]
        comment = self._comment(ticket_id, text, by, **bent)
        if self.users[by]["role"] == "end-user" and ticket["status"] != "new":
            ticket["status"] = "open"
        self._changed(ticket_id, by, comment, {})
        return comment

    def changes(self, ticket_id: int, by: int, **fields: Any) -> None:
        """Somebody changes a ticket without a word."""
        self.tickets[ticket_id].update(fields)
        self._changed(ticket_id, by, None, {})

    def update(self, ticket_id: int, update: dict[str, Any], *, by: int) -> dict[str, Any]:
        """`PUT /api/v2/tickets/{id}`: all of it or nothing."""
        ticket = self.ticket(ticket_id)
        if ticket["status"] == "closed":
            raise RefusedError(422, "RecordInvalid", "Status: closed prevents ticket update")
        given = dict(update)
        stamp, safe = given.pop("updated_stamp", ""), given.pop("safe_update", False)
        if safe and stamp != ticket["updated_at"]:
            raise RefusedError(409, "UpdateConflict", "Safe Update prevented the update")
        self._must_know(given)
        said, metadata = given.pop("comment", None), given.pop("metadata", {})
        if given.get("status") == "solved" and not ticket["assignee_id"]:
            given.setdefault("assignee_id", by)  # Zendesk solves nothing that is nobody's
        ticket.update(given)
        comment = None
        if said:
            comment = self._comment(
                ticket_id, said["body"], by, public=said.get("public", True), channel="api"
            )
            comment["metadata"]["custom"] = metadata
        audit = self._changed(ticket_id, by, comment, metadata)
        return {"ticket": ticket, "audit": audit}

    def ticket(self, ticket_id: int) -> dict[str, Any]:
        """The ticket, or 404."""
        if ticket_id not in self.tickets:
            raise RefusedError(404, "RecordNotFound", "Not found")
        return self.tickets[ticket_id]

    def _comment(
        self,
        ticket_id: int,
        text: str,
        by: int,
        *,
        public: bool = True,
        channel: str = "web",
        flags: tuple[int, ...] = (),
        attachments: tuple[dict[str, Any], ...] = (),
    ) -> dict[str, Any]:
        comment = {
            "id": next(self.ids),
            "type": "Comment",
            "author_id": by,
            "body": text,
            "plain_body": text,
            "public": public,
            "attachments": list(attachments),
            "via": {"channel": channel, "source": {"from": {}, "to": {}, "rel": None}},
            "metadata": {"system": {}, "custom": {}}
            | ({"flags": list(flags), "trusted": False} if flags else {}),
            "created_at": _stamp(self.now + timedelta(seconds=1)),
        }
        self.comments[ticket_id].append(comment)
        return comment

    def _changed(
        self, ticket_id: int, by: int, comment: dict[str, Any] | None, metadata: dict[str, Any]
    ) -> dict[str, Any]:
        self.now += timedelta(seconds=1)
        self.tickets[ticket_id]["updated_at"] = _stamp(self.now)
        events: list[dict[str, Any]] = [{"id": next(self.ids), "type": "Change", "value": None}]
        if comment:
            named = ("id", "type", "author_id", "body", "public")
            events.insert(0, {name: comment[name] for name in named})
        audit = {
            "id": next(self.ids),
            "ticket_id": ticket_id,
            "author_id": by,
            "created_at": _stamp(self.now),
            "metadata": {"system": {}, "custom": metadata},
            "events": events,
        }
        self.audits[ticket_id].append(audit)
        return audit

    def _must_know(self, given: dict[str, Any]) -> None:
        if given.get("group_id") and given["group_id"] not in GROUPS:
            raise RefusedError(422, "RecordInvalid", "Group: is invalid")
        who = self.users.get(given.get("assignee_id") or US)
        if who is None or who["role"] == "end-user":
            raise RefusedError(422, "RecordInvalid", "Assignee: is invalid")


def _stamp(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
