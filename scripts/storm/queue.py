"""The queue between intake and dispatch: at least once, in order within a conversation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.ticket import Arrival

MOST_RECEIVES = 3
"""As in template.yaml; what failed so often goes to the dead letters."""


@dataclass
class Letter:
    """One message in the queue."""

    number: int
    arrival: Arrival
    received: int = 0

    @property
    def record(self) -> dict[str, Any]:
        """As the function is given it."""
        attributes = {
            "MessageGroupId": self.arrival.conversation_id,
            "SentTimestamp": "1795262400000",
            "ApproximateReceiveCount": str(self.received),
        }
        return {
            "messageId": str(self.number),
            "receiptHandle": f"r{self.number}",
            "body": self.arrival.model_dump_json(),
            "attributes": attributes,
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:messages.fifo",
        }


@dataclass
class Queue:
    """Groups of messages, each in order, and the dead letters."""

    groups: defaultdict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    dead: list[Letter] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)
    """Groups of which a message is being worked on: no other one of theirs is given out."""
    _count: int = 0

    def put(self, arrivals: Iterable[Arrival]) -> None:
        """Takes in what intake has put."""
        for arrival in arrivals:
            self._count += 1
            self.groups[arrival.conversation_id].append(Letter(self._count, arrival))

    @property
    def ready(self) -> list[str]:
        """The groups of which a message can be given out."""
        return [name for name, kept in self.groups.items() if kept and name not in self.busy]

    def failed(self, group: str, letter: Letter) -> None:
        """It stays in its place, or goes to the dead letters when that was once too often."""
        if letter.received >= MOST_RECEIVES and letter in self.groups[group]:
            self.groups[group].remove(letter)
            self.dead.append(letter)

    def done(self, group: str, letter: Letter) -> None:
        """It was taken and leaves the queue."""
        if letter in self.groups[group]:
            self.groups[group].remove(letter)
