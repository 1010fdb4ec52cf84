"""Runs golden tickets, several at a time in processes of their own, as often as is wanted."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from deskhand.errors import Rejected
from scripts.evaluation.golden import GoldenTicket
from scripts.evaluation.golden_house import OFFLINE_WRITER, GoldenHouse, golden_house
from scripts.evaluation.golden_results import TicketResult, measured
from scripts.evaluation.golden_writer import Writer

AT_ONCE = min(2, os.cpu_count() or 1)
AT_A_TIME = 4
"""So many tickets go to a process together."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What is measured, and how."""

    tickets: tuple[GoldenTicket, ...]
    writer: Writer = OFFLINE_WRITER
    runs: int = 1
    """How often each ticket is run: a model that is random needs several."""
    alone: bool = True
    """Whether each stage is measured by itself, too."""
    processes: int = AT_ONCE


Results = dict[str, tuple[TicketResult, ...]]
"""The runs of each ticket, by its id, in the order of the tickets."""


def run(plan: Plan, progress: Progress) -> Results:
    """What came of every ticket in every run."""
    again = [ticket for ticket in plan.tickets for _ in range(plan.runs)]
    found: defaultdict[str, list[TicketResult]] = defaultdict(list)
    for done, result in enumerate(_measured(plan, again), start=1):
        found[result.id].append(result)
        progress("tickets", done, len(again))
    return {ticket.id: tuple(found[ticket.id]) for ticket in plan.tickets}


def _measured(plan: Plan, tickets: Sequence[GoldenTicket]) -> Iterator[TicketResult]:
    processes = min(plan.processes, -(-len(tickets) // AT_A_TIME))
    if processes <= 1:
        with (
            tempfile.TemporaryDirectory(prefix="deskhand-golden-") as folder,
            golden_house(Path(folder), writer=plan.writer) as house,
        ):
            yield from (measured(house, ticket, alone=plan.alone) for ticket in tickets)
        return
    pool = ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=_move_in,
        initargs=(plan.writer, plan.alone),
    )
    with pool:
        try:
            yield from pool.map(_one, tickets, chunksize=AT_A_TIME)
        except BrokenProcessPool as error:
            words = "a process that ran tickets died; with --processes 1 it says of what"
            raise Rejected(words) from error
        except BaseException:  # also Ctrl-C: nothing more is begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class _Worker:
    """What one process keeps from its first ticket to its last."""

    house: GoldenHouse
    alone: bool
    stack = ExitStack()


def _move_in(writer: Writer, alone: bool) -> None:
    folder = _Worker.stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-golden-"))
    _Worker.house = _Worker.stack.enter_context(golden_house(Path(folder), writer=writer))
    _Worker.alone = alone


def _one(ticket: GoldenTicket) -> TicketResult:
    return measured(_Worker.house, ticket, alone=_Worker.alone)
