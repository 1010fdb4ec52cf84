"""Takes tickets in: checks who sends, reads what was sent, and queues what a customer says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskhand.domain.ticket import Arrival
from deskhand.domain.web import Answer, Request, refusal
from deskhand.errors import Rejected
from deskhand.jobs.arriving_codes import without_code
from deskhand.jobs.keys import has_key
from deskhand.ports import BuiltInDesk, Clock, Codes, Door, Inbox, Once
from deskhand.text.deliveries import read_delivery
from deskhand.text.quoted import as_read

LARGEST_BODY_BYTES = 900 * 1024
BUILT_IN = "inbox"


@dataclass(frozen=True)
class Intake:
    """What it takes to take tickets in; loads no model and no vector store."""

    doors: Mapping[str, Door]
    webhook_secret: Callable[[str], str]
    """The secret with which the helpdesk of that name signs."""
    api_key: Callable[[], str]
    built_in: BuiltInDesk
    inbox: Inbox
    once: Once
    codes: Codes
    clock: Clock

    def routes(self) -> dict[str, Callable[[Request], Answer]]:
        """What answers which request."""
        return {
            "POST /webhooks/{helpdesk}": self.webhook,
            "POST /v1/tickets": self.ticket,
        }

    def webhook(self, request: Request) -> Answer:
        """Takes one delivery of a helpdesk's webhook; nothing unsigned or unreadable is queued."""
        helpdesk = request.path["helpdesk"]
        door = self.doors.get(helpdesk)
        if door is None:
            known = ", ".join(sorted(self.doors))
            return refusal(404, f"unknown helpdesk {helpdesk!r}; known: {known}")
        if len(request.body) > LARGEST_BODY_BYTES:
            return _too_large(request)
        secret, now = self.webhook_secret(helpdesk), self.clock()
        why_not = door.verify(request.headers, request.body, secret=secret, now=now)
        if why_not:
            return refusal(401, why_not)
        return self._take(lambda: door.read(request.headers, request.body))

    def ticket(self, request: Request) -> Answer:
        """Takes one message by our own API; the key vouches for what it says about the sender."""
        if not has_key(request, self.api_key()):
            return refusal(401, "send the API key as `Authorization: Bearer …`")
        if len(request.body) > LARGEST_BODY_BYTES:
            return _too_large(request)
        now = self.clock()
        return self._take(lambda: read_delivery(request.body, helpdesk=BUILT_IN, now=now))

    def _take(self, read: Callable[[], Arrival]) -> Answer:
        try:
            arrival = read()
        except Rejected as error:
            return refusal(400, str(error))

        def accept() -> None:
            # Before anything keeps the message: a code is in no ticket, queue, trace or log.
            accepted = without_code(arrival, codes=self.codes, clock=self.clock)
            if accepted.helpdesk == BUILT_IN:
                self.built_in.open_ticket(accepted)
            self.inbox.put(as_agent_reads(accepted))

        self.once.do(arrival.delivery_id, accept)
        conversation_id, message_id = arrival.conversation_id, arrival.message.id
        return Answer(
            status=202, body={"conversation_id": conversation_id, "message_id": message_id}
        )


def as_agent_reads(arrival: Arrival) -> Arrival:
    """The arrival with as much of a very long message as the agent reads; its ticket has all."""
    message = arrival.message
    read = message.model_copy(update={"text": as_read(message.text)})
    return arrival.model_copy(update={"message": read})


def _too_large(request: Request) -> Answer:
    size = len(request.body)
    return refusal(413, f"the body has {size} bytes; at most {LARGEST_BODY_BYTES} are taken")
