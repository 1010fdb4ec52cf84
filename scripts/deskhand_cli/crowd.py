"""A desk for many: a shop with as many customers as are wanted, and messages that are followed."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskhand.domain.turn import Ended, Ending
from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.own_desk import SAMPLE, own_desk
from scripts.deskhand_cli.seen import Seen, turn_of
from scripts.local_stack import LocalStack

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 1.5
OWNED = ("orders", "subscriptions", "devices")
BROKEN = ("STEP_FAILED", "TOOL_ERROR", "EXECUTION_DIED", "POISON_MESSAGE")
"""What a turn that something raised in is handed over with."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Followed:
    """One message that was sent in a conversation of its own, and what became of it."""

    text: str
    conversation_id: str
    sent_at: datetime
    accepted_s: float
    seen: Seen | None = None

    @property
    def ending(self) -> Ending | None:
        """The one ending of its one turn; None where there is none, or more than one."""
        return self.seen.endings[0] if self.seen and len(self.seen.endings) == 1 else None

    @property
    def waits_for_a_person(self) -> bool:
        """Whether its turn has asked a person and waits for the answer."""
        return self.seen is not None and bool(self.seen.open_approvals)

    @property
    def lost(self) -> bool:
        """Whether it has neither one ending nor a person who is asked."""
        return self.ending is None and not self.waits_for_a_person

    @property
    def broken(self) -> tuple[str, ...]:
        """What went wrong on our side."""
        return tuple(code for code in self.ending.codes if code in BROKEN) if self.ending else ()

    @property
    def queued_s(self) -> float:
        """From the moment it was sent until a turn was opened for it."""
        turn = turn_of(self.seen.turns[0]) if self.seen and self.seen.turns else None
        return (turn.started_at - self.sent_at).total_seconds() if turn else 0.0

    @property
    def turn_s(self) -> float:
        """From the start of its turn to its ending."""
        stored = self.seen.turns[0] if self.seen and self.seen.turns else None
        if not isinstance(stored, Ended):
            return 0.0
        return (stored.ending.at - stored.turn.started_at).total_seconds()


@contextmanager
def crowd_desk(*, customers: int, report: Report) -> Iterator[tuple[DeskApi, LocalStack]]:
    """A desk of its own whose shop has so many customers, while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="deskhand-crowd-") as folder:
        sample = Path(folder)
        shop = json.loads((SAMPLE / "shop.json").read_text(encoding="utf-8"))
        (sample / "shop.json").write_text(json.dumps(crowded(shop, customers)), encoding="utf-8")
        (sample / "articles").symlink_to(SAMPLE / "articles")
        with (
            own_desk(report=report, sample=sample) as (session, stack),
            DeskApi(session.address) as api,
        ):
            report("")
            yield api, stack


def crowded(shop: Mapping[str, Any], customers: int) -> dict[str, Any]:
    """The shop with so many customers, each a copy of one of its own under a name of its own."""
    copies: dict[str, list[dict[str, Any]]] = {name: [] for name in ("customers", *OWNED)}
    for number in range(customers):
        own = shop["customers"][number % len(shop["customers"])]
        copies["customers"].append(_renamed(own, number) | {"email": address_of(number)})
        for name in OWNED:
            copies[name] += [
                _renamed(thing, number) | {"customer": _name(own["id"], number)}
                for thing in shop.get(name, ())
                if thing["customer"] == own["id"]
            ]
    return {**shop, **copies}


def address_of(number: int) -> str:
    """Where a customer of the crowd writes from."""
    return f"customer-{number}@example.com"


def _renamed(thing: Mapping[str, Any], number: int) -> dict[str, Any]:
    renamed = {**thing, "id": _name(thing["id"], number)}
    renamed.pop("payment", None)  # some orders of the sample shop show a bank that fails
    if "payment_method" in thing:
        renamed["payment_method"] = _name(thing["payment_method"], number)
    if "payment_methods" in thing:
        renamed["payment_methods"] = [
            {**method, "id": _name(method["id"], number)} for method in thing["payment_methods"]
        ]
    return renamed


def _name(id_: str, number: int) -> str:
    """`HR-4061` of the customer 12 is `HR-4061012`: an order's number still looks like one."""
    return f"{id_}{number:03}"


def send(api: DeskApi, text: str, *, ticket: str, email: str, verified: bool) -> Followed:
    """Sends one message as a helpdesk does."""
    sent_at, began_s = datetime.now(UTC), time.monotonic()
    conversation_id = api.deliver(
        {
            "ticket_id": ticket,
            "message_id": "m1",
            "subject": "",
            "text": text,
            "from": {"email": email, "name": "", "verified": verified},
        }
    )
    return Followed(text, conversation_id, sent_at, time.monotonic() - began_s)


def follow(api: DeskApi, sent: Followed, *, patience_s: float) -> Followed:
    """Waits until nothing more happens with the message by itself, or patience runs out."""
    deadline_s, pause_s = time.monotonic() + patience_s, FIRST_PAUSE_S
    while True:
        seen = api.conversation(sent.conversation_id)
        if (seen is not None and seen.rests(["m1"])) or time.monotonic() > deadline_s:
            return Followed(sent.text, sent.conversation_id, sent.sent_at, sent.accepted_s, seen)
        time.sleep(pause_s)
        pause_s = min(LONGEST_PAUSE_S, pause_s * 1.4)
