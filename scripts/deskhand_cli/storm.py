"""`deskhand storm`: everything fails, everywhere, and still nothing is lost or done twice."""

from collections.abc import Callable
from itertools import count
from random import SystemRandom
from typing import TYPE_CHECKING, Annotated

import typer

from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import err, out, print_json

if TYPE_CHECKING:
    from scripts.storm.run import Report

VIOLATED, NEVER_HIT = 1, 3
EACH_TURNS = 500


def storm(
    turns: Annotated[int, typer.Option(min=1, help="At least so many turns are walked.")] = 10_000,
    seed: Annotated[
        str, typer.Option(help="The same seed is the same storm; by default a new one.")
    ] = "",
    world: Annotated[
        int | None, typer.Option(min=0, help="Only this world of the seed, to see it again.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Walk simulated turns with faults at every boundary, and check that all is well.

    Exits with 1 where something did not hold, with 3 where a boundary was never hit.
    """
    from scripts.deskhand_cli.storm_tables import storm_tables
    from scripts.storm.run import as_json
    from scripts.storm.run import storm as weather

    if world is not None and not seed:
        raise UnreadableError("--world needs the --seed whose world it is")
    seed = seed or str(SystemRandom().randrange(10**6))
    with steps(err()) as report:
        found = weather(
            turns=turns,
            seed=seed,
            worlds=None if world is None else [world],
            tell=_now_and_then(report, seed),
        )
        report("")
    if json:
        print_json(as_json(found))
    else:
        out().print(storm_tables(found, is_whole=world is None))
    if found.found:
        raise typer.Exit(VIOLATED)
    if world is None and found.never_hit:
        raise typer.Exit(NEVER_HIT)


def _now_and_then(report: Callable[[str], None], seed: str) -> Callable[["Report"], None]:
    """Tells how far it is, each few hundred turns."""
    told = count(EACH_TURNS, EACH_TURNS)
    following = [next(told)]

    def tell(so_far: "Report") -> None:
        if so_far.turns >= following[0]:
            report(f"seed {seed}: {so_far.turns} turns have ended")
            following[0] = next(one for one in told if one > so_far.turns)

    return tell
