"""Conversations, leases, approvals and the ledger against their models, in each store."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.ledger import Counters, Reservation
from tests.builders import StoppedClock
from tests.contract.conftest import (
    Desk,
    a_desk_in_memory,
    a_desk_over,
    the_table_of_the_template,
)
from tests.dynamodb_local.server import dynamodb_local
from tests.property.conversation_model import Conversations
from tests.property.ledger_model import Ledger

Model = Callable[[Desk], RuleBasedStateMachine]


@pytest.fixture(scope="module")
def real_desk() -> Iterator[Desk]:
    with dynamodb_local() as client:
        client.create_table(TableName="models", **the_table_of_the_template())
        clock = StoppedClock()
        yield a_desk_over(DeskTable(client, "models", clock=clock), clock)


def hold(model: Model, make: Callable[[], Desk], *, examples: int, steps: int) -> None:
    """Takes the same steps each time; the first that the model did not foresee is shown."""
    bounded = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
    )
    run_state_machine_as_test(lambda: model(make()), settings=bounded)


@pytest.mark.parametrize("model", [Conversations, Ledger])
def test_the_store_in_memory_does_what_its_model_does(model: Model) -> None:
    hold(model, a_desk_in_memory, examples=60, steps=40)


@pytest.mark.slow
@pytest.mark.parametrize("model", [Conversations, Ledger])
def test_dynamodb_does_what_its_model_does(model: Model, real_desk: Desk) -> None:
    hold(model, lambda: real_desk, examples=10, steps=25)


def sends_whatever_came(desk: Desk) -> None:
    """A newer message stops nothing."""
    cast(Any, desk.conversations).commit_to_send = lambda turn: True


def grants_whatever_was_seen(desk: Desk) -> None:
    """A place is granted though the counters have changed since they were seen."""
    ledger = cast(Any, desk.ledger)
    grant = ledger.reserve

    def reserve(reservation: Reservation, *, seen: Counters) -> bool:
        now = ledger.counters(
            reservation.customer_id,
            conversation_id=reservation.conversation_id,
            now=reservation.made_at,
        )
        return bool(grant(reservation, seen=now))

    ledger.reserve = reserve


@pytest.mark.parametrize(
    ("model", "plant"),
    [(Conversations, sends_whatever_came), (Ledger, grants_whatever_was_seen)],
)
def test_the_model_sees_a_planted_bug(model: Model, plant: Callable[[Desk], None]) -> None:
    def make() -> Desk:
        desk = a_desk_in_memory()
        plant(desk)
        return desk

    with pytest.raises(AssertionError):
        hold(model, make, examples=60, steps=40)
