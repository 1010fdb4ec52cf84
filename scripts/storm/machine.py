"""Executions of the state machine, one step at a time: retries, catches, timeouts and tokens."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from deskhand.domain.turn import Envelope, Turn
from deskhand.ports import Clock
from scripts.storm.expressions import UnknownConstructError, evaluated
from scripts.storm.faults import Died
from scripts.storm.graph import INVOKE_AND_WAIT, Graph, function_of

Names = Mapping[str, Any]
Invoke = Callable[[str, Mapping[str, Any]], Any]
DEATHS = ("Runtime.ExitError", "Sandbox.Timedout", "Lambda.ServiceException")
"""What the machine hears of a function that died; it calls the last one once more by itself."""


@dataclass
class Execution:
    """One run of the machine."""

    name: str
    state: str
    input: Mapping[str, Any]
    wake_at: datetime
    variables: dict[str, Any] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)
    token: str = ""
    """While it waits for a person: what it goes on by."""
    is_running: bool = True
    is_busy: bool = False
    """A function works for it right now."""
    moved: int = 0
    """How often it went from one state to another: whoever comes back too late is not heard."""


class Machine:
    """The port `Workflow` over executions that `advance` walks."""

    def __init__(self, graph: Graph, invoke: Invoke, clock: Clock, random: Random) -> None:
        self._graph, self._invoke, self._clock, self._random = graph, invoke, clock, random
        self.executions: dict[str, Execution] = {}
        self.walked: Counter[tuple[str, str]] = Counter()
        """How often each edge was taken."""

    def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
        """Starts the turn's execution, once."""
        given = Envelope.of(turn).model_dump(mode="json")
        waits = {"gather_s": gather_s, "approval_s": approval_s}
        fresh = Execution(turn.id, self._graph.start, given | waits, self._clock())
        self.executions.setdefault(turn.id, fresh)

    def status(self, turn_id: str) -> Literal["running", "stopped", "unknown"]:
        """How the turn's execution stands."""
        found = self.executions.get(turn_id)
        if found is None:
            return "unknown"
        return "running" if found.is_running else "stopped"

    def resume(self, task_token: str, envelope: Envelope) -> bool:
        """Lets whatever waits for that token go on. False: it no longer waits."""
        for one in self.executions.values():
            if one.is_running and one.token == task_token:
                state = self._graph.states[one.state]
                self._leave(one, state, {"result": envelope.model_dump(mode="json")})
                return True
        return False

    def kill(self, execution: Execution) -> None:
        """It stops where it is, as when somebody aborts it or the machine itself fails."""
        execution.is_running, execution.token = False, ""
        execution.moved += 1

    def running(self) -> list[Execution]:
        """Those that have not come to their end, whatever they wait for."""
        return [one for one in self.executions.values() if one.is_running]

    def awake(self) -> list[Execution]:
        """Those that could go on right now, in the order in which they were started."""
        now = self._clock()
        return [
            one
            for one in self.executions.values()
            if one.is_running and not one.is_busy and one.wake_at <= now
        ]

    def advance(self, execution: Execution) -> None:
        """One step: a state is done, or a task is tried once."""
        state = self._graph.states[execution.state]
        kind = state["Type"]
        if kind == "Task":
            self._try(execution, state)
        elif kind == "Wait":
            names = self._names(execution)
            seconds = evaluated(state["Seconds"], names)
            execution.variables |= evaluated(state.get("Assign", {}), names)
            self._leave(execution, state, {})
            execution.wake_at = self._clock() + timedelta(seconds=seconds)
        elif kind == "Choice":
            self._go(execution, self._chosen(execution, state))
        else:
            execution.is_running = False

    def _chosen(self, execution: Execution, state: Mapping[str, Any]) -> str:
        names = self._names(execution)
        fitting = (one["Next"] for one in state["Choices"] if evaluated(one["Condition"], names))
        to = next(fitting, state.get("Default"))
        if to is None:
            raise UnknownConstructError(f"{execution.state} without a default")
        return str(to)

    def _try(self, execution: Execution, state: Mapping[str, Any]) -> None:
        waits = state["Resource"] == INVOKE_AND_WAIT
        if waits and execution.token:
            self._fail(execution, state, "States.Timeout")  # nobody answered in time
            return
        if waits:
            execution.token = f"{execution.name}#{execution.moved}.{sum(execution.tries.values())}"
        began, moved = self._clock(), execution.moved
        patience = timedelta(seconds=evaluated(state["TimeoutSeconds"], self._names(execution)))
        payload = evaluated(state["Arguments"]["Payload"], self._names(execution))
        error, answer = "", None
        execution.is_busy = True
        try:
            answer = self._invoke(function_of(state), payload)
        except Died:
            error = self._random.choice(DEATHS)
        except Exception as raised:
            error = type(raised).__name__
        finally:
            execution.is_busy = False
        if execution.moved != moved:
            return  # it was answered or stopped while the function ran
        if not error and not waits and self._clock() - began > patience:
            error = "States.Timeout"
        if error:
            execution.token = ""
            self._fail(execution, state, error)
        elif waits:
            execution.wake_at = began + patience
        else:
            self._leave(execution, state, {"result": {"Payload": answer}})

    def _fail(self, execution: Execution, state: Mapping[str, Any], error: str) -> None:
        for number, retry in enumerate(state.get("Retry", ())):
            if error not in retry["ErrorEquals"]:
                continue
            tried = execution.tries[number]
            if tried < retry["MaxAttempts"]:
                longest = min(
                    retry["IntervalSeconds"] * retry["BackoffRate"] ** tried,
                    retry.get("MaxDelaySeconds", 3600),
                )
                pause_s = self._random.uniform(0, longest)
                execution.tries[number] += 1
                execution.wake_at = self._clock() + timedelta(seconds=pause_s)
                return
            break
        for catch in state.get("Catch", ()):
            if error in catch["ErrorEquals"] or "States.ALL" in catch["ErrorEquals"]:
                self._leave(execution, catch, {"errorOutput": {"Error": error}})
                return
        self.kill(execution)

    def _leave(self, execution: Execution, way: Mapping[str, Any], found: Names) -> None:
        """On to the next state, with what the way out makes of what was found."""
        names = self._names(execution, **found)
        output = evaluated(way["Output"], names) if "Output" in way else None
        if output is None:
            output = found.get("errorOutput", found.get("result", execution.input))
        execution.input = output
        self._go(execution, way["Next"])

    def _go(self, execution: Execution, to: str) -> None:
        self.walked[execution.state, to] += 1
        execution.state, execution.token = to, ""
        execution.tries.clear()
        execution.moved += 1
        execution.wake_at = self._clock()

    def _names(self, execution: Execution, **found: Any) -> Mapping[str, Any]:
        context = {"Task": {"Token": execution.token}}
        states = {"input": execution.input, "context": context, **found}
        return {"states": states, **execution.variables}
