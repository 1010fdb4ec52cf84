"""`deskhand evaluate [FILES…]`: golden tickets go through the machine, each stage is scored."""

from pathlib import Path
from typing import Annotated

import typer

from deskhand.errors import DeskhandError
from scripts.deskhand_cli.desks import Key, Url
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.evaluation.golden import GoldenFileError

SEED = 7
GOLDEN = SAMPLE / "golden"
BASELINE = SAMPLE / "baseline.json"
ALL_AT_ONCE = 0
A_DROP = 1


def tickets(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILES",
            help="Files of golden tickets, one a line, or folders of them; without any, the"
            " sample shop's.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report with charts for people.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what a CI system reads.")
    ] = None,
    baseline: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="What it is compared with.",
            show_default="scripts/sample/baseline.json",
        ),
    ] = BASELINE,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Keep what came out as the new baseline.")
    ] = False,
    model: Annotated[
        str, typer.Option(help="Who writes, as DESKHAND_LANGUAGE_MODEL names it.")
    ] = "offline",
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the model's answers there, masked.")
    ] = None,
    recordings: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Ask nobody: the answers were recorded there."),
    ] = None,
    anthropic_key: Annotated[
        str, typer.Option(envvar="ANTHROPIC_API_KEY", help="With --model claude.", hidden=True)
    ] = "",
    runs: Annotated[
        int, typer.Option(min=1, max=32, help="Runs of each ticket, for a model that is random.")
    ] = 1,
    end_to_end: Annotated[
        bool, typer.Option("--end-to-end", help="Leave out the stages by themselves.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals.")] = SEED,
    processes: Annotated[
        int, typer.Option(min=0, max=64, help="At the same time; 0: as many as fit.")
    ] = ALL_AT_ONCE,
    from_turn: Annotated[
        str,
        typer.Option(
            metavar="ID", help="Make a stored turn's conversation a golden ticket instead."
        ),
    ] = "",
    conversation: Annotated[
        str, typer.Option(metavar="ID", help="With --from-turn: the turn's conversation.")
    ] = "",
    append: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --from-turn: put the ticket at the file's end."),
    ] = None,
    url: Url = "",
    key: Key = "",
) -> None:
    """Take golden tickets through the machine and score each stage of it.

    Ends with 1 where a score has really dropped below the baseline's, with 2 for bad input.
    """
    if from_turn:
        from scripts.deskhand_cli.evaluate_from_turn import make_case

        make_case(from_turn, conversation=conversation, append=append, url=url, key=key)
        return
    # Imported here: numpy and the stages take their time, and other commands need none of them.
    from scripts.deskhand_cli.evaluate_golden_told import Asked, evaluated
    from scripts.evaluation.golden_writer import Writer

    writer = Writer(model, _recordings(record, recordings), anthropic_key)
    if writer.lacks_key:
        raise UnreadableError("--model claude wants a key: set ANTHROPIC_API_KEY, or --recordings")

    asked = Asked(
        files=tuple(files or [GOLDEN]),
        baseline=baseline,
        baseline_is_wanted=baseline != BASELINE,
        updates=update_baseline,
        is_part=files is not None,
        json=json,
        html=html,
        junit=junit,
        seed=seed,
    )
    try:
        drops = evaluated(asked, writer, runs=runs, alone=not end_to_end, processes=processes)
    except GoldenFileError as error:
        raise UnreadableError(str(error)) from error
    except DeskhandError as error:
        raise CommandError(str(error)) from error
    if drops:
        raise typer.Exit(A_DROP)


def _recordings(record: Path | None, replay: Path | None) -> str:
    if record and replay:
        raise UnreadableError("give --record or --recordings, not both")
    if replay and not replay.is_dir():
        raise UnreadableError(f"{replay}: there is no such folder of recordings")
    if record:
        return f"record:{record}"
    return f"replay:{replay}" if replay else "none"
