"""Watches the memory of a group of processes, as Linux tells it."""

import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Self

PROC = Path("/proc")
KIB_IN_MIB = 1024


@dataclass
class MemoryWatch:
    """Notes every few seconds what each process of a group holds, while the block lasts.

    The group's first process is the emulator, which keeps every execution's history: it is AWS
    here, and grows. The others are ours.
    """

    group: int
    every_s: float = 2.0
    held_mib: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    @property
    def emulator_mib(self) -> tuple[float, float]:
        """What the emulator held at first and at last."""
        held = self.held_mib.get(self.group) or [0.0]
        return held[0], held[-1]

    @property
    def workers(self) -> int:
        """How many processes of ours there were at the end."""
        return len(self._of_workers())

    @property
    def workers_mib(self) -> tuple[float, float]:
        """What ours held together after their first quarter of the time, and in the last one.

        The first calls load what is loaded once; a leak goes on after them.
        """
        quarters = [(_quarter(held, 1), _quarter(held, 3)) for held in self._of_workers()]
        return sum(early for early, _ in quarters), sum(late for _, late in quarters)

    def _of_workers(self) -> list[list[float]]:
        times = max(map(len, self.held_mib.values()), default=0)
        return [
            held
            for pid, held in self.held_mib.items()
            if pid != self.group and len(held) >= max(4, times / 2)
        ]

    def _watch(self) -> None:
        while not self._over.wait(self.every_s):
            for pid in pids_of(self.group):
                with suppress(OSError, StopIteration):
                    self.held_mib[pid].append(held_mib(pid))


def pids_of(group: int) -> list[int]:
    """The processes of a group."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                # After the name, which may hold anything and ends with the last bracket:
                # state, parent, group.
                told = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(told[2]) == group:
                    found.append(int(folder.name))
    return found


def held_mib(pid: int) -> float:
    """What a process holds in memory now."""
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / KIB_IN_MIB


def _quarter(held: list[float], number: int) -> float:
    size = max(1, len(held) // 4)
    return median(held[number * size : (number + 1) * size] or held[-size:])
