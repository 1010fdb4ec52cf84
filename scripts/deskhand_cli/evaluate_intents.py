"""`deskhand evaluate intents`: measures how messages are sorted by what they want."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskhand.errors import DeskhandError
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.deskhand_cli.working import shown

if TYPE_CHECKING:
    from scripts.evaluation.intent_report import IntentReport


def intents(
    train: Annotated[
        Path | None,
        typer.Argument(
            metavar="TRAIN.jsonl",
            show_default=False,
            help="Examples to learn from, one a line: text and intent, or oos. Without files the"
            " shop's own examples are read, each by the others.",
        ),
    ] = None,
    test: Annotated[
        Path | None,
        typer.Argument(
            metavar="TEST.jsonl", show_default=False, help="Messages to read, in the same form."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
) -> None:
    """Say how often intents are read right, when that is sure, and what is made of strangers.

    It fits the classifier that the agent has, to the first file, and reads the second with it.
    """
    # Imported here: scikit-learn takes its time, and other commands need none of it.
    from scripts.deskhand_cli.evaluate_intents_table import intent_tables
    from scripts.evaluation.intent_rows import IntentRowsError

    if train and not test:
        raise UnreadableError("name the messages to read, too: TRAIN.jsonl and TEST.jsonl")
    try:
        report = _measured(train, test)
    except IntentRowsError as error:
        raise UnreadableError(str(error)) from error
    except DeskhandError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(asdict(report))
    else:
        out().print(intent_tables(report))


def _measured(train: Path | None, test: Path | None) -> "IntentReport":
    from deskhand.adapters.policy_files import read_policy
    from scripts.evaluation.intent_rows import read_test, read_train
    from scripts.evaluation.intents import Files, measure_files, measure_policy
    from scripts.evaluation.small_model import what_is_saved
    from scripts.fit_classifier import ROOT, embedder_here

    if train is None or test is None:
        policy = read_policy(ROOT / "policies")
        with shown(err()) as progress:
            return measure_policy(
                policy.intents, embedder_here(), saved=what_is_saved, progress=progress
            )
    given = Files(str(train), str(test), read_train(train), read_test(test))
    with shown(err()) as progress:
        return measure_files(given, embedder_here(), saved=what_is_saved, progress=progress)
