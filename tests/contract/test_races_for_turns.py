"""Bursts, duplicates and endings at the same moment: one turn at a time, and none is lost."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

import pytest

from deskhand.adapters.memory.stops import MemoryStops
from deskhand.adapters.memory.workflow import MemoryWorkflow
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.jobs.dispatch import dispatch
from deskhand.jobs.settle import settle
from deskhand.jobs.turns import Turns
from tests.builders import NOON, StoppedClock, a_policy, an_arrival, an_asker
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race

MESSAGES = 12


@dataclass
class Floor(MemoryWorkflow):
    """Who runs right now of these conversations: whoever is started while another turn of its own
    runs is written down. The table is shared with other tests, whose leavings the sweep finds too.
    """

    ticket: str
    running: dict[str, str] = field(default_factory=dict)
    together: list[tuple[str, ...]] = field(default_factory=list)
    waiting: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._floor = Lock()

    def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
        with self._floor:
            if turn.id not in self.running and self._is_ours(turn):
                others = [one for one, of in self.running.items() if of == turn.ticket_id]
                self.together += [(turn.id, *others)] * bool(others)
                self.running[turn.id] = turn.ticket_id
                self.waiting.append(turn)
        super().start(turn, gather_s=gather_s, approval_s=approval_s)

    def _is_ours(self, turn: Turn) -> bool:
        return turn.ticket_id == self.ticket or turn.ticket_id.startswith(f"{self.ticket}-")

    def next(self) -> Turn | None:
        with self._floor:
            return self.waiting.pop(0) if self.waiting else None

    def stops(self, turn: Turn) -> None:
        with self._floor:
            self.running.pop(turn.id, None)


@dataclass
class House:
    """A desk that stands races, with a machine that runs its turns."""

    desk: Desk
    ticket: str

    def __post_init__(self) -> None:
        self.floor = Floor(self.ticket)

    @property
    def turns(self) -> Turns:
        return Turns(
            conversations=self.desk.conversations,
            approvals=self.desk.approvals,
            outbox=self.desk.outbox,
            workflow=self.floor,
            stops=MemoryStops({}),
            helpdesk=lambda _: self.desk.built_in,
            policy=a_policy(),
            recalled=lambda turn: turn,
            clock=self.desk.clock,
        )

    def arrives(self, arrival: Arrival) -> None:
        dispatch(arrival, turns=self.turns)

    def runs_one(self) -> bool:
        """Takes one turn to its end: superseded where a newer message waits, else answered."""
        turn = self.floor.next()
        if turn is None:
            return False
        claimed = self.desk.conversations.claim(turn)
        sends = self.desk.conversations.commit_to_send(claimed)
        self.floor.stops(turn)
        kind, reply = ("answered", "So it is.") if sends else ("superseded", "")
        ending = Ending.model_validate({"kind": kind, "why": "", "at": NOON, "reply": reply})
        assert self.turns.end(claimed, ending)
        return True

    def runs_all(self) -> None:
        while self.runs_one():
            pass


@pytest.mark.parametrize("seed", range(3))
def test_a_burst_with_duplicates_is_answered_by_one_turn_at_a_time_and_each_message_once(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor, seed: int
) -> None:
    house = House(racing_desk, ticket)
    asker = an_asker(email=f"{ticket}@example.com")
    burst = [
        an_arrival(f"Part {number}.", ticket_id=ticket, asker=asker, says={"id": f"m{number}"})
        for number in range(MESSAGES)
    ]
    given = burst * 2
    random.Random(seed).shuffle(given)
    queues = RACERS - 2

    def brings(at: int) -> None:
        for one in given[at::queues]:
            house.arrives(one)

    race(pool, *[lambda at=at: brings(at) for at in range(queues)], *[house.runs_all] * 2)
    house.runs_all()

    assert house.floor.together == [], "two turns of one conversation ran at the same time"
    stored = racing_desk.conversations.turns(f"inbox:{ticket}")
    assert all(isinstance(one, Ended) for one in stored)
    answered = [
        message.id
        for one in stored
        if isinstance(one, Ended) and one.ending.kind == "answered"
        for message in one.turn.messages
    ]
    assert sorted(answered) == sorted(one.message.id for one in burst)
    head = racing_desk.conversations.load(f"inbox:{ticket}")
    assert head is not None
    assert (head.waiting, head.lease) == (0, None)


def test_the_sweep_and_a_burst_start_no_second_turn(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    house = House(racing_desk, ticket)
    asker = an_asker(email=f"{ticket}@example.com")
    first = an_arrival("First.", ticket_id=ticket, asker=asker, says={"id": "m1"})
    racing_desk.conversations.append(first)  # its dispatch died before it started a turn
    assert isinstance(racing_desk.clock, StoppedClock)
    racing_desk.clock.pass_by(minutes=5)
    later = [
        an_arrival("More.", ticket_id=ticket, asker=asker, says={"id": f"m{number}"})
        for number in range(2, 7)
    ]

    race(
        pool,
        *[lambda one=one: house.arrives(one) for one in later],
        *[lambda: settle(house.turns)] * (RACERS - 5),
    )
    assert len(house.floor.running) == 1
    house.runs_all()

    assert house.floor.together == []
    (ended,) = racing_desk.conversations.turns(f"inbox:{ticket}")
    assert isinstance(ended, Ended)
    assert len(ended.turn.messages) == 6


def test_of_tickets_about_the_same_at_the_same_moment_one_is_answered(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    house = House(racing_desk, ticket)
    asker = an_asker(email=f"{ticket}@example.com")
    several = [
        an_arrival(ticket_id=f"{ticket}-{number}", asker=asker, says={"id": "m1"})
        for number in range(6)
    ]
    for one in several:
        racing_desk.built_in.open_ticket(one)

    race(pool, *[lambda one=one: house.arrives(one) for one in several])
    house.runs_all()

    endings = [
        one.ending
        for arrival in several
        for one in racing_desk.conversations.turns(arrival.conversation_id)
        if isinstance(one, Ended)
    ]
    assert len(endings) == len(several)
    assert sorted(one.kind for one in endings) == ["answered", *["ignored"] * (len(several) - 1)]
