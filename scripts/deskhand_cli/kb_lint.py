"""`deskhand kb lint`: what in a folder of articles would make the agent answer wrongly."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from deskhand.text.lint.rules import lint as lint_base
from scripts.deskhand_cli.kb_lint_reading import read_base, read_settings
from scripts.deskhand_cli.kb_lint_sarif import sarif
from scripts.deskhand_cli.kb_lint_shown import as_json, counted, shown
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.local_stack.stack import ROOT

SAMPLE = ROOT / "scripts" / "sample" / "articles"


def lint(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of articles; without it, ours.")
    ] = SAMPLE,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    as_sarif: Annotated[
        bool, typer.Option("--sarif", help="Print it as SARIF 2.1.0, for code scanning.")
    ] = False,
    today: Annotated[
        str, typer.Option(metavar="DAY", help="Lint as on this day, 2026-03-31.")
    ] = "",
    policies: Annotated[
        Path, typer.Option(help="The policy files whose intents name categories.")
    ] = ROOT / "policies",
) -> None:
    """Find articles that disagree, are old, hide something, or lead nowhere.

    Exit code 0: no errors (there may be warnings); 1: errors; 2: it could not run.
    """
    if json and as_sarif:
        raise UnreadableError("--json and --sarif are two forms of one list: choose one")
    if not folder.is_dir():
        raise UnreadableError(f"{folder} is not a folder of articles")
    settings = read_settings(folder)
    base = read_base(folder, policies, settings, today=_day(today), console=err())
    findings = lint_base(base, settings.accepted)
    if as_sarif:
        print_json(sarif(findings, folder))
    elif json:
        print_json(as_json(findings, folder, base))
    else:
        out().print(shown(findings, base))
    if any(finding.severity == "error" and not finding.accepted for finding in findings):
        raise CommandError(f"{counted(findings)} in {folder}")


def _day(said: str) -> date:
    if not said:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise UnreadableError(f"--today is {said!r}: write the day as 2026-03-31") from None
