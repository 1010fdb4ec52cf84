"""A whole house for flow tests: the real state machine, our handlers in this process."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Ended, Turn
from deskhand.jobs.dispatch import dispatch
from scripts.local_stack import InProcessStack
from tests.builders import StoppedClock, a_policy, an_arrival

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 20
HEAVY = ("embedder", "fitted_intents", "knowledge")


def _order(order_id: str, cents: int, status: str = "delivered", **bent: Any) -> dict[str, Any]:
    line = {"product": "field notebook", "quantity": 1, "unit_price_cents": cents}
    given = {"id": order_id, "customer": "c1", "status": status, "placed_days_ago": 9}
    arrived = {"delivered_days_ago": 5} if status == "delivered" else {}
    return given | {"lines": [line], "ship_to_country": "DE"} | arrived | bent


SHOP = {
    "currency": "EUR",
    "customers": [{"id": "c1", "name": "Ada", "email": "ada@example.com", "country": "DE"}],
    "orders": [
        _order("HR-1001", 42_00),
        _order("HR-1002", 80_00),
        _order("HR-1003", 30_00, "shipped", carrier="Postwing", tracking="PW1"),
        _order("HR-1004", 20_00, "placed"),
        _order("HR-1005", 25_00, payment="loses_answer"),
        _order("HR-1006", 25_00, payment="times_out"),
    ],
}


class House:
    """The deployed stack, and what a test does in it."""

    def __init__(self, stack: InProcessStack, folder: Path) -> None:
        self.stack = stack
        self.folder = folder
        self.clock = StoppedClock()
        self._kept = {name: getattr(wiring, name)() for name in HEAVY}

    def furnish(self, policy: Policy | None = None, **ports: object) -> None:
        """Makes every port anew, with these in place of the wired ones; what is heavy is kept.

        Another day begins, so that no test counts against the limits of another one.
        """
        self.clock.pass_by(days=10)
        shop = SampleShop.seed(
            self.folder / f"shop-{self.clock.now:%Y-%m-%d}.sqlite", SHOP, clock=self.clock
        )
        wiring.reset()
        wiring.replace(
            self._kept
            | {"clock": self.clock, "policy": policy or a_policy(), "connectors": shop.connectors}
            | ports
        )

    def says(self, ticket: str, text: str, **bent: Any) -> None:
        """A customer's message arrives at dispatch."""
        self.clock.pass_by(seconds=1)
        number = bent.pop("number", None) or f"m{self.clock.now.timestamp():.0f}"
        says = {"id": number, "said_at": self.clock.now}
        arrival = an_arrival(text, ticket_id=ticket, says=says, **bent)
        wiring.built_in_desk().open_ticket(arrival)
        dispatch(arrival, turns=wiring.turns())

    def turns(self, ticket: str) -> tuple[Turn | Ended, ...]:
        """All turns of the ticket's conversation."""
        return wiring.conversations().turns(f"inbox:{ticket}")

    def ended(self, ticket: str, count: int = 1) -> tuple[Ended, ...]:
        """The first `count` endings of the ticket's turns, in the order of their turns."""
        self.until(lambda: len(self._endings(ticket)) >= count and self._quiet(ticket))
        return self._endings(ticket)

    def asked(self, ticket: str) -> str:
        """The id of the approval that the ticket's turn waits for, once its note is there."""
        approvals, outbox = wiring.approvals(), wiring.outbox()
        self.until(
            lambda: (
                [a for a in approvals.of(f"inbox:{ticket}") if a.state == "open"]
                and not outbox.of(f"inbox:{ticket}")
            )
        )
        return next(a.id for a in approvals.of(f"inbox:{ticket}") if a.state == "open")

    def ticket(self, ticket: str) -> Any:
        """The ticket as the built-in inbox has it."""
        return wiring.built_in_desk().ticket(ticket)

    def said(self, ticket: str) -> list[str]:
        """What the agent has said publicly on the ticket."""
        return [m.text for m in self.ticket(ticket).messages if m.author == "agent"]

    def until(self, condition: Callable[[], object]) -> None:
        """Waits for what another thread does, and says so when it never happens."""
        deadline = time.monotonic() + PATIENCE_S
        pause = threading.Event()
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            pause.wait(0.01)

    def _endings(self, ticket: str) -> tuple[Ended, ...]:
        return tuple(turn for turn in self.turns(ticket) if isinstance(turn, Ended))

    def _quiet(self, ticket: str) -> bool:
        """No turn has the lease, and the machine has finished every turn that has ended."""
        head = wiring.conversations().load(f"inbox:{ticket}")
        status = wiring.workflow().status
        return (
            head is not None
            and head.lease is None
            and all(status(turn.turn.id) != "running" for turn in self._endings(ticket))
        )


@pytest.fixture(scope="module")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    quiet = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_DISABLED": "true"}
    with InProcessStack(environment=quiet) as stack:
        s3, bucket = stack.boto3_client("s3"), stack.outputs["KnowledgeBucketName"]
        for article in sorted((ROOT / "scripts" / "sample" / "articles").glob("*.md")):
            s3.put_object(Bucket=bucket, Key=f"articles/{article.name}", Body=article.read_bytes())
        stack.invoke("reindex")
        yield House(stack, folder)


@pytest.fixture
def house(_house: House) -> House:
    """The house, furnished as it is wired, on a day of its own."""
    _house.furnish()
    return _house
