"""Many containers pay at once: not a call is lost from the sums, and none counts twice."""

from concurrent.futures import ThreadPoolExecutor

from deskhand.domain.usage import Usage
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race

EACH = 5
CALL = Usage(calls=1, cost_microusd=3)


def test_every_call_of_every_container_counts_once(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    before = racing_desk.spending.spent(ticket).day_microusd

    def pay() -> None:
        for _ in range(EACH):
            racing_desk.spending.note(ticket, CALL)

    race(pool, *[pay] * RACERS)

    spent = racing_desk.spending.spent(ticket)
    assert spent.conversation_microusd == RACERS * EACH * CALL.cost_microusd
    assert spent.day_microusd - before == spent.conversation_microusd
