"""One small world in the storm: its customers, its desk, and a scheduler that goes by its seed."""

from collections.abc import Callable, Mapping
from typing import Any

from deskhand.domain.turn import Ended
from scripts.storm.customers import Customer
from scripts.storm.faults import Boundary
from scripts.storm.graph import Graph
from scripts.storm.house import Bug, Kept
from scripts.storm.invariants import ALWAYS, AT_THE_END, Violation
from scripts.storm.town import Town

MOST_STEPS = 6_000
MOST_SWEEPS = 200
WEIGHTS = {
    "execution": 40,
    "delivery": 25,
    "request": 25,
    "customer": 12,
    "approval": 2,
    "dead letter": 5,
    "give back": 3,
    "sweep": 2,
    "takeover": 0.6,
    "abort": 0.3,
}
"""How often each thing happens where it can."""


class World(Town):
    """A town in the storm: what happens next goes by the seed, and what must hold is looked at."""

    def __init__(
        self, keep: Kept, graph: Graph, *, seed: str, focus: frozenset[Boundary], bug: Bug
    ) -> None:
        super().__init__(keep, graph, seed=seed, focus=focus, bug=bug)
        self.violations: list[Violation] = []
        self._checked = 0

    def run(self) -> None:
        """Lets everything happen, then calms down and sweeps until nothing is left."""
        for _ in range(MOST_STEPS):
            if all(one.is_done for one in self._customers) and not self._is_busy():
                break
            self._step()
        self._calm_down()
        self._check(AT_THE_END, None)

    @property
    def turns(self) -> int:
        """How many turns have ended."""
        return len(self.house.witness.endings)

    def _step(self) -> None:
        self.clock.pass_by(self._random.uniform(0, 15))
        self._happen()
        self._check_what_ended()

    def _happen(self) -> None:
        can = {
            name: happening
            for name, happening in self._happenings().items()
            if happening is not None and not (self.faults.is_calm and name in _STORMY)
        }
        names = list(can)
        if names:
            (name,) = self._random.choices(names, [WEIGHTS[one] for one in names])
            can[name]()

    def _happenings(self) -> dict[str, Callable[[], None]]:
        """Everything that could happen now, by name."""
        found: dict[str, Callable[[], None]] = {"sweep": self._sweep, "takeover": self._take_over}
        if awake := self.machine.awake():
            found["execution"] = lambda: self.machine.advance(self._random.choice(awake))
        if running := self.machine.running():
            found["abort"] = lambda: self._abort(self._random.choice(running).name)
        if ready := self.queue.ready:
            found["delivery"] = lambda: self._deliver(self._random.choice(ready))
        if self.queue.dead:
            found["dead letter"] = self._bury
        if writing := [one for one in self._customers if one.has_words(self.house)]:
            found["customer"] = lambda: self._random.choice(writing).speaks(
                self.house, self.clock()
            )
        if sending := [one for one in self._customers if one.to_send]:
            found["request"] = lambda: self._request(self._random.choice(sending))
        if waiting := self.house.approvals.open():
            found["approval"] = lambda: self._answer(self._random.choice(waiting).id)
        theirs = [
            one for one in self.house.state.heads.values() if one.conversation.owner != "agent"
        ]
        if theirs:
            found["give back"] = lambda: self._give_back(
                self._random.choice(theirs).conversation.ticket_id
            )
        return found

    def _calm_down(self) -> None:
        """Nothing fails any more: whatever waits is worked off, minute by minute, day by day."""
        self.faults.is_calm = True
        for number in range(MOST_SWEEPS):
            while self.machine.awake() or self.queue.ready or self.queue.dead or self._sending():
                before = self._state()
                for customer in self._sending():
                    self._request(customer)
                for group in self.queue.ready:
                    self._deliver(group)
                if self.queue.dead:
                    self._bury()
                for execution in self.machine.awake():
                    self.machine.advance(execution)
                if self._state() == before:
                    break  # what is left waits for time to pass
            self._sweep()
            self._check_what_ended()
            if not self._is_busy() and number > 2:
                return
            self.clock.pass_by(60 if number < MOST_SWEEPS / 2 else 3_600)

    def _sending(self) -> list[Customer]:
        return [one for one in self._customers if one.to_send]

    def _state(self) -> tuple[object, ...]:
        moved = sum(one.moved + sum(one.tries.values()) for one in self.machine.executions.values())
        letters = sum(len(one) for one in self.queue.groups.values())
        return moved, letters, len(self.queue.dead), len(self._sending())

    def _is_busy(self) -> bool:
        heads = (one.conversation for one in self.house.state.heads.values())
        return bool(
            any(one.is_running for one in self.machine.executions.values())
            or any(self.queue.groups.values())
            or self.queue.dead
            or self.house.state.notes
            or any(head.lease or head.waiting for head in heads)
            or any(not one.resumed for one in self.house.state.approvals.values())
        )

    def _check_what_ended(self) -> None:
        if self.turns > self._checked:
            new = list(self.house.witness.endings)[self._checked :]
            self._checked = self.turns
            ended = {
                one.turn.conversation_id
                for turns in self.house.state.turns.values()
                for one in turns.values()
                if isinstance(one, Ended) and one.turn.id in new
            }
            self._check(ALWAYS, ended)

    def _check(self, invariants: Mapping[str, Any], conversations: set[str] | None) -> None:
        for name, holds in invariants.items():
            self.violations += [
                Violation(name, words) for words in holds(self.house, conversations)
            ]


_STORMY = frozenset({"takeover", "abort", "give back"})
