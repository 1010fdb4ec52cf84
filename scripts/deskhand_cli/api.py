"""The desk over HTTP: its webhook, its API for tickets, and what people decide."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import httpx
from pydantic import JsonValue

from deskhand.adapters.helpdesks.built_in_door import DELIVERY, SIGNATURE, TIMESTAMP, sign
from scripts.deskhand_cli.letters import last_code_to
from scripts.deskhand_cli.problems import CommandError, words_of
from scripts.deskhand_cli.seen import Seen

TIMEOUT_S = 30.0
ATTEMPTS = 5
PAUSE_S = 0.2


@dataclass(frozen=True)
class Address:
    """Where a desk is and what opens it."""

    api_url: str
    api_key: str
    webhook_secret: str
    shop: str = ""
    """The file of its sample shop, if it has one on this machine."""


@dataclass(frozen=True)
class Decision:
    """What a person answers to an approval."""

    decision: Literal["approve", "reject", "edit"]
    by: str
    reason: str = ""
    reply: str = ""
    actions: list[dict[str, Any]] = field(default_factory=list)
    """All that is asked for, with other arguments; only with `edit`."""


class DeskApi:
    """One desk; open it with `with`. Safe to use from several threads."""

    def __init__(self, address: Address, transport: httpx.BaseTransport | None = None) -> None:
        self._address = address
        self._client = httpx.Client(
            base_url=address.api_url, timeout=TIMEOUT_S, transport=transport, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def deliver(self, delivery: Mapping[str, JsonValue]) -> str:
        """Sends a message as a helpdesk does, signed; gives the conversation's id."""
        body = json.dumps(delivery).encode()
        timestamp = str(int(time.time()))
        headers = {
            "content-type": "application/json",
            TIMESTAMP: timestamp,
            DELIVERY: f"{delivery['ticket_id']}.{delivery['message_id']}",
            SIGNATURE: sign(body, secret=self._address.webhook_secret, timestamp=timestamp),
        }
        return self._taken(self._answer("POST", "/webhooks/inbox", content=body, headers=headers))

    def post_ticket(self, delivery: Mapping[str, JsonValue]) -> str:
        """Sends a message by our own API; gives the conversation's id."""
        return self._taken(self._asked("POST", "/v1/tickets", delivery))

    def conversation(self, conversation_id: str) -> Seen | None:
        """A conversation with its turns and approvals; None before anything was kept of it."""
        answer = self._with_key("GET", f"/v1/conversations/{quote(conversation_id, safe='')}")
        return None if answer.status_code == 404 else Seen.read(self._body(answer))

    def put_file(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        """Leaves a file for the message that will name it."""
        place = "/".join(quote(part, safe="") for part in (message_id, "files", name))
        path = f"/v1/tickets/{quote(ticket_id, safe='')}/messages/{place}"
        headers = {"authorization": f"Bearer {self._address.api_key}"}
        self._answer("PUT", path, content=content, headers=headers)

    def tickets(self) -> list[dict[str, Any]]:
        """The built-in inbox's tickets, newest first."""
        listed: list[dict[str, Any]] = self._asked("GET", "/v1/tickets")
        return listed

    def approvals(self) -> list[dict[str, Any]]:
        """What waits for a person, oldest first."""
        listed: list[dict[str, Any]] = self._asked("GET", "/v1/approvals")
        return listed

    def decide(self, approval_id: str, decision: Decision) -> dict[str, Any]:
        """The approval after a person's decision; where it changed nothing, what stands is told
        as an error."""
        path = f"/v1/approvals/{quote(approval_id, safe='')}"
        answer = self._with_key("POST", path, vars(decision))
        if answer.status_code == 409:
            raise CommandError(f"{approval_id}: {answer.json()['words']}")
        decided: dict[str, Any] = self._body(answer)
        return decided

    def last_code_to(self, address: str) -> str:
        """The one-time code that the sample shop last posted to an address."""
        return last_code_to(address, shop=self._address.shop)

    def audit(
        self,
        *,
        conversation: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The audit of a conversation, or from one time on and before another, oldest first."""
        asked = {"from": since, "to": until}
        query = {name: at.isoformat() for name, at in asked.items() if at}
        query |= {"conversation": conversation} if conversation else {}
        seen: set[str] = set()
        while True:
            page = self._body(self._with_key("GET", "/v1/audit", params=query))
            fresh = [entry for entry in page["entries"] if entry["id"] not in seen]
            yield from fresh
            seen = {entry["id"] for entry in page["entries"]}
            if page["next"] is None or not fresh:
                return
            query["from"] = page["next"]

    def stops(self) -> list[dict[str, Any]]:
        """What an anomaly has stopped."""
        listed: list[dict[str, Any]] = self._asked("GET", "/v1/stops")
        return listed

    def release(self, action: str, *, by: str) -> dict[str, Any]:
        """The stop that a person has let go."""
        path = f"/v1/stops/{quote(action, safe='')}/release"
        released: dict[str, Any] = self._asked("POST", path, {"by": by})
        return released

    def dead_letters(self) -> list[dict[str, Any]]:
        """What the queue gave up, oldest first."""
        listed: list[dict[str, Any]] = self._asked("GET", "/v1/dead-letters")
        return listed

    def dead_letter(self, letter_id: str) -> dict[str, Any]:
        """One dead letter, whole."""
        found: dict[str, Any] = self._asked("GET", f"/v1/dead-letters/{quote(letter_id, safe='')}")
        return found

    def redrive(self, letter_id: str, *, by: str) -> list[dict[str, Any]]:
        """The letters that went into the queue again: older ones of its conversation, then it."""
        path = f"/v1/dead-letters/{quote(letter_id, safe='')}/redrive"
        redriven: list[dict[str, Any]] = self._asked("POST", path, {"by": by})
        return redriven

    def search(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """What the agent finds in the articles for some words, or has found in a past turn."""
        found: dict[str, Any] = self._body(self._with_key("GET", "/v1/kb/search", params=wanted))
        return found

    def gaps(self, *, days: int) -> dict[str, Any]:
        """What customers asked in the last days and no article answers."""
        params = {"days": str(days)}
        report: dict[str, Any] = self._body(self._with_key("GET", "/v1/kb/gaps", params=params))
        return report

    def reply(self, ticket_id: str, said: Mapping[str, JsonValue]) -> None:
        """Keeps what a person answers in the built-in inbox."""
        self._asked("POST", f"/v1/tickets/{quote(ticket_id, safe='')}/replies", said)

    def proposals(self) -> list[dict[str, Any]]:
        """The articles that wait for a person's yes."""
        listed: list[dict[str, Any]] = self._asked("GET", "/v1/kb/proposals")
        return listed

    def propose(self, conversation_id: str) -> dict[str, Any]:
        """The article that was made of a person's answers."""
        asked = {"conversation_id": conversation_id}
        proposed: dict[str, Any] = self._asked("POST", "/v1/kb/proposals", asked)
        return proposed

    def proposal(self, proposal_id: str) -> str:
        """The text of a proposed article."""
        return str(self._asked("GET", f"/v1/kb/proposals/{quote(proposal_id, safe='')}")["text"])

    def settle_proposal(self, path: str, word: Mapping[str, JsonValue]) -> None:
        """A person's word to a proposed article, `<id>/approve` or `<id>/reject`."""
        self._asked("POST", f"/v1/kb/proposals/{quote(path)}", word)

    def _taken(self, body: Mapping[str, Any]) -> str:
        return str(body["conversation_id"])

    def _asked(self, method: str, path: str, body: Mapping[str, JsonValue] | None = None) -> Any:
        return self._body(self._with_key(method, path, body))

    def _with_key(
        self,
        method: str,
        path: str,
        body: Mapping[str, JsonValue] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._address.api_key}"}
        return self._send(method, path, json=body, params=params, headers=headers)

    def _answer(self, method: str, path: str, **request: Any) -> Any:
        return self._body(self._send(method, path, **request))

    def _send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A busy desk is asked again: every request of ours may be sent twice."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._client.request(method, path, **request)
            except httpx.TransportError as error:
                raise CommandError(
                    f"the desk at {self._address.api_url} does not answer ({error}); "
                    "is `deskhand serve` still running?"
                ) from error
            if answer.status_code not in (429, 502, 503) or attempt == ATTEMPTS:
                break
            time.sleep(PAUSE_S * attempt)
        return answer

    def _body(self, answer: httpx.Response) -> Any:
        if answer.is_success:
            return answer.json()
        path = answer.request.url.path.rpartition("/$default")[2]
        asked, status = f"{answer.request.method} {path}", answer.status_code
        raise CommandError(f"{asked} was refused with {status}: {words_of(answer)}")
