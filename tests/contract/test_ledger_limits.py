"""What `Ledger` promises about the limits: places that are reserved before anything is done."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from deskhand.domain.ledger import Counters, Reservation
from deskhand.domain.money import Money
from deskhand.errors import Rejected
from tests.builders import CONVERSATION, NOON, some_money
from tests.contract.conftest import Desk

DAY = timedelta(days=1)


def a_reservation(key: str = "k1", amount_cents: int = 42_00, **bent: Any) -> Reservation:
    given = {
        "key": key,
        "customer_id": "c1",
        "action": "refund_order",
        "money": some_money(amount_cents),
        "made_at": NOON,
    }
    return Reservation.model_validate(given | bent)


def counters(
    desk: Desk, customer: str = "c1", *, now: datetime = NOON, ticket: str = CONVERSATION
) -> Counters:
    return desk.ledger.counters(customer, conversation_id=ticket, now=now)


def reserve(desk: Desk, reservation: Reservation) -> None:
    seen = counters(desk, reservation.customer_id, now=reservation.made_at)
    assert desk.ledger.reserve(reservation, seen=seen)


def counted(desk: Desk, *, now: datetime = NOON) -> tuple[int, int, int]:
    found = counters(desk, now=now)
    return found.refunds_in_7_days, found.attempts_in_1_hour, found.refunded_today_cents


def test_nothing_is_counted_at_first(desk: Desk) -> None:
    assert counters(desk) == Counters()


def test_a_place_is_counted_for_the_customer_and_the_day(desk: Desk) -> None:
    reserve(desk, a_reservation())

    assert counted(desk) == (1, 1, 42_00)


def test_the_days_total_is_everybodys(desk: Desk) -> None:
    reserve(desk, a_reservation())
    reserve(desk, a_reservation("k2", 8_00, customer_id="c2"))

    assert counted(desk) == (1, 1, 50_00)
    assert counters(desk, "c3") == Counters(refunded_today_cents=50_00)


def test_a_key_that_has_its_place_has_it_still(desk: Desk) -> None:
    seen = counters(desk)
    assert desk.ledger.reserve(a_reservation(), seen=seen)

    assert desk.ledger.reserve(a_reservation(), seen=seen)
    assert counted(desk) == (1, 1, 42_00)


def test_counters_that_changed_since_they_were_seen_give_no_place(desk: Desk) -> None:
    seen = counters(desk)
    reserve(desk, a_reservation())

    assert not desk.ledger.reserve(a_reservation("k2"), seen=seen)
    assert counted(desk) == (1, 1, 42_00)


def test_a_days_total_that_changed_gives_no_place_either(desk: Desk) -> None:
    seen = counters(desk)
    reserve(desk, a_reservation(customer_id="c2"))

    assert not desk.ledger.reserve(a_reservation("k2"), seen=seen)


def test_another_customers_attempt_that_cost_nothing_takes_no_place_from_us(desk: Desk) -> None:
    seen = counters(desk)
    reserve(desk, a_reservation(amount_cents=0, customer_id="c2"))

    assert desk.ledger.reserve(a_reservation("k2"), seen=seen)


def test_what_was_seen_yesterday_gives_no_place_today(desk: Desk) -> None:
    reserve(desk, a_reservation(customer_id="c2"))
    seen = counters(desk)

    assert not desk.ledger.reserve(a_reservation(made_at=NOON + DAY), seen=seen)


def test_a_place_given_back_is_free_but_stays_an_attempt(desk: Desk) -> None:
    reserve(desk, a_reservation())

    desk.ledger.release(a_reservation())

    assert counted(desk) == (0, 1, 0)
    assert counters(desk).customer_version > 1


def test_giving_back_what_is_not_there_is_fine(desk: Desk) -> None:
    desk.ledger.release(a_reservation())
    reserve(desk, a_reservation())
    desk.ledger.release(a_reservation())
    desk.ledger.release(a_reservation())

    assert counted(desk) == (0, 1, 0)


def test_a_place_is_given_back_to_the_day_it_was_taken_on(desk: Desk) -> None:
    reserve(desk, a_reservation())
    tomorrow = NOON + DAY
    reserve(desk, a_reservation("k2", 5_00, made_at=tomorrow))

    desk.ledger.release(a_reservation(made_at=tomorrow))

    assert counters(desk).refunded_today_cents == 0
    assert counters(desk, now=tomorrow).refunded_today_cents == 5_00


def test_a_place_can_be_taken_again_after_it_was_given_back(desk: Desk) -> None:
    reserve(desk, a_reservation())
    desk.ledger.release(a_reservation())
    reserve(desk, a_reservation())

    assert counted(desk) == (1, 2, 42_00)


def test_a_refund_counts_for_seven_days(desk: Desk) -> None:
    reserve(desk, a_reservation())

    assert counted(desk, now=NOON + 7 * DAY - timedelta(seconds=1)) == (1, 0, 0)
    assert counted(desk, now=NOON + 7 * DAY) == (0, 0, 0)


def test_an_attempt_counts_for_an_hour(desk: Desk) -> None:
    reserve(desk, a_reservation())

    assert counted(desk, now=NOON + timedelta(minutes=59)) == (1, 1, 42_00)
    assert counted(desk, now=NOON + timedelta(minutes=60)) == (1, 0, 42_00)


def test_an_action_that_moves_no_money_is_an_attempt_and_no_refund(desk: Desk) -> None:
    reserve(desk, a_reservation(amount_cents=0, action="cancel_order"))

    assert counted(desk) == (0, 1, 0)


def test_the_day_is_that_of_utc(desk: Desk) -> None:
    just_before = datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    reserve(desk, a_reservation(made_at=just_before))

    assert counters(desk, now=datetime(2026, 11, 21, 1, tzinfo=UTC)).refunded_today_cents == 42_00
    assert counters(desk, now=datetime(2026, 11, 22, 0, tzinfo=UTC)).refunded_today_cents == 0


def test_what_is_too_old_to_count_is_forgotten(desk: Desk) -> None:
    reserve(desk, a_reservation())
    reserve(desk, a_reservation("k2", made_at=NOON + 9 * DAY))

    desk.ledger.release(a_reservation())

    assert counters(desk).refunded_today_cents == 42_00


def test_who_has_a_place_already_may_ask_what_is_counted_besides(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    reserve(desk, a_reservation("k2", 5_00, conversation_id=CONVERSATION))

    found = desk.ledger.counters("c1", conversation_id=CONVERSATION, now=NOON, besides="k1")

    only = {"refunded_today_cents": 5_00, "customer_today_cents": 5_00, "ticket_cents": 5_00}
    assert found == Counters(
        customer_version=found.customer_version, refunds_in_7_days=1, attempts_in_1_hour=1, **only
    )
    desk.ledger.release(a_reservation())
    again = desk.ledger.counters("c1", conversation_id=CONVERSATION, now=NOON, besides="k1")
    assert again.attempts_in_1_hour == 2  # given back, it is an attempt as any other


def test_what_a_customer_got_today_is_counted_by_itself(desk: Desk) -> None:
    reserve(desk, a_reservation())
    reserve(desk, a_reservation("k2", 5_00))
    reserve(desk, a_reservation("k3", 8_00, customer_id="c2"))

    assert counters(desk).customer_today_cents == 47_00
    assert counters(desk, "c2").customer_today_cents == 8_00
    assert counters(desk, now=NOON + DAY).customer_today_cents == 0


def test_what_a_ticket_brought_is_counted_on_whatever_day_it_was(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    later = NOON + 20 * DAY
    reserve(desk, a_reservation("k2", 5_00, conversation_id=CONVERSATION, made_at=later))
    reserve(desk, a_reservation("k3", 8_00, conversation_id="inbox:T2", made_at=later))

    assert counters(desk, now=later).ticket_cents == 47_00
    assert counters(desk, now=later, ticket="inbox:T2").ticket_cents == 8_00
    assert counters(desk, now=later, ticket="inbox:T3").ticket_cents == 0


def test_what_a_ticket_brought_is_remembered_for_ninety_days(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    last = NOON + 90 * DAY - timedelta(seconds=1)

    assert counters(desk, now=last).ticket_cents == 42_00
    assert counters(desk, now=NOON + 90 * DAY).ticket_cents == 0

    reserve(desk, a_reservation("k2", 5_00, conversation_id=CONVERSATION, made_at=last))
    assert counters(desk, now=last).ticket_cents == 47_00


def test_a_place_given_back_is_taken_off_every_count_but_the_attempts(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))

    desk.ledger.release(a_reservation(conversation_id=CONVERSATION))

    version = counters(desk).customer_version
    assert counters(desk) == Counters(customer_version=version, attempts_in_1_hour=1)


def test_money_of_another_currency_is_not_added_up_with_the_days(desk: Desk) -> None:
    reserve(desk, a_reservation())
    dollars = a_reservation("k2", customer_id="c2", money=Money(amount_cents=5_00, currency="USD"))

    with pytest.raises(Rejected, match=r"of this day are counted in EUR, and 5\.00 USD cannot be"):
        reserve(desk, dollars)

    assert counted(desk) == (1, 1, 42_00)
    assert counters(desk, "c2") == Counters(refunded_today_cents=42_00)


def test_money_of_another_currency_is_not_added_up_with_the_tickets(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    dollars = Money(amount_cents=5_00, currency="USD")
    later = a_reservation("k2", conversation_id=CONVERSATION, made_at=NOON + DAY, money=dollars)

    with pytest.raises(Rejected, match=r"of this ticket are counted in EUR, and 5\.00 USD"):
        reserve(desk, later)

    assert counters(desk, now=NOON + DAY).refunded_today_cents == 0
    reserve(desk, later.model_copy(update={"conversation_id": "inbox:T2"}))


def test_what_moves_no_money_has_no_currency_to_be_refused_for(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    nothing = Money(amount_cents=0, currency="USD")
    reserve(desk, a_reservation("k2", conversation_id=CONVERSATION, money=nothing))
    reserve(desk, a_reservation("k3", 1_00, conversation_id=CONVERSATION))

    assert counted(desk) == (2, 3, 43_00)


def test_a_day_from_which_all_was_given_back_is_open_to_any_currency(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    desk.ledger.release(a_reservation())

    dollars = Money(amount_cents=5_00, currency="USD")
    reserve(desk, a_reservation("k2", conversation_id=CONVERSATION, money=dollars))

    assert counted(desk) == (1, 2, 5_00)


def test_a_place_of_another_customer_in_the_same_ticket_is_not_this_ones(desk: Desk) -> None:
    reserve(desk, a_reservation(conversation_id=CONVERSATION))
    reserve(desk, a_reservation("k2", 5_00, customer_id="c2", conversation_id=CONVERSATION))

    assert (counters(desk).ticket_cents, counters(desk, "c2").ticket_cents) == (42_00, 5_00)
