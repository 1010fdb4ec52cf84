"""What goes wrong, where and how often: every call to the outside passes here."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, get_args

from deskhand.errors import Unavailable

Kind = Literal[
    "crash_before",
    "crash_after",
    "unavailable_before",
    "lost_answer",
    "throttled",
    "duplicate_step",
    "overtaken",
    "clock_jump",
]
"""Dies before or after the call; no answer, though nothing or everything was done; refused for a
while; the same step runs a second time right here; something else happens right here; the clock
jumps."""

KINDS: tuple[Kind, ...] = get_args(Kind)
RATE = 0.01
"""How often a call fails that nobody looks at in particular."""
AT_FIRST = 0.08
"""How often one of the first calls in a world fails, so that what is seldom called fails too."""
FIRST_CALLS = 2
IN_FOCUS = 0.4
"""How often one fails that its world is about, until it has failed a few times."""
ENOUGH_IN_FOCUS = 4
LONGEST_THROTTLE = 6
DEEPEST = 2
"""How far what happens in between may happen in between."""


class Died(BaseException):
    """The function's process ended here, without a word."""


@dataclass(frozen=True, order=True)
class Boundary:
    """One verb of one port."""

    port: str
    verb: str

    def __str__(self) -> str:
        return f"{self.port}.{self.verb}"


@dataclass
class Faults:
    """Injects by its seed, and keeps count."""

    random: Random
    focus: frozenset[Boundary] = frozenset()
    between: Callable[[Kind], bool] = lambda _kind: False
    """Lets something else happen, or the clock jump; False: there is nothing to happen."""
    now_for: Callable[[], str] = lambda: ""
    """The turn that is being worked on."""
    is_late: Callable[[], bool] = lambda: False
    """Whether the function that calls has had all of its time: then it is ended."""
    is_calm: bool = False
    """Nothing fails any more."""
    injected: Counter[tuple[Boundary, Kind]] = field(default_factory=Counter)
    crossed: Counter[Boundary] = field(default_factory=Counter)
    turns: dict[tuple[Boundary, Kind], set[str]] = field(default_factory=dict)
    _throttled: dict[str, int] = field(default_factory=dict)
    _depth: int = 0

    def cross(self, boundary: Boundary, call: Callable[[], Any]) -> Any:
        """The call, with whatever goes wrong with it."""
        self.crossed[boundary] += 1
        if self.is_calm:
            return call()
        if self.is_late():
            raise Died(f"before {boundary}, for it took too long")
        if self._throttled.get(boundary.port, 0) > 0:
            self._throttled[boundary.port] -= 1
            self._count(boundary, "throttled")
            raise Unavailable(f"{boundary.port}, which is throttled,")
        kind = self._drawn(boundary)
        if kind is None:
            return call()
        return self._fail(boundary, kind, call)

    def _drawn(self, boundary: Boundary) -> Kind | None:
        rate = AT_FIRST if self.crossed[boundary] <= FIRST_CALLS else RATE
        if boundary in self.focus:
            had = sum(self.injected[boundary, kind] for kind in KINDS)
            rate = IN_FOCUS if had < ENOUGH_IN_FOCUS else rate
        if self.random.random() >= rate:
            return None
        if boundary.port == "clock":  # it is no other machine: all that it can do is to be wrong
            return "clock_jump"
        return self.random.choice(KINDS)

    def _fail(self, boundary: Boundary, kind: Kind, call: Callable[[], Any]) -> Any:
        if kind in ("duplicate_step", "overtaken", "clock_jump"):
            if self._happens_between(kind):
                self._count(boundary, kind)
            if self.is_late():
                raise Died(f"before {boundary}, for it took too long")
            return call()
        self._count(boundary, kind)
        if kind == "crash_before":
            raise Died(f"before {boundary}")
        if kind == "throttled":
            self._throttled[boundary.port] = self.random.randint(1, LONGEST_THROTTLE)
        if kind in ("unavailable_before", "throttled"):
            raise Unavailable(f"{boundary.port}, which did not answer,")
        answer = call()
        if kind == "crash_after":
            raise Died(f"after {boundary}")
        if kind == "lost_answer":
            raise Unavailable(f"{boundary.port}, whose answer was lost,")
        return answer

    def _happens_between(self, kind: Kind) -> bool:
        if self._depth >= DEEPEST:
            return False
        self._depth += 1
        try:
            return self.between(kind)
        finally:
            self._depth -= 1

    def _count(self, boundary: Boundary, kind: Kind) -> None:
        self.injected[boundary, kind] += 1
        if turn_id := self.now_for():
            self.turns.setdefault((boundary, kind), set()).add(turn_id)


class Fragile:
    """Stands before any port: each of its verbs is a boundary at which things go wrong."""

    def __init__(self, name: str, port: Any, faults: Faults) -> None:
        self._name, self._port, self._faults = name, port, faults

    def __getattr__(self, verb: str) -> Any:
        thing = getattr(self._port, verb)
        if verb.startswith("_") or not callable(thing):
            return thing
        boundary, faults = Boundary(self._name, verb), self._faults

        def call(*given: Any, **named: Any) -> Any:
            return faults.cross(boundary, lambda: thing(*given, **named))

        return call


def fragile(ports: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """Each of these ports with faults before it."""
    return {name: Fragile(name, port, faults) for name, port in ports.items()}
