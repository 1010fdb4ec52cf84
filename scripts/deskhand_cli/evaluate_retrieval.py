"""`deskhand evaluate retrieval`: measures the search on questions whose answers are known."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deskhand.errors import DeskhandError
from scripts.deskhand_cli.evaluate_tables import retrieval_tables
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.question_folder import QuestionFolder
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.deskhand_cli.working import shown
from scripts.evaluation.question_set import QuestionSetError

SEED = 7


def retrieval(
    folder: QuestionFolder = SAMPLE,
    json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals.")] = SEED,
    reranker: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Who puts what was found in order: none, or bedrock:<model id>, which is paid.",
        ),
    ] = "none",
) -> None:
    """Say how well the right articles are found, and what is done where there is none.

    It searches as the agent does: with words alone, with meaning alone and with both.
    """
    # Imported here: numpy and the stages take their time, and other commands need none of them.
    from scripts.evaluation.question_set import read_set
    from scripts.evaluation.retrieval import measure
    from scripts.evaluation.retrieval_standing import standing_house

    try:
        given = read_set(folder)
        with (
            tempfile.TemporaryDirectory(prefix="deskhand-evaluate-") as index,
            standing_house(Path(index), reranker=reranker) as house,
            shown(err()) as progress,
        ):
            report = measure(given, house, seed=seed, progress=progress)
    except QuestionSetError as error:
        raise UnreadableError(str(error)) from error
    except DeskhandError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(asdict(report))
    else:
        out().print(retrieval_tables(report))
