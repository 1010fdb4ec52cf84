"""What Zendesk takes: every request of ours is held against this, by a server of our own.

The paths and types are those of Zendesk's specification; `test_zendesk_rules` holds these rules
against that very file where it lies beside the project. What the file leaves out is named below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jsonschema

NUMBER_OR_NULL = {"type": ["integer", "null"]}
TICKET_UPDATE: dict[str, Any] = {
    "type": "object",
    "required": ["ticket"],
    "additionalProperties": False,
    "properties": {
        "ticket": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "comment": {
                    "type": "object",
                    "required": ["body"],
                    "additionalProperties": False,
                    "properties": {
                        "body": {"type": "string", "minLength": 1, "maxLength": 65_535},
                        "public": {"type": "boolean"},
                    },
                },
                "status": {"enum": ["open", "pending", "hold", "solved", "closed"]},
                "priority": {"enum": ["urgent", "high", "normal", "low"]},
                "tags": {"type": "array", "items": {"type": "string", "pattern": r"^\S+$"}},
                "group_id": NUMBER_OR_NULL,
                "assignee_id": NUMBER_OR_NULL,
                "metadata": {"type": "object"},
                "safe_update": {"type": "boolean"},
                "updated_stamp": {"type": "string", "pattern": r"^[\d-]{10}T[\d:]{8}Z$"},
            },
        }
    },
}
BESIDE_THE_FILE = {
    # https://developer.zendesk.com/api-reference/ticketing/tickets/tickets: "Setting metadata",
    # "Protecting against ticket update collisions"
    "metadata",
    "safe_update",
    "updated_stamp",
}
"""Properties of an update that the file does not list under the ticket."""

PAGED = {"page[size]", "page[after]"}


@dataclass(frozen=True)
class Operation:
    """Something that can be asked of Zendesk."""

    method: str
    path: str
    query: frozenset[str] = frozenset()
    body: Mapping[str, Any] | None = None
    in_the_file: bool = True

    def matches(self, method: str, path: str) -> re.Match[str] | None:
        """The numbers in the path, where this is what is asked."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[0-9]+)", self.path)
        return re.fullmatch(pattern, path) if method == self.method else None


def _get(path: str, *query: str, in_the_file: bool = True) -> Operation:
    return Operation("GET", path, frozenset(query), in_the_file=in_the_file)


TICKET = "/api/v2/tickets/{ticket_id}"
OPERATIONS = (
    _get(TICKET, "include"),
    Operation("PUT", TICKET, body=TICKET_UPDATE),
    _get(f"{TICKET}/comments", "include", *PAGED),
    _get("/api/v2/users/me"),
    # https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits and groups/groups
    _get(f"{TICKET}/audits", *PAGED, in_the_file=False),
    _get("/api/v2/groups", *PAGED, in_the_file=False),
)


def operation(method: str, path: str) -> tuple[Operation, dict[str, int]] | None:
    """What is asked, and the numbers in the path; nothing for what Zendesk does not know."""
    for one in OPERATIONS:
        if match := one.matches(method, path):
            return one, {name: int(number) for name, number in match.groupdict().items()}
    return None


def wrong_with(one: Operation, query: Sequence[str], body: Any) -> str:
    """Why Zendesk would not take this request; empty when it would."""
    if strange := set(query) - one.query:
        return f"{one.path} knows no {', '.join(sorted(strange))}"
    if one.body is None:
        return "" if body is None else f"{one.method} {one.path} takes no body"
    errors = jsonschema.Draft202012Validator(one.body).iter_errors(body)
    return "; ".join(f"{error.json_path}: {error.message}" for error in errors)
