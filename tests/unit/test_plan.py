"""A plan of several actions: in order, each once, and nothing after what failed."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.permission import Permission, Reason
from deskhand.domain.turn import Drafted, Ending, Judged, Turn
from deskhand.errors import Rejected
from deskhand.stages.act import act
from deskhand.stages.escalate import escalate
from tests.builders import (
    CONVERSATION,
    a_draft,
    a_judged_turn,
    a_policy,
    a_reading,
    a_refund,
    an_order_fact,
    some_evidence,
)
from tests.memory_house import MemoryHouse, Permits

NOW = Permission(answer="now")
DENIED = Permission(answer="denied", reasons=(Reason(code="NO", words="no"),))


def acted(house: MemoryHouse, *refunds: tuple[str, int]) -> Ending | Turn:
    """What becomes of refunds of these orders, in this order."""
    facts = tuple(an_order_fact(order_id) for order_id in dict(refunds))
    turn = a_judged_turn(
        "Refund these please",
        draft=a_draft(actions=tuple(a_refund(cents, order_id) for order_id, cents in refunds)),
        evidence=some_evidence(facts=facts),
        reading=a_reading("refund_request"),
    )
    stored = house.stored(turn)
    assert isinstance(stored, Judged)
    return act(stored, policy=house.policy, world=house.world)


def refunded(house: MemoryHouse, order_id: str) -> int:
    scope = house.connectors.identity.scope(house.desk.ticket("T1").asker)
    assert scope is not None
    order = house.connectors.orders.order(scope, order_id)
    assert order is not None
    return order.refunded_cents


def held(house: MemoryHouse) -> int:
    counters = house.ledger.counters("c1", conversation_id=CONVERSATION, now=house.clock())
    return counters.refunds_in_7_days


def test_steps_are_done_in_the_order_in_which_they_were_proposed() -> None:
    ending = acted(MemoryHouse(), ("1002", 10_00), ("1001", 5_00), ("1002", 3_00))

    assert isinstance(ending, Ending)
    done = [receipt.money.words for receipt in ending.receipts if receipt.money]
    assert done == ["10.00 EUR", "5.00 EUR", "3.00 EUR"]


def test_nothing_is_done_after_a_step_that_failed_and_what_was_left_is_said() -> None:
    house = MemoryHouse()
    after = acted(house, ("1001", 5_00), ("1007", 4_00), ("1002", 3_00))

    assert isinstance(after, Judged)
    assert [receipt.name for receipt in after.receipts] == ["refund_order"]
    assert refunded(house, "1001") == 5_00
    assert refunded(house, "1002") == 0
    assert after.troubles[-1].words.endswith(
        "; not done after it: a refund of 3.00 EUR for order 1002"
    )
    assert held(house) == 1, "only the one that was done keeps its place"


def test_the_handoff_says_exactly_what_was_done_and_what_was_not() -> None:
    house = MemoryHouse()
    after = acted(house, ("1001", 5_00), ("1007", 4_00), ("1002", 3_00))
    assert isinstance(after, Judged)
    handoff = escalate(after, error="", policy=a_policy(), now=house.clock()).handoff

    assert handoff is not None
    assert "Already done: 5.00 EUR of order 1001 has been refunded" in handoff.summary
    assert "not done after it: a refund of 3.00 EUR for order 1002" in handoff.summary


def test_acting_again_after_a_failure_does_nothing_more() -> None:
    house = MemoryHouse()
    first = acted(house, ("1001", 5_00), ("1007", 4_00), ("1002", 3_00))
    assert isinstance(first, Judged)
    again = act(
        first.model_copy(update={"troubles": (), "receipts": ()}),
        policy=house.policy,
        world=house.world,
    )

    assert isinstance(again, Judged)
    assert again.receipts == first.receipts
    assert refunded(house, "1002") == 0


def test_a_later_step_is_asked_about_again_on_the_records_as_they_really_are() -> None:
    house = MemoryHouse(permissions=Permits(NOW, NOW, DENIED))
    after = acted(house, ("1001", 5_00), ("1002", 3_00))

    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "PLAN_STOPPED"
    assert [receipt.name for receipt in after.receipts] == ["refund_order"]
    assert refunded(house, "1002") == 0
    assert held(house) == 1


def test_a_plan_that_is_refused_before_its_first_step_is_judged_again_untouched() -> None:
    house = MemoryHouse(permissions=Permits(NOW, DENIED))
    after = acted(house, ("1001", 5_00), ("1002", 3_00))

    assert type(after) is Drafted
    assert refunded(house, "1001") == 0
    assert held(house) == 0


def test_a_later_step_is_judged_on_what_the_step_before_it_will_leave() -> None:
    permits = Permits()
    acted(MemoryHouse(permissions=permits), ("1001", 40_00), ("1001", 2_00))

    foreseen = [request.resource["refundable_cents"] for request in permits.asked]
    assert foreseen == [42_00, 2_00, 2_00], "before acting, and once more before the second"


def test_a_record_that_vanishes_between_two_steps_stops_the_plan() -> None:
    house = MemoryHouse()
    orders, billing = house.connectors.orders, house.connectors.billing
    paid: list[str] = []

    class Vanishing:
        def __getattr__(self, name: str) -> Any:
            return getattr(orders, name)

        def order(self, scope: Any, order_id: str) -> Any:
            return None if order_id == "1002" and paid else orders.order(scope, order_id)

    class Paying:
        def __getattr__(self, name: str) -> Any:
            return getattr(billing, name)

        def refund(self, *given: Any, **more: Any) -> str:
            paid.append("paid")
            return billing.refund(*given, **more)

    house.connectors = replace(house.connectors, orders=Vanishing(), billing=Paying())
    after = acted(house, ("1001", 5_00), ("1002", 3_00))

    assert isinstance(after, Judged)
    assert (after.troubles[-1].code, paid) == ("PLAN_STOPPED", ["paid"])


def test_what_was_permitted_without_its_record_is_never_done() -> None:
    house = MemoryHouse()
    turn = a_judged_turn(
        draft=a_draft(actions=(a_refund(5_00, "4444"),)), reading=a_reading("refund_request")
    )
    stored = house.stored(turn)
    assert isinstance(stored, Judged)
    with pytest.raises(Rejected, match="without a verified customer's order:4444"):
        act(stored, policy=house.policy, world=house.world)


def test_a_person_who_comes_in_between_two_steps_finds_the_second_one_not_done() -> None:
    house = MemoryHouse()
    refund = house.connectors.billing.refund

    def meanwhile(*given: Any, **more: Any) -> str:
        house.desk.assign("T1", "Mia")
        return refund(*given, **more)

    house.connectors.billing.refund = meanwhile  # type: ignore[method-assign]
    after = acted(house, ("1001", 5_00), ("1002", 3_00))

    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "PERSON_TOOK_OVER"
    assert "before a refund of 3.00 EUR for order 1002" in after.troubles[-1].words
    assert [refunded(house, order) for order in ("1001", "1002")] == [5_00, 0]
    assert held(house) == 1, "only the one that was done keeps its place"
