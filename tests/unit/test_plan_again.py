"""A plan that runs twice, at once or after it died, and is still one plan."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.turn import Ending, Judged, Turn
from deskhand.stages.act import act
from tests.builders import a_draft, a_judged_turn, a_reading, a_refund, an_order_fact, some_evidence
from tests.memory_house import MemoryHouse, Permits


def a_turn_that_refunds(*orders: str) -> Judged:
    return a_judged_turn(
        "Refund these please",
        draft=a_draft(actions=tuple(a_refund(5_00, order_id) for order_id in orders)),
        evidence=some_evidence(facts=tuple(an_order_fact(order_id) for order_id in orders)),
        reading=a_reading("refund_request"),
    )


def stored(house: MemoryHouse, *orders: str) -> Judged:
    turn = house.stored(a_turn_that_refunds(*orders))
    assert isinstance(turn, Judged)
    return turn


def acted(house: MemoryHouse, turn: Judged) -> Ending | Turn:
    return act(turn, policy=house.policy, world=house.world)


class NothingLeft:
    """Permits a refund as long as nothing of the order went back."""

    def ask(self, request: PermissionRequest) -> Permission:
        left = request.resource["refunded_cents"] == 0
        return Permission(answer="now" if left else "denied")


def test_a_run_that_is_overtaken_by_another_run_of_itself_tells_what_that_one_did() -> None:
    """The same step runs a second time while the first reads the order; both tell the same."""
    house = MemoryHouse(permissions=NothingLeft())
    orders, other = house.connectors.orders, []
    turn = stored(house, "1001")

    class Overtaken:
        def order(self, *given: Any) -> Any:
            if not other:
                other.append(None)
                other.append(acted(house, turn))
            return orders.order(*given)

        def __getattr__(self, name: str) -> Any:
            return getattr(orders, name)

    house.connectors = replace(house.connectors, orders=Overtaken())
    ours, theirs = acted(house, turn), other[1]

    assert isinstance(ours, Ending)
    assert isinstance(theirs, Ending)
    assert ours.receipts == theirs.receipts
    assert [receipt.name for receipt in ours.receipts] == ["refund_order", "reply"]


def test_what_a_dead_run_has_done_is_never_judged_as_if_it_had_not_been_asked_for() -> None:
    """The first refund was made and the run died; now the second may not be done any more."""
    house = MemoryHouse(permissions=Permits())
    turn = stored(house, "1001", "1002")
    real = house.ledger.record

    def dies(entry: Any) -> None:
        real(entry)
        if entry.state == "confirmed":
            raise RuntimeError("the function died here")

    house.ledger.record = dies  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        acted(house, turn)
    house.ledger.record = real  # type: ignore[method-assign]
    house.permissions = Permits(Permission(answer="denied"))
    after = acted(house, turn)

    assert isinstance(after, Judged), "it goes to a person, not back to the gate"
    assert after.next_step == "escalate"
    assert after.troubles[-1].code == "PLAN_STOPPED"
    (receipt,) = house.turns.recalled(after).receipts
    assert "1001 has been refunded" in receipt.words
