"""`deskhand evaluate confidence`: what the confidence is worth that answers are sent by."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deskhand.errors import DeskhandError
from scripts.deskhand_cli.evaluate_confidence_tables import confidence_tables
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.question_folder import QuestionFolder
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.deskhand_cli.working import shown

SEED = 7


def confidence(
    folder: QuestionFolder = SAMPLE,
    json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the folds that are held out.")] = SEED,
    reading: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="How questions are read: by the policy's `intents`, as the sample's are, or"
            " `open`, any being in scope, as those of other folders are.",
        ),
    ] = "",
) -> None:
    """Say how often answers are right that are said to be sure, and what a threshold lets through.

    The sample's answers are weighed by what those about other articles show; those of your folder
    by policies/confidence.toml, as customers' are.
    """
    # Imported here: numpy and the stages take their time, and other commands need none of them.
    from scripts.evaluation.confidence_runs import measure
    from scripts.evaluation.golden import GoldenFileError
    from scripts.evaluation.question_set import QuestionSetError
    from scripts.evaluation.retrieval_standing import standing_house

    if reading not in ("", "intents", "open"):
        raise UnreadableError(f"--reading is {reading!r}: write intents or open")
    try:
        with (
            tempfile.TemporaryDirectory(prefix="deskhand-evaluate-") as index,
            standing_house(Path(index), reranker="none") as house,
            shown(err()) as progress,
        ):
            report = measure(folder, house, reading=reading, seed=seed, progress=progress)
    except (QuestionSetError, GoldenFileError) as error:
        raise UnreadableError(str(error)) from error
    except DeskhandError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(asdict(report))
    else:
        out().print(confidence_tables(report))
