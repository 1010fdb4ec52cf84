"""The wiring as a test wants it: from some settings and no others, or to a house in memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from deskhand import wiring
from deskhand.wiring.environment import ON_A_LAPTOP, VARIABLES
from scripts.local_stack.stack import CREDENTIALS
from tests.memory_house import MemoryHouse


@contextmanager
def wired_by(monkeypatch: pytest.MonkeyPatch, settings: Mapping[str, str]) -> Iterator[None]:
    """A wiring that reads these settings; to AWS it is nobody in particular."""
    for name in (*VARIABLES, *ON_A_LAPTOP):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**CREDENTIALS, "AWS_DEFAULT_REGION": "us-east-1", **settings}.items():
        monkeypatch.setenv(name, value)
    wiring.reset()
    try:
        yield
    finally:
        wiring.reset()


@contextmanager
def wired_to(house: MemoryHouse) -> Iterator[None]:
    """A wiring behind whose ports stands this house."""
    wiring.reset()
    wiring.replace(
        {
            "conversations": house.conversations,
            "approvals": house.approvals,
            "outbox": house.outbox,
            "workflow": house.workflow,
            "ledger": house.ledger,
            "stops": house.stops,
            "built_in_desk": house.desk,
            "policy": house.policy,
            "clock": house.clock,
        }
    )
    try:
        yield
    finally:
        wiring.reset()
