"""Every helpdesk as the kit of tests needs it: one more helpdesk is one more entry.

A stand is the helpdesk itself, and the hands of those who write in it beside us.
"""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Protocol

from deskhand.adapters.helpdesks.zendesk_account import ZendeskAccount
from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.helpdesks.zendesk_desk import ZendeskDesk
from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.ports import Door, Helpdesk
from tests.builders import NOON, StoppedClock, an_arrival
from tests.helpdesks.zendesk_server import AGENT, TOKEN, ZendeskServer, zendesk_server
from tests.helpdesks.zendesk_state import ADA, BO

NOWHERE = "404404"
SIGNING_SECRET = "dGhlIHNpZ25pbmcgc2VjcmV0"


Webhook = tuple[dict[str, str], bytes]
"""Its headers and its body."""


class Stand(Protocol):
    """One helpdesk under test."""

    @property
    def helpdesk(self) -> Helpdesk:
        """The adapter."""
        ...

    def open(self, text: str) -> str:
        """A customer writes; gives the ticket's id."""
        ...

    def customer_says(self, ticket_id: str, text: str) -> str:
        """The customer writes again; gives the message's id."""
        ...

    def person_says(self, ticket_id: str, text: str) -> None:
        """Somebody at the desk answers."""
        ...

    def person_takes(self, ticket_id: str) -> None:
        """Somebody at the desk takes the ticket."""
        ...


class RemoteStand(Stand, Protocol):
    """One that is reached by HTTP, where more can happen."""

    def before_next_write(self, happens: Callable[[], object]) -> None:
        """Something happens between our read and our write."""
        ...

    def lose_next_answer(self) -> None:
        """The next write is done, but its answer is lost."""
        ...

    def calls_that_wrote(self) -> int:
        """How many calls have written."""
        ...

    @property
    def door(self) -> Door:
        """What reads its webhooks."""
        ...

    @property
    def secret(self) -> str:
        """What it signs them with."""
        ...

    def webhooks(self, ticket_id: str) -> list[Webhook]:
        """What it sends at noon for each message of a ticket, the earliest first."""
        ...


class BuiltInStand:
    """The built-in inbox, in the same process."""

    def __init__(self) -> None:
        self._clock = StoppedClock()
        self._desk = MemoryBuiltInDesk(self._clock)
        self._ids = count(1)

    @property
    def helpdesk(self) -> Helpdesk:
        return self._desk

    def open(self, text: str) -> str:
        ticket_id = str(next(self._ids))
        self._arrives(ticket_id, text)
        return ticket_id

    def customer_says(self, ticket_id: str, text: str) -> str:
        return self._arrives(ticket_id, text)

    def person_says(self, ticket_id: str, text: str) -> None:
        self._clock.pass_by(seconds=1)
        self._desk.person_says(ticket_id, text, by="Bo", at=self._clock())

    def person_takes(self, ticket_id: str) -> None:
        self._desk.assign(ticket_id, "Bo")

    def _arrives(self, ticket_id: str, text: str) -> str:
        self._clock.pass_by(seconds=1)
        message_id = f"m{next(self._ids)}"
        says = {"id": message_id, "said_at": self._clock()}
        self._desk.open_ticket(an_arrival(text, ticket_id=ticket_id, says=says))
        return message_id


class ZendeskStand:
    """Zendesk, over HTTP to a server of our own."""

    def __init__(self, server: ZendeskServer) -> None:
        self.server = server
        self.pauses: list[float] = []
        self.api = a_zendesk_api(server.address, pause=self.pauses.append)
        self._desk = ZendeskDesk(self.api)

    @property
    def helpdesk(self) -> Helpdesk:
        return self._desk

    def open(self, text: str) -> str:
        return str(self.server.state.open(text)["id"])

    def customer_says(self, ticket_id: str, text: str) -> str:
        return str(self.server.state.says(int(ticket_id), text, by=ADA)["id"])

    def person_says(self, ticket_id: str, text: str) -> None:
        self.server.state.says(int(ticket_id), text, by=BO)

    def person_takes(self, ticket_id: str) -> None:
        self.server.state.changes(int(ticket_id), BO, assignee_id=BO)

    def before_next_write(self, happens: Callable[[], object]) -> None:
        self.server.meanwhile.append(happens)

    def lose_next_answer(self) -> None:
        self.server.go_wrong("broken but saved")

    def calls_that_wrote(self) -> int:
        return len(self.server.writes)

    @property
    def door(self) -> Door:
        return ZendeskDoor()

    @property
    def secret(self) -> str:
        return SIGNING_SECRET

    def webhooks(self, ticket_id: str) -> list[Webhook]:
        comments = self.server.state.comments[int(ticket_id)]
        return [a_webhook(ticket_id, one["id"]) for one in comments]


def a_webhook(ticket_id: str, comment_id: int, secret: str = SIGNING_SECRET) -> Webhook:
    """What the trigger of docs/zendesk.md sends for a comment."""
    stamp = NOON.strftime("%Y-%m-%dT%H:%M:%SZ")
    body = json.dumps({"ticket_id": ticket_id, "comment_id": str(comment_id)}).encode()
    signature = base64.b64encode(hmac.digest(secret.encode(), stamp.encode() + body, "sha256"))
    headers = {
        "x-zendesk-webhook-signature": signature.decode(),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }
    return headers, body


def a_zendesk_api(
    address: str,
    *,
    token: str = TOKEN,
    timeout_s: float = 10.0,
    pause: Callable[[float], object] = lambda _: None,
) -> ZendeskApi:
    """Zendesk's interface, which waits without time going by."""
    account = ZendeskAccount(agent=AGENT, api_token=token)

    def paused(seconds: float) -> None:
        pause(seconds)

    return ZendeskApi(address, lambda: account, timeout_s=timeout_s, pause=paused)


@contextmanager
def built_in_stand() -> Iterator[BuiltInStand]:
    """The built-in inbox."""
    yield BuiltInStand()


@contextmanager
def zendesk_stand() -> Iterator[ZendeskStand]:
    """Zendesk."""
    with zendesk_server() as server:
        yield ZendeskStand(server)


REMOTE = {"zendesk": zendesk_stand}
STANDS = {"inbox": built_in_stand} | REMOTE
"""By the names in `wiring.outside.HELPDESKS`."""
