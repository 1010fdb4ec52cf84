"""The customers of the storm: what they want, in which words, and how they answer us."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from deskhand.domain.approval import Approval
from deskhand.domain.ticket import Message
from scripts.storm.house import API_KEY, House
from scripts.storm.shop import email_of, order_of

UNVERIFIED_SHARE = 0.2
SAYS_YES = 0.75
BURST_SHARE = 0.2
_CODE = re.compile(r"\b\d{6}\b")
CONFIRM, CODE = "shall I go ahead", "code of six digits"
"""What stands in our questions."""
TALK = (
    "How long can I send things back?",
    "Thank you very much!",
    "Any news?",
    "Please forget it.",
    "I want to speak to a human please.",
)
FILLERS = ("It is urgent.", "Hello?", "I wrote to you before.")


@dataclass
class Customer:
    """Somebody with one ticket, and a list of things to say."""

    number: int
    random: Random
    to_say: list[tuple[str, ...]] = field(default_factory=list)
    """What is said next, several messages where it is a burst; the next last."""
    to_send: list[dict[str, Any]] = field(default_factory=list)
    """What was written and has not arrived yet."""
    is_verified: bool = True
    said: int = 0
    answered: set[str] = field(default_factory=set)
    """The messages of ours that were answered, the approvals that were asked after."""

    def __post_init__(self) -> None:
        self.is_verified = self.random.random() >= UNVERIFIED_SHARE
        topics = list(_topics(self.number))
        for _ in range(self.random.randint(1, 4)):
            weights = [
                0.6 if topic in TALK else 1.5 if "cancel" in topic else 1 for topic in topics
            ]
            (topic,) = self.random.choices(topics, weights)
            topics.remove(topic)
            burst = self.random.sample(FILLERS, 2) if self.random.random() < BURST_SHARE else []
            self.to_say.append((topic, *burst))

    @property
    def ticket_id(self) -> str:
        """Each has one ticket."""
        return f"T{self.number}"

    @property
    def conversation_id(self) -> str:
        """The conversation of that ticket."""
        return f"inbox:{self.ticket_id}"

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to say or to send."""
        return not self.to_say and not self.to_send

    def has_words(self, house: House) -> bool:
        """Whether there is something to answer, or to ask for, or to ask after."""
        return bool(self.to_say) or bool(self._asked_for(house)) or bool(self._waits_for(house))

    def speaks(self, house: House, now: Any) -> None:
        """Writes what comes next: an answer to what we asked, else the next wish."""
        for text in self._answer(house) or (self.to_say.pop() if self.to_say else ()):
            self.said += 1
            message = {
                "ticket_id": self.ticket_id,
                "message_id": f"m{self.said}",
                "subject": "My order",
                "text": text,
                "from": {
                    "email": email_of(self.number),
                    "name": "Ada",
                    "verified": self.is_verified,
                },
                "said_at": now.isoformat(),
            }
            self.to_send.append(message)

    def sends(self) -> tuple[int, dict[str, Any]]:
        """One request to intake of what was written, mostly in order, and its place."""
        place = self.random.randrange(len(self.to_send)) if self.random.random() < 0.1 else 0
        event = {
            "routeKey": "POST /v1/tickets",
            "headers": {"authorization": f"Bearer {API_KEY}"},
            "body": json.dumps(self.to_send[place]),
        }
        return place, event

    def _asked_for(self, house: House) -> Message | None:
        """What we asked last, if it was not answered."""
        if self.conversation_id not in house.state.heads:
            return None
        ours = [one for one in house.desk.ticket(self.ticket_id).messages if one.author == "agent"]
        if not ours or ours[-1].id in self.answered:
            return None
        return ours[-1] if any(words in ours[-1].text for words in (CONFIRM, CODE)) else None

    def _answer(self, house: House) -> tuple[str, ...]:
        asked = self._asked_for(house)
        if asked is None:
            return self._asks_after(house)
        self.answered.add(asked.id)
        if CONFIRM in asked.text:
            return ("Yes",) if self.random.random() < SAYS_YES else ("No",)
        letters = house.shop.letters_to(email_of(self.number))
        code = _CODE.search(letters[-1].text) if letters else None
        return (code.group(),) if code else ()

    def _waits_for(self, house: House) -> Approval | None:
        """What a person has not decided yet, and the customer has not asked after."""
        asked = house.approvals.of(self.conversation_id)
        waiting = (one for one in asked if one.state == "open" and one.id not in self.answered)
        return next(waiting, None)

    def _asks_after(self, house: House) -> tuple[str, ...]:
        approval = self._waits_for(house)
        if approval is None:
            return ()
        self.answered.add(approval.id)
        return (self.random.choice(("Any news?", "Please forget it.")),)


def _topics(customer: int) -> Iterator[str]:
    """Everything that somebody may want; each thing is asked for once."""
    for number in (1, 2, 6, 7, 8):
        yield f"I want a refund for order {order_of(customer, number)} please."
    for number in (4, 5, 9):
        yield f"Please cancel order {order_of(customer, number)}."
    yield f"Where is my order {order_of(customer, 3)}?"
    yield from TALK
