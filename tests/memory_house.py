"""A desk in memory for unit tests: every port's shipped twin, joined as the wiring joins them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.audit import MemoryAudit
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.retrievals import MemoryRetrievals
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.adapters.memory.workflow import MemoryWorkflow
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.policy import Policy
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Ended, Turn
from deskhand.jobs.approval_links import ApprovalLinks
from deskhand.jobs.turns import Turns
from deskhand.stages.recall import recalled
from deskhand.stages.world import World
from deskhand.tools.registry import OURS
from tests.builders import CONVERSATION, TICKET, StoppedClock, a_policy, an_arrival


def an_order_row(order_id: str, cents: int, **bent: Any) -> Mapping[str, Any]:
    line = {"product": "field notebook", "quantity": 1, "unit_price_cents": cents}
    given = {
        "id": order_id,
        "customer": "c1",
        "status": "delivered",
        "placed_days_ago": 9,
        "delivered_days_ago": 5,
        "lines": [line],
        "ship_to_country": "DE",
    }
    return given | bent


SHOP = {
    "currency": "EUR",
    "customers": [{"id": "c1", "name": "Ada", "email": "ada@example.com", "country": "DE"}],
    "orders": [
        an_order_row("1001", 42_00),
        an_order_row("1002", 80_00),
        an_order_row("1005", 25_00, payment="loses_answer"),
        an_order_row("1006", 25_00, payment="times_out"),
        an_order_row("1007", 25_00, payment="declines"),
    ],
}


class Permits:
    """A permission layer that gives the answers it was told, then `now`."""

    def __init__(self, *answers: Permission) -> None:
        self.answers = list(answers)
        self.asked: list[PermissionRequest] = []

    def ask(self, request: PermissionRequest) -> Permission:
        self.asked.append(request)
        return self.answers.pop(0) if self.answers else Permission(answer="now")


@dataclass
class MemoryHouse:
    """All twins of one desk, and the turns and the world that they make."""

    policy: Policy = field(default_factory=a_policy)
    clock: StoppedClock = field(default_factory=StoppedClock)
    permissions: Any = field(default_factory=Permits)

    def __post_init__(self) -> None:
        self.state = MemoryDesk(self.clock)
        self.conversations = MemoryConversations(self.state)
        self.approvals = MemoryApprovals(self.state)
        self.outbox = MemoryOutbox(self.state)
        self.ledger = MemoryLedger()
        self.stops = MemoryStops(self.policy.stops)
        self.codes = MemoryCodes()
        self.audit = MemoryAudit(self.state)
        self.retrievals = MemoryRetrievals(self.state)
        self.workflow = MemoryWorkflow()
        self.desk: Any = MemoryBuiltInDesk(self.clock)
        shop = SampleShop.seed(":memory:", SHOP, clock=self.clock).connectors
        self.connectors = with_tickets(shop, self.desk)

    @property
    def links(self) -> ApprovalLinks:
        return ApprovalLinks(key=lambda: "a key of links", public_url="https://desk.example")

    @property
    def turns(self) -> Turns:
        return Turns(
            conversations=self.conversations,
            approvals=self.approvals,
            outbox=self.outbox,
            stops=self.stops,
            workflow=self.workflow,
            helpdesk=lambda _: self.desk,
            recalled=lambda turn: recalled(turn, ledger=self.ledger, tools=OURS),
            policy=self.policy,
            clock=self.clock,
        )

    @property
    def world(self) -> World:
        return World(
            conversations=self.conversations,
            approvals=self.approvals,
            ledger=self.ledger,
            stops=self.stops,
            codes=self.codes,
            helpdesk=self.desk,
            connectors=self.connectors,
            permissions=self.permissions,
            tools=OURS,
            clock=self.clock,
        )

    def arrives(self, text: str = "Where is my order 1001?", **bent: Any) -> Arrival:
        """A message that is on its ticket and waits for a turn."""
        number = bent.pop("number", "m1")
        arrival = an_arrival(text, says={"id": number, "said_at": self.clock.now}, **bent)
        self.desk.open_ticket(arrival)
        self.conversations.append(arrival)
        return arrival

    def opened(self) -> Turn:
        """The turn of what waits, with its messages claimed."""
        turn = self.conversations.open_turn(CONVERSATION, now=self.clock(), lease_s=900)
        assert turn is not None
        return self.conversations.claim(turn)

    def stored(self, turn: Turn) -> Turn:
        """The turn as stored in place of the opened one, which has the lease."""
        self.arrives(turn.text)
        opened = self.opened()
        fresh = turn.model_copy(update={"id": opened.id, "revision": opened.revision})
        saved = self.conversations.save(fresh, now=self.clock(), lease_s=900)
        assert saved is not None
        return saved


def ended(house: MemoryHouse) -> list[Ended]:
    stored = house.conversations.turns(CONVERSATION)
    return [turn for turn in stored if isinstance(turn, Ended)]


__all__ = ["TICKET", "MemoryHouse", "Permits", "ended"]
