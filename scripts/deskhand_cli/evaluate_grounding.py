"""`deskhand evaluate grounding`: measures what the gate lets through that no source says."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.deskhand_cli.working import shown

if TYPE_CHECKING:
    from scripts.evaluation.grounding import GroundingReport


def grounding(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE.jsonl",
            show_default=False,
            help="Sentences, one a line: passages, sentence, supported, and kind if you like."
            " Without it, the sample shop's own.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
) -> None:
    """Say how well made-up sentences are told from those that stand in what they cite.

    It reads each sentence as the gate does, with the `min_support` of policies/replies.toml.
    """
    # Imported here: other commands need none of it.
    from scripts.deskhand_cli.evaluate_grounding_tables import grounding_tables
    from scripts.evaluation.grounding_set import GroundingSetError

    try:
        report = _measured(file)
    except GroundingSetError as error:
        raise UnreadableError(str(error)) from error
    if json:
        print_json(asdict(report))
    else:
        out().print(grounding_tables(report))


def _measured(file: Path | None) -> "GroundingReport":
    from deskhand.adapters.policy_files import read_policy
    from scripts.evaluation.grounding import measure
    from scripts.evaluation.grounding_fit import OWN_SET
    from scripts.evaluation.grounding_set import TUNING_SEED, halves, read_grounding_set
    from scripts.fit_classifier import ROOT

    least = read_policy(ROOT / "policies").replies.min_support
    rows = read_grounding_set(file or OWN_SET)
    with shown(err()) as progress:
        if file is not None:
            return measure(str(file), rows, min_support=least, progress=progress)
        _, aside = halves(rows)
        return measure(
            OWN_SET.name,
            rows,
            min_support=least,
            progress=progress,
            kept_aside=aside,
            seed=TUNING_SEED,
        )
