"""Sends tickets as their files say, plays the people who decide, and waits for every ending."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

from pydantic import JsonValue

from deskhand.domain.approval import Approval
from scripts.deskhand_cli.api import Decision
from scripts.deskhand_cli.checking import differences
from scripts.deskhand_cli.outcome import Outcome
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.seen import Seen, turn_of
from scripts.sample.ticket_file import PersonDoes, SampleMessage, SampleTicket

PATIENCE_S = 60.0
"""How long a ticket may take between two of its steps before it is given up."""
AT_ONCE = min(8, 2 * (os.cpu_count() or 2))
"""How many customers write at the same time: most of a turn is waiting for its next step."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.15, 0.8

Report = Callable[[SampleTicket, str], None]


class Door(Protocol):
    """What a runner asks of a desk."""

    def deliver(self, delivery: dict[str, JsonValue]) -> str:
        """Sends a message as a helpdesk does."""
        ...

    def post_ticket(self, delivery: dict[str, JsonValue]) -> str:
        """Sends a message by the desk's own API."""
        ...

    def put_file(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        """Leaves a file for the message that will name it."""
        ...

    def conversation(self, conversation_id: str) -> Seen | None:
        """The conversation as it is now."""
        ...

    def decide(self, approval_id: str, decision: Decision) -> dict[str, Any]:
        """A person's decision."""
        ...

    def last_code_to(self, address: str) -> str:
        """The one-time code in the newest letter to an address."""
        ...


@dataclass
class Course:
    """One ticket on its way: what was sent, who still decides, and what went wrong."""

    ticket: SampleTicket
    desk: Door
    ticket_id: str
    report: Report
    patience_s: float = PATIENCE_S
    conversation_id: str = ""
    seen: Seen | None = None
    sent: list[str] = field(default_factory=list)
    people: list[PersonDoes] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def run(self) -> Outcome:
        """From the first message to the last ending."""
        began_s = time.monotonic()
        self.people = list(self.ticket.person)
        try:
            for message in self.ticket.messages:
                self._wait_for_the_moment(message)
                self._send(message)
            if self._rest(people_decide=True).open_approvals:
                self.troubles.append("a person is asked, and the file has nobody left who decides")
        except CommandError as error:
            self.troubles.append(str(error))
        self.report(self.ticket, "ended")
        return Outcome(
            ticket=self.ticket,
            conversation_id=self.conversation_id,
            seen=self.seen,
            elapsed_s=time.monotonic() - began_s,
            differences=(*self.troubles, *differences(self.ticket.expect, self.seen)),
        )

    def _wait_for_the_moment(self, message: SampleMessage) -> None:
        if message.when == "after_ending":
            self._rest(people_decide=True)
        elif message.when == "while_parked" and not self._rest(people_decide=False).open_approvals:
            self.troubles.append("no person was asked while the next message should come")

    def _send(self, message: SampleMessage) -> None:
        message_id = f"m{len(self.sent) + 1}"
        sender = self.ticket.sender
        code = f" {self.desk.last_code_to(sender.email)}" if message.code else ""
        delivery: dict[str, JsonValue] = {
            "ticket_id": self.ticket_id,
            "message_id": message_id,
            "subject": self.ticket.subject,
            "text": f"{message.text}{code}",
            "from": {"email": sender.email, "name": sender.name, "verified": sender.verified},
            "headers": dict(message.headers),
            "attachments": [one.model_dump(exclude={"path"}) for one in message.attachments],
        }
        self.report(self.ticket, f"message {len(self.sent) + 1} of {len(self.ticket.messages)}")
        for one in message.attachments:
            if one.path:
                content = one.path.read_bytes()
                self.desk.put_file(self.ticket_id, message_id, one.name, content)
        by_api = self.ticket.via == "api"
        send = self.desk.post_ticket if by_api else self.desk.deliver
        self.conversation_id = send(delivery)
        self.sent.append(message_id)

    def _rest(self, *, people_decide: bool) -> Seen:
        """Waits until nothing more happens by itself; people decide meanwhile, if they may."""
        deadline_s = time.monotonic() + self.patience_s
        pause_s = FIRST_PAUSE_S
        while True:
            seen = self.seen = self.desk.conversation(self.conversation_id)
            if seen is not None and seen.rests(self.sent):
                if not (people_decide and self.people and seen.open_approvals):
                    return seen
                self._decide(seen.open_approvals[0], self.people.pop(0))
                deadline_s, pause_s = time.monotonic() + self.patience_s, FIRST_PAUSE_S
            elif time.monotonic() > deadline_s:
                raise CommandError(f"no ending within {self.patience_s:.0f} s{_so_far(seen)}")
            time.sleep(pause_s)
            pause_s = min(LONGEST_PAUSE_S, pause_s * 1.3)

    def _decide(self, approval: Approval, person: PersonDoes) -> None:
        self.report(self.ticket, f"{person.by} decides: {person.does}")
        self.desk.decide(
            approval.id,
            Decision(decision=person.does, by=person.by, reason=person.reason, reply=person.reply),
        )


def run_tickets(
    tickets: Sequence[SampleTicket],
    *,
    desk: Door,
    report: Report,
    at_once: int = AT_ONCE,
    patience_s: float = PATIENCE_S,
) -> tuple[Outcome, ...]:
    """All tickets, in the order that they were given; those of one customer one after another.

    Each is sent under an id of its own, so that the same file can be sent again.
    """
    run_id = uuid4().hex[:6]

    def run_all(of_one: Iterable[SampleTicket]) -> list[Outcome]:
        return [
            Course(ticket, desk, f"{ticket.id}.{run_id}", report, patience_s).run()
            for ticket in of_one
        ]

    with ThreadPoolExecutor(max_workers=at_once) as pool:
        try:
            done = [one for some in pool.map(run_all, by_customer(tickets)) for one in some]
        except BaseException:  # also Ctrl-C: nothing more is sent
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    places = {ticket.id: place for place, ticket in enumerate(tickets)}
    return tuple(sorted(done, key=lambda outcome: places[outcome.ticket.id]))


def go_on(ticket: SampleTicket, ticket_id: str, *, desk: Door) -> Outcome:
    """The ticket's messages, sent to a conversation that there is, after those it has."""
    seen = desk.conversation(f"inbox:{ticket_id}")
    if seen is None:
        raise CommandError(f"there is no ticket {ticket_id}; `deskhand tickets` lists them")
    before = {one.id: None for stored in seen.turns for one in turn_of(stored).messages}
    return Course(ticket, desk, ticket_id, lambda *_: None, sent=list(before)).run()


def by_customer(tickets: Iterable[SampleTicket]) -> list[list[SampleTicket]]:
    """The tickets of each customer, the longest way first so that nobody is waited for at last."""
    groups: defaultdict[str, list[SampleTicket]] = defaultdict(list)
    for ticket in tickets:
        groups[ticket.sender.email.casefold()].append(ticket)
    return sorted(groups.values(), key=_steps, reverse=True)


def _steps(tickets: Iterable[SampleTicket]) -> int:
    return sum(len(ticket.messages) + len(ticket.person) for ticket in tickets)


def _so_far(seen: Seen | None) -> str:
    if seen is None:
        return ": nothing was kept of it"
    running = [f"{len(seen.turns)} turns, {len(seen.endings)} of them over"]
    if seen.conversation.waiting:
        running.append(f"{seen.conversation.waiting} messages wait")
    return ": " + ", ".join(running)
