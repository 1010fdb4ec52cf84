"""`deskhand load`: many conversations at once for a while, and what becomes of every message."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import count
from statistics import median, quantiles
from typing import Annotated

import typer

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.crowd import Followed, address_of, crowd_desk, follow, send
from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.memory_watch import MemoryWatch
from scripts.deskhand_cli.replay import left_in_queues
from scripts.deskhand_cli.terminal import err, out, print_json

PATIENCE_S = 300.0
CUSTOMERS = 400
MOST_TOLD = 10
FLAT = 1.10
"""What our processes may hold at the end, over what they held after their first quarter."""

SAYINGS = (
    "Where is my order?",
    "How long does delivery to France take?",
    "I want my money back, please.",
    "Can I pay with a gift card?",
    "What are your opening hours?",
    "I forgot my password.",
    "The binoculars arrived broken.",
    "I want to speak to a human, please.",
)


@dataclass(frozen=True)
class LoadReport:
    """What a load came to."""

    conversations: int
    seconds: float
    sent: int
    ended: int
    lost: int
    broken: int
    """Handed over because something raised."""
    broken_by: tuple[str, ...]
    """Of the first of these, the codes and the words for the person."""
    left_in_queues: int
    turns_per_s: float
    accepted_ms: tuple[float, float, float]
    """Median, 95 of 100, and the longest: until intake had answered."""
    queued_s: tuple[float, float, float]
    """The age of a message when a turn was opened for it."""
    turn_s: tuple[float, float, float]
    workers: int
    workers_mib: tuple[float, float]
    """What our processes held together after the first quarter of the time, and in the last."""
    emulator_mib: tuple[float, float]

    @property
    def flat(self) -> bool:
        """Whether our processes hold no more at the end than early on."""
        early, late = self.workers_mib
        return late <= early * FLAT


def load(
    conversations: Annotated[
        int, typer.Option(min=1, max=200, help="How many go on at the same time.")
    ] = 50,
    seconds: Annotated[int, typer.Option(min=5, help="How long new ones begin.")] = 120,
    seed: Annotated[int, typer.Option(help="Who says what: the same seed, the same.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Keep a desk under load, and end with 1 if anything is lost or breaks, or memory grows."""
    with (
        steps(err()) as report,
        crowd_desk(customers=CUSTOMERS, report=report) as (api, stack),
        MemoryWatch(stack.process_group) as memory,
    ):
        report(f"{conversations} conversations at once for {seconds} s")
        began_s = time.monotonic()
        done = _all_at_once(api, conversations, seconds, random.Random(seed))
        took_s = time.monotonic() - began_s
        left = left_in_queues(stack)
        report("")
    found = _report(done, conversations, took_s, left, memory)
    if json:
        print_json(asdict(found) | {"flat": found.flat})
    else:
        out().print("\n".join(_told(found)))
    if found.lost or found.broken or found.left_in_queues or not found.flat:
        raise typer.Exit(1)


def _all_at_once(
    api: DeskApi, conversations: int, seconds: float, chance: random.Random
) -> list[Followed]:
    """So many at once, each followed by the next one until the time is up; all are waited for."""
    until_s = time.monotonic() + seconds
    numbers = count()

    def talk(_: int) -> list[Followed]:
        done = []
        while time.monotonic() < until_s:
            number = next(numbers)
            known = number % 4 != 0
            email = address_of(number % CUSTOMERS) if known else f"stranger-{number}@example.net"
            sent = send(
                api, chance.choice(SAYINGS), ticket=f"load-{number}", email=email, verified=known
            )
            done.append(follow(api, sent, patience_s=PATIENCE_S))
        return done

    with ThreadPoolExecutor(conversations) as pool:
        return [one for some in pool.map(talk, range(conversations)) for one in some]


def _report(
    done: Sequence[Followed], conversations: int, took_s: float, left: int, memory: MemoryWatch
) -> LoadReport:
    ended = [one for one in done if not one.lost]
    return LoadReport(
        conversations=conversations,
        seconds=round(took_s, 1),
        sent=len(done),
        ended=len(ended),
        lost=len(done) - len(ended),
        broken=sum(bool(one.broken) for one in done),
        broken_by=tuple(
            f"{one.conversation_id}: {', '.join(one.broken)}: {one.ending.why}"
            for one in done
            if one.broken and one.ending
        )[:MOST_TOLD],
        left_in_queues=left,
        turns_per_s=round(len(ended) / took_s, 2),
        accepted_ms=_spread([one.accepted_s * 1000 for one in done]),
        queued_s=_spread([one.queued_s for one in ended]),
        turn_s=_spread([one.turn_s for one in ended if one.ending]),
        workers=memory.workers,
        workers_mib=_rounded(memory.workers_mib),
        emulator_mib=_rounded(memory.emulator_mib),
    )


def _told(found: LoadReport) -> list[str]:
    def three(spread: tuple[float, float, float], unit: str) -> str:
        return f"{spread[0]:g} {unit} (median), {spread[1]:g} (95 of 100), {spread[2]:g} (longest)"

    early, late = found.workers_mib
    first, last = found.emulator_mib
    return [
        f"{found.sent} messages, {found.conversations} at once, in {found.seconds:g} s: "
        f"{found.ended} ended, {found.lost} lost, {found.broken} broken, "
        f"{found.left_in_queues} left in queues",
        *(f"           {words}" for words in found.broken_by),
        f"turns      {found.turns_per_s:g} a second",
        f"intake     {three(found.accepted_ms, 'ms')}",
        f"queue age  {three(found.queued_s, 's')}",
        f"turn       {three(found.turn_s, 's')}",
        f"memory     {found.workers} functions: {early:g} MiB early, {late:g} MiB late, "
        f"{'flat' if found.flat else 'GROWING'}; the emulator, which keeps all history: "
        f"{first:g} to {last:g} MiB",
    ]


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    if not values:
        return (0.0, 0.0, 0.0)
    high = quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return (round(median(values), 2), round(high, 2), round(max(values), 2))


def _rounded(pair: tuple[float, float]) -> tuple[float, float]:
    return (round(pair[0], 1), round(pair[1], 1))
