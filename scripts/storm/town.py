"""What happens between customers, people and the desk: each thing by itself."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from deskhand import wiring
from deskhand.errors import DeskhandError
from deskhand.jobs.approve import Decision, decide
from scripts.storm.customers import Customer
from scripts.storm.faults import Boundary, Died, Faults, Kind
from scripts.storm.graph import Graph
from scripts.storm.house import Bug, Kept, built, furnish
from scripts.storm.machine import Machine
from scripts.storm.queue import Queue

CUSTOMERS = 12
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONGEST = timedelta(seconds=60)
"""As long as a function may take by template.yaml."""
JUMPS_S = (-20, -1, 5, 20, 40, 120, 1_000)
"""A second's clock may be wrong, a lease may run out, an hour may pass."""


class Clock:
    """The time of the world, which only the world moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """So much later, or earlier."""
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Doing:
    """A function as it was called, which may be called once more."""

    function: str
    event: Mapping[str, Any]
    began_at: datetime

    @property
    def turn_id(self) -> str:
        """The turn that it works on, if it works on one."""
        return str(self.event.get("turn_id", ""))


class Town:
    """A few customers, the desk that they write to, and everything that either does."""

    def __init__(
        self, keep: Kept, graph: Graph, *, seed: str, focus: frozenset[Boundary], bug: Bug
    ) -> None:
        self._random = Random(seed)
        self._keep = keep
        self.clock = Clock()
        self.house = built(CUSTOMERS, self.clock)
        self.machine = Machine(graph, self.invoke, self.clock, self._random)
        self.faults = Faults(self._random, focus, self._between, self._turn_now, self._is_late)
        self.queue = Queue()
        self.weather: Counter[str] = Counter()
        """What else went wrong: duplicates, disorder, aborted executions, people who take over."""
        numbers = range(1, CUSTOMERS + 1)
        self._customers = [Customer(one, Random(f"{seed}:{one}")) for one in numbers]
        self._doing: list[Doing] = []
        self._calls = 0
        furnish(self.house, self.machine, keep, self.faults, self.clock, bug)

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        """A function is called; what it raises, it raises."""
        self._calls += 1
        self.house.witness.working.append(self._calls)
        self._doing.append(Doing(function, event, self.clock()))
        try:
            return self._keep.handlers[function].handler(event, None)
        except (DeskhandError, BatchProcessingError):
            raise  # what a function may fail by
        except Exception as error:
            self.house.witness.mistakes.append(f"{function}: {error!r}")
            raise
        finally:
            self._doing.pop()
            self.house.witness.working.pop()

    def _happen(self) -> None:
        """Something, whatever it is."""
        raise NotImplementedError

    def _between(self, kind: Kind) -> bool:
        """Something happens while a function is in the middle of its work."""
        if kind == "clock_jump":
            self.clock.pass_by(self._random.choice(JUMPS_S))
        elif kind == "duplicate_step":
            if not self._doing:
                return False
            again = self._doing[-1]
            self._quietly(lambda: self.invoke(again.function, again.event))
        else:
            self._happen()
        return True

    def _turn_now(self) -> str:
        return self._doing[-1].turn_id if self._doing else ""

    def _is_late(self) -> bool:
        return bool(self._doing) and self.clock() - self._doing[-1].began_at > LONGEST

    def _request(self, customer: Customer) -> None:
        place, event = customer.sends()
        self.weather["sent out of order"] += place > 0
        message = customer.to_send[place]
        answer: dict[str, Any] = {}
        self._quietly(lambda: answer.update(self.invoke("intake", event)))
        self.queue.put(self.house.inbox.take())
        if answer.get("statusCode") != 202:
            return  # whoever sent it sends it again
        accepted = (customer.conversation_id, message["message_id"])
        self.house.witness.accepted[accepted] = None
        if self._random.random() < 0.1 and not self.faults.is_calm:
            self.weather["sent twice"] += 1
        elif message in customer.to_send:
            customer.to_send.remove(message)

    def _deliver(self, group: str) -> None:
        letter = self.queue.groups[group][0]
        letter.received += 1
        failed: list[bool] = [True]

        def take() -> None:
            answer = self.invoke("dispatch", {"Records": [letter.record]})
            failed[0] = bool(answer["batchItemFailures"])

        self.queue.busy.add(group)
        self._quietly(take)
        self.queue.busy.discard(group)
        if failed[0]:
            self.queue.failed(group, letter)
        elif self._random.random() < 0.05 and letter.received == 1 and not self.faults.is_calm:
            self.weather["delivered twice"] += 1
        else:
            self.queue.done(group, letter)

    def _bury(self) -> None:
        letter = self.queue.dead[0]
        failed: list[bool] = [True]

        def take() -> None:
            answer = self.invoke("dead_letters", {"Records": [letter.record]})
            failed[0] = bool(answer["batchItemFailures"])

        self._quietly(take)
        self.weather["dead letters"] += 1
        if not failed[0] and letter in self.queue.dead:
            self.queue.dead.remove(letter)

    def _answer(self, approval_id: str) -> None:
        said = self._random.choice(("approve", "approve", "approve", "reject", "late"))
        if said == "late":
            self.weather["answered late"] += 1
            self.clock.pass_by(self._keep.policy.replies.approval_s + 60)
            said = "approve"
        given = Decision(decision="reject" if said == "reject" else "approve", by="Kim")
        self._quietly(lambda: decide(approval_id, given, turns=wiring.turns()))

    def _take_over(self) -> None:
        there = [one.ticket_id for one in self._customers if one.said and one.to_say]
        if not there:
            return
        ticket_id = self._random.choice(there)
        if f"inbox:{ticket_id}" not in self.house.state.heads:
            return
        self.weather["taken over"] += 1
        if self._random.random() < 0.5:
            self.house.desk.assign(ticket_id, "Kim")
        else:
            said = "I am on it."
            self.house.desk.person_says(ticket_id, said, by="Kim", at=self.clock())

    def _give_back(self, ticket_id: str) -> None:
        self.weather["given back"] += 1
        self.house.desk.assign(ticket_id, "")
        give_back = wiring.conversations().give_back
        self._quietly(lambda: give_back(f"inbox:{ticket_id}", by="Kim"))

    def _abort(self, name: str) -> None:
        self.weather["executions aborted"] += 1
        self.machine.kill(self.machine.executions[name])

    def _sweep(self) -> None:
        self._quietly(lambda: self.invoke("settle", {}))

    def _quietly(self, do: Callable[[], Any]) -> None:
        """What dies or fails out there is seen by nobody here."""
        try:
            do()
        except (Died, Exception):
            self.weather["died or failed"] += 1
