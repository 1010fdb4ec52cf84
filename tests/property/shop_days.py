"""Days in a shop: customers ask for refunds, turns run and die, and every cent is watched."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.draft import Claim
from deskhand.domain.evidence import Evidence
from deskhand.domain.growth import grown
from deskhand.domain.ledger import Counters
from deskhand.domain.records import Customer
from deskhand.domain.ticket import Asker
from deskhand.domain.turn import Drafted, Ended, Ending, Judged, Turn, grow
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected, Unavailable
from deskhand.stages.act import act
from deskhand.stages.gate import judge
from deskhand.stages.world import limits_now
from deskhand.tools.facts.order import order_fact
from deskhand.tools.registry import OURS
from tests.builders import ROOT, a_draft, a_passage, a_reading, a_refund, an_approval, an_arrival
from tests.memory_house import MemoryHouse, an_order_row
from tests.property.watching import DAILY_CAP_CENTS, Watch, WatchedBilling, WatchedLedger
from tests.property.weather import DiedError, Weather

CUSTOMERS = ("ada", "ben", "cy")
AMOUNTS = (20_00, 45_00, 60_00)
HABITS = ("", "", "loses_answer", "times_out", "declines")
ORDERS = tuple((who, n, cents) for who in CUSTOMERS for n, cents in enumerate(AMOUNTS))
MOST_STEPS, RETRIES = 60, 4


@cache
def rules() -> CedarPermissions:
    """The shipped rules, but for a daily cap that a few refunds reach."""
    text = (ROOT / "policies" / "actions.cedar").read_text(encoding="utf-8")
    shipped = "context.refunded_today_cents + context.amount_cents > 100000"
    assert text.count(shipped) == 1
    small = text.replace(shipped, shipped.replace("100000", str(DAILY_CAP_CENTS)))
    schema = (ROOT / "policies" / "actions.cedarschema").read_text(encoding="utf-8")
    return CedarPermissions(small, schema)


class ShopDays:
    """A desk over a shop, and turns that ask it for money."""

    def __init__(self, weather: Weather, *, habits: dict[str, str]) -> None:
        self.house = MemoryHouse(permissions=rules())
        self.clock = self.house.clock
        shop = SampleShop.seed(":memory:", _shop(habits), clock=self.clock)
        self.connectors = shop.connectors
        self.watch = Watch(
            WatchedBilling(shop.connectors.billing, self.clock), WatchedLedger(self.house.ledger)
        )
        self.house.connectors = replace(
            shop.connectors,
            billing=weather.around(self.watch.billing, "refund", "made"),
            orders=weather.around(shop.connectors.orders, "order"),
        )
        verbs = ("begin", "record", "reserve", "release", "load", "counters")
        self.house.ledger = weather.around(self.watch.ledger, *verbs)
        self._tickets = 0

    def asks(self, who: str, order_id: str, cents: int, *, approves: bool) -> "Run":
        """A customer's refund request on a ticket of its own, read and drafted."""
        self._tickets += 1
        ticket = f"T{self._tickets}"
        asker = Asker(email=f"{who}@example.com", name=who, verified=True)
        words = f"Please refund my order {order_id}."
        says = {"id": f"m-{ticket}", "said_at": self.clock()}
        arrival = an_arrival(words, ticket_id=ticket, asker=asker, says=says)
        self.house.desk.open_ticket(arrival)
        self.house.conversations.append(arrival)
        conversation = f"inbox:{ticket}"
        opened = self.house.conversations.open_turn(conversation, now=self.clock(), lease_s=900)
        assert opened is not None
        turn = self._drafted(self.house.conversations.claim(opened), order_id, cents)
        self.save(turn)
        if approves:
            self.watch.approved.add(turn.id)
        return Run(self, conversation, turn.id)

    def save(self, turn: Turn) -> None:
        """Stores the turn, or somebody else was quicker."""
        self.house.conversations.save(turn, now=self.clock(), lease_s=900)

    def _drafted(self, turn: Turn, order_id: str, cents: int) -> Drafted:
        scope = self.connectors.identity.scope(turn.asker)
        assert scope is not None
        order = self.connectors.orders.order(scope, order_id)
        assert order is not None
        fact = order_fact(order, self.clock)
        claims = (
            Claim(text=fact.words[0], supports=(fact.id,)),
            Claim(text="Parcels travel two to four days.", supports=("shipping#1",)),
        )
        evidence = Evidence(
            passages=(a_passage(),),
            facts=(fact,),
            customer=self.connectors.customers.customer(scope),
        )
        return grow(
            turn,
            Drafted,
            classification=a_reading("refund_request"),
            evidence=evidence,
            draft=a_draft(claims=claims, actions=(a_refund(cents, order_id),)),
        )


