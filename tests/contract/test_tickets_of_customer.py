"""What the port `Tickets` promises where the helpdesk is the built-in one."""

from datetime import date, timedelta

import pytest

from deskhand.adapters.tickets_of_customer import TicketsOfCustomer
from deskhand.domain.records import Customer, CustomerScope
from deskhand.domain.ticket import CloseOut
from deskhand.errors import Rejected
from tests.builders import NOON, a_customer, an_arrival, an_asker
from tests.contract.conftest import Desk

ADA, BEN = CustomerScope(customer_id="ada"), CustomerScope(customer_id="ben")
DUE = date(2026, 12, 1)
ASKED = {"subject": "The late parcel", "text": "See whether it has come.", "due": DUE}


class TwoCustomers:
    """As much of the customers' system of record as is asked for here."""

    def customer(self, scope: CustomerScope) -> Customer:
        email = f"{scope.customer_id}@example.com"
        return a_customer(id=scope.customer_id, email=email, name=scope.customer_id.title())


@pytest.fixture
def tickets(desk: Desk) -> TicketsOfCustomer:
    return TicketsOfCustomer(desk.built_in, TwoCustomers(), desk.clock)  # type: ignore[arg-type]


def test_a_customer_has_their_own_tickets_and_nobody_elses(
    desk: Desk, tickets: TicketsOfCustomer
) -> None:
    for number in range(1, 8):
        says = {"said_at": NOON + timedelta(hours=number)}
        desk.built_in.open_ticket(an_arrival("Hi", ticket_id=f"T{number}", says=says))
    asker = an_asker(email="ben@example.com")
    desk.built_in.open_ticket(an_arrival("Mine", ticket_id="B1", asker=asker))

    assert [one.id for one in tickets.past(ADA)] == ["T7", "T6", "T5", "T4", "T3"]
    assert [one.id for one in tickets.past(ADA, limit=1)] == ["T7"]
    assert [one.id for one in tickets.past(BEN)] == ["B1"]


def test_a_past_ticket_tells_how_it_stands_and_how_it_ended(
    desk: Desk, tickets: TicketsOfCustomer
) -> None:
    desk.built_in.open_ticket(an_arrival("Where is it?"))
    desk.built_in.reply("T1", "Here. " * 99, marker="k", close_out=CloseOut(status="solved"))

    (past,) = tickets.past(ADA)
    assert (past.subject, past.status, past.opened_at) == ("My order", "solved", NOON)
    assert past.last_words.startswith("Here. Here.")
    assert len(past.last_words) == 200
    assert past.due is None


def test_a_follow_up_waits_on_the_desk_for_its_day(desk: Desk, tickets: TicketsOfCustomer) -> None:
    ticket_id = tickets.open_follow_up(ADA, **ASKED, idempotency_key="k")

    ticket = desk.built_in.ticket(ticket_id)
    assert (ticket.subject, ticket.status) == ("The late parcel", "pending")
    assert ticket.tags == ("follow-up", "due-2026-12-01")
    assert ticket.messages[0].text == "See whether it has come."
    assert not ticket.asker.verified
    (past,) = tickets.past(ADA)
    assert (past.id, past.due) == (ticket_id, DUE)


def test_a_follow_up_is_read_back_as_it_was_asked_for(tickets: TicketsOfCustomer) -> None:
    assert tickets.made(ADA, "k") is None

    ticket_id = tickets.open_follow_up(ADA, **ASKED, idempotency_key="k")

    made = tickets.made(ADA, "k")
    assert made is not None
    assert (made.id, made.kind, made.subject) == (ticket_id, "follow-up", "ada")
    assert (made.idempotency_key, made.made_at) == ("k", NOON)
    assert made.details == ASKED | {"due": "2026-12-01"}


def test_the_same_follow_up_twice_is_one_ticket(desk: Desk, tickets: TicketsOfCustomer) -> None:
    first = tickets.open_follow_up(ADA, **ASKED, idempotency_key="k")

    assert tickets.open_follow_up(ADA, **ASKED, idempotency_key="k") == first
    assert tickets.open_follow_up(ADA, **ASKED, idempotency_key="k2") != first
    assert len(desk.built_in.tickets()) == 2


@pytest.mark.parametrize(
    "other", [{"subject": "Else"}, {"text": "Something else."}, {"due": date(2026, 12, 2)}]
)
def test_a_key_stands_for_one_follow_up_only(tickets: TicketsOfCustomer, other: dict) -> None:
    tickets.open_follow_up(ADA, **ASKED, idempotency_key="k")

    with pytest.raises(Rejected, match="used for another follow-up"):
        tickets.open_follow_up(ADA, **ASKED | other, idempotency_key="k")


def test_nobody_reads_back_the_follow_up_of_somebody_else(tickets: TicketsOfCustomer) -> None:
    tickets.open_follow_up(ADA, **ASKED, idempotency_key="k")

    assert tickets.made(BEN, "k") is None
    with pytest.raises(Rejected, match="used for another follow-up"):
        tickets.open_follow_up(BEN, **ASKED, idempotency_key="k")


def test_what_people_tag_a_ticket_with_is_no_follow_up(
    desk: Desk, tickets: TicketsOfCustomer
) -> None:
    desk.built_in.open_ticket(an_arrival())
    desk.built_in.note(
        "T1", "a", marker="k", close_out=CloseOut(tags=("due-soon", "due-2026-12-01"))
    )
    assert tickets.past(ADA)[0].due is None

    desk.built_in.note("T1", "b", marker="k2", close_out=CloseOut(tags=("follow-up",)))
    assert tickets.past(ADA)[0].due == DUE
