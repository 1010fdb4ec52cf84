"""A whole storm: one small world after another, until enough turns have ended."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from itertools import count

from scripts.local_stack.stack import ROOT
from scripts.storm.boundaries import boundaries
from scripts.storm.faults import KINDS, Boundary, Kind
from scripts.storm.graph import Graph
from scripts.storm.house import Bug, kept
from scripts.storm.invariants import Violation
from scripts.storm.world import World

MACHINE = ROOT / "functions" / "ticket.asl.json"
AT_A_TIME = 6
"""So many boundaries fail often in one world; the others seldom."""
CAUSES: dict[str, tuple[Boundary, ...]] = {
    "outbox.postpone": (Boundary("built_in_desk", "note"), Boundary("built_in_desk", "find")),
    "dead_letters.keep": (Boundary("conversations", "append"),),
    "dead_letters.load": (Boundary("conversations", "append"),),
    "ledger.release": (Boundary("billing", "refund"), Boundary("stops", "standing")),
    "workflow.status": (Boundary("workflow", "start"),),
}
"""What has to go wrong for these to be called at all: it is in focus with them."""


@dataclass(frozen=True)
class Found:
    """A violation, and the world that shows it again."""

    world: int
    violation: Violation


@dataclass
class Report:
    """What a storm came to."""

    seed: str
    worlds: int = 0
    turns: int = 0
    elapsed_s: float = 0.0
    endings: Counter[str] = field(default_factory=Counter)
    weather: Counter[str] = field(default_factory=Counter)
    injected: Counter[tuple[Boundary, Kind]] = field(default_factory=Counter)
    turns_hit: Counter[tuple[Boundary, Kind]] = field(default_factory=Counter)
    walked: Counter[tuple[str, str]] = field(default_factory=Counter)
    exits: frozenset[tuple[str, str]] = frozenset()
    found: list[Found] = field(default_factory=list)

    @property
    def never_hit(self) -> tuple[Boundary, ...]:
        """The boundaries at which nothing went wrong."""
        hit = {boundary for (boundary, _), times in self.injected.items() if times}
        return tuple(one for one in boundaries() if one not in hit)

    @property
    def never_walked(self) -> tuple[tuple[str, str], ...]:
        """The edges of the machine that no turn took."""
        return tuple(sorted(self.exits - set(self.walked)))

    def replay(self, world: int) -> str:
        """The command that shows one world again."""
        return f"deskhand storm --seed {self.seed} --world {world}"

    def add(self, number: int, world: World) -> None:
        """Counts one world in."""
        self.worlds += 1
        self.turns += world.turns
        self.weather += world.weather
        self.walked += world.machine.walked
        self.injected += world.faults.injected
        for kinds in world.house.witness.endings.values():
            self.endings.update(kinds)
        for what, turns in world.faults.turns.items():
            self.turns_hit[what] += len(turns)
        self.found += [Found(number, one) for one in dict.fromkeys(world.violations)]


def storm(
    *,
    turns: int,
    seed: str,
    worlds: Sequence[int] | None = None,
    bug: Bug = lambda ports: ports,
    until_found: bool = False,
    tell: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Worlds until so many turns have ended, or exactly these worlds; with `until_found`, no
    further than the first violation."""
    graph, report = Graph.read(MACHINE), Report(seed)
    report.exits = graph.exits
    began_s = time.perf_counter()
    # Metrics are written to standard output, which on AWS is the log; here it is for results.
    with kept() as keep, open(os.devnull, "w") as nowhere:
        for number in _numbers(report, turns, worlds):
            world = World(keep, graph, seed=f"{seed}:{number}", focus=focus_of(number), bug=bug)
            with redirect_stdout(nowhere):
                world.run()
            report.add(number, world)
            report.elapsed_s = time.perf_counter() - began_s
            tell(report)
            if until_found and report.found:
                break
    return report


def focus_of(world: int) -> frozenset[Boundary]:
    """What a world is about: a few boundaries, all in turn."""
    known = boundaries()
    first = world * AT_A_TIME
    chosen = {known[(first + step) % len(known)] for step in range(AT_A_TIME)}
    return frozenset(chosen.union(*(CAUSES.get(str(one), ()) for one in chosen)))


def _numbers(report: Report, turns: int, worlds: Sequence[int] | None) -> Iterator[int]:
    if worlds is not None:
        yield from worlds
        return
    for number in count():
        if report.turns >= turns:
            return
        yield number


def as_json(report: Report) -> dict[str, object]:
    """The report for machines."""
    return {
        "seed": report.seed,
        "worlds": report.worlds,
        "turns": report.turns,
        "elapsed_s": round(report.elapsed_s, 1),
        "endings": dict(report.endings),
        "weather": dict(report.weather),
        "boundaries": {
            str(boundary): {
                "injected": {
                    kind: report.injected[boundary, kind]
                    for kind in KINDS
                    if report.injected[boundary, kind]
                },
                "turns_hit": {
                    kind: report.turns_hit[boundary, kind]
                    for kind in KINDS
                    if report.turns_hit[boundary, kind]
                },
            }
            for boundary in boundaries()
        },
        "never_hit": [str(boundary) for boundary in report.never_hit],
        "never_walked": [f"{start} -> {end}" for start, end in report.never_walked],
        "violations": [
            {
                "invariant": one.violation.invariant,
                "words": one.violation.words,
                "replay": report.replay(one.world),
            }
            for one in report.found
        ],
    }