@dataclass(frozen=True)
class Run:
    """One execution of the machine from the gate on; a second one of the same turn is a
    duplicate."""

    days: ShopDays
    conversation_id: str
    turn_id: str

    def __call__(self) -> None:
        """Goes on until the turn has ended, however often it dies on the way. What stays
        unavailable is handed over, as the state machine does it."""
        unavailable = 0
        for _ in range(MOST_STEPS):
            turn = self.days.house.conversations.turn(self.conversation_id, self.turn_id)
            if isinstance(turn, Ended):
                return
            assert turn is not None
            try:
                self._step(turn)
            except DiedError:
                continue
            except Unavailable as error:
                unavailable += 1
                if unavailable > RETRIES:
                    with suppress(DiedError):  # then it is handed over the next time around
                        self.days.house.turns.hand_over(turn, _why(str(error)))
        raise AssertionError(f"the turn never ended: {turn}")

    def until_it_dies(self) -> None:
        """Goes on until the turn has ended or the run dies; nobody takes it up again."""
        with suppress(DiedError):
            for _ in range(MOST_STEPS):
                turn = self.days.house.conversations.turn(self.conversation_id, self.turn_id)
                if not isinstance(turn, Turn):
                    return
                with suppress(Unavailable):
                    self._step(turn)

    def _step(self, turn: Turn) -> None:
        house = self.days.house
        try:
            if isinstance(turn, Judged) and turn.next_step == "send":
                outcome = act(turn, policy=house.policy, world=house.world)
                if isinstance(outcome, Ending):
                    house.turns.end(turn, outcome)
                else:
                    self.days.save(outcome)
            elif isinstance(turn, Judged) and turn.next_step == "await_approval":
                self._answer(turn)
            elif isinstance(turn, Judged):
                house.turns.hand_over(turn, _why(turn.next_step))
            else:
                assert isinstance(turn, Drafted)
                self.days.save(grown(turn, self._judged(turn)))
        except Rejected as refusal:
            house.turns.hand_over(turn, _why(str(refusal)))

    def _judged(self, turn: Drafted) -> Any:
        house = self.days.house
        customer = turn.evidence.customer
        assert isinstance(customer, Customer)
        counters: Counters = limits_now(
            house.ledger,
            house.stops,
            customer_id=customer.id,
            conversation_id=turn.conversation_id,
            now=house.clock(),
        )
        return judge(
            turn,
            policy=house.policy,
            permissions=house.permissions,
            counters=counters,
            tools=OURS,
        )

    def _answer(self, turn: Judged) -> None:
        state = "approved" if turn.id in self.days.watch.approved else "rejected"
        approval = an_approval(
            turn,
            actions=turn.verdict.actions,
            state=state,
            decided_by="Mia",
            decided_at=self.days.clock(),
        )
        decisions = (*turn.decisions, approval)
        if state == "approved":
            self.days.save(grow(turn, Drafted, decisions=decisions, next_step="judge_again"))
        else:
            self.days.save(grow(turn, Judged, decisions=decisions, next_step="escalate"))


def _why(words: str) -> Objection:
    return Objection(code="TEST", words=words, cure="person")


def _shop(habits: dict[str, str]) -> dict[str, Any]:
    people = [
        {"id": who, "name": who.title(), "email": f"{who}@example.com", "country": "DE"}
        for who in CUSTOMERS
    ]
    orders = [
        an_order_row(
            order_of(who, n), cents, customer=who, payment=habits.get(order_of(who, n), "")
        )
        for who, n, cents in ORDERS
    ]
    return {"currency": "EUR", "customers": people, "orders": orders}


def order_of(who: str, number: int) -> str:
    """The id of a customer's order."""
    return f"{1001 + 10 * CUSTOMERS.index(who) + number}"
