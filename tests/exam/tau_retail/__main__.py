"""`python -m tests.exam.tau_retail DIR`: sits the exam in a folder and prints what came of it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from scripts.deskhand_cli.terminal import err, out, plain, print_json
from tests.exam.tau_retail.exam import Result, Sitting
from tests.exam.tau_retail.pack import the_pack
from tests.exam.tau_retail.records import Database, UnreadableExamError
from tests.exam.tau_retail.report import as_json, counted
from tests.exam.tau_retail.rows import Exam

app = typer.Typer(add_completion=False)
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@app.command()
def sit(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The exam's files.", show_default=False)
    ] = DATA / "tau_gate_dev",
    shop: Annotated[
        Path, typer.Option(metavar="DIR", help="The shop's files.", show_default=False)
    ] = DATA / "tau_retail",
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Sit the exam of a shop that nobody here wrote; ends with 1 where anything was missed."""
    try:
        results = _sat(folder, shop)
    except UnreadableExamError as error:
        err().print(plain(str(error), "red"))
        raise typer.Exit(2) from error
    misses = [result for result in results if not result.is_right]
    if json:
        print_json(as_json(results))
    else:
        _print(results, misses)
    raise typer.Exit(1 if misses else 0)


def _sat(folder: Path, shop: Path) -> list[Result]:
    sitting = Sitting(Exam.read(folder), Database.read(shop), the_pack())
    console = err()
    steps = track(
        sitting.steps, "exam", console=console, transient=True, disable=not console.is_terminal
    )
    return [result for step in steps for result in step()]


def _print(results: list[Result], misses: list[Result]) -> None:
    table = Table("part", "kind", "right", "of")
    for (group, kind), (right, total) in counted(results).items():
        style = "" if right == total else "red"
        table.add_row(group, plain(kind), str(right), str(total), style=style)
    table.add_section()
    table.add_row("all", "", str(len(results) - len(misses)), str(len(results)))
    out().print(table)
    for miss in misses:
        task = f"{miss.group}, {miss.kind}, {miss.row.task_id}"
        out().print(plain(f"{task}: wanted {miss.wanted}, got {miss.got}: {miss.why}"))
        out().print(plain(f"  {miss.row.model_dump_json()}"))


if __name__ == "__main__":
    app()
