"""Who writes to the built-in inbox in the same moment: nothing is lost, and nothing is twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from deskhand.adapters.tickets_of_customer import TicketsOfCustomer
from deskhand.domain.records import Customer, CustomerScope
from tests.builders import a_customer, an_arrival, an_asker
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race

DUE = date(2026, 12, 1)


class OneCustomer:
    """As much of the customers' system of record as is asked for here."""

    def __init__(self, email: str) -> None:
        self._customer = a_customer(email=email)

    def customer(self, scope: CustomerScope) -> Customer:
        return self._customer


def test_a_follow_up_that_many_open_at_once_is_one_ticket(
    racing_desk: Desk, pool: ThreadPoolExecutor, ticket: str
) -> None:
    email = f"{ticket}@example.com"
    customers = OneCustomer(email)
    tickets = TicketsOfCustomer(racing_desk.built_in, customers, racing_desk.clock)  # type: ignore[arg-type]
    scope = CustomerScope(customer_id="c1")

    def opens() -> str:
        return tickets.open_follow_up(
            scope, subject="Later", text="See.", due=DUE, idempotency_key=ticket
        )

    opened = race(pool, *[opens] * RACERS)

    assert len(set(opened)) == 1
    assert [one.id for one in tickets.past(scope)] == opened[:1]


def test_tickets_that_a_customer_opens_at_once_are_all_theirs(
    racing_desk: Desk, pool: ThreadPoolExecutor, ticket: str
) -> None:
    asker = an_asker(email=f"{ticket}@example.com")
    names = [f"{ticket}-{number}" for number in range(RACERS)]

    def opens(name: str) -> None:
        racing_desk.built_in.open_ticket(an_arrival(ticket_id=name, asker=asker))

    race(pool, *[lambda name=name: opens(name) for name in names])  # type: ignore[misc]

    own = racing_desk.built_in.tickets_of(asker.email)
    assert sorted(one.id for one in own) == names


def test_messages_that_reach_one_ticket_at_once_are_all_on_it(
    racing_desk: Desk, pool: ThreadPoolExecutor, ticket: str
) -> None:
    asker = an_asker(email=f"{ticket}@example.com")

    def says(number: int) -> None:
        arrival = an_arrival(ticket_id=ticket, asker=asker, says={"id": f"m{number}"})
        racing_desk.built_in.open_ticket(arrival)

    race(pool, *[lambda n=number: says(n) for number in range(RACERS)])  # type: ignore[misc]

    (kept,) = racing_desk.built_in.tickets_of(asker.email)
    assert sorted(message.id for message in kept.messages) == [f"m{n}" for n in range(RACERS)]
