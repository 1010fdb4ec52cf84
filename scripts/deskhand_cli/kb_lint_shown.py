"""The findings of the lint as people read them, and as JSON."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deskhand.domain.finding import Finding, Severity
from deskhand.text.lint.base import Base
from scripts.deskhand_cli.terminal import plain

STYLE_OF: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def shown(findings: Sequence[Finding], base: Base) -> RenderableType:
    """File by file what was found and what to do, then how much of it."""
    told: list[RenderableType] = []
    left = [finding for finding in findings if not finding.accepted]
    for file, of_file in groupby(left, key=lambda finding: finding.place.file):
        told += [plain(file, "bold"), _table(list(of_file))]
    pages = len(base.pages)
    of_codes = Counter(finding.code for finding in left).most_common()
    by_code = ", ".join(f"{count} {code}" for code, count in of_codes)
    told.append(Text.assemble((counted(findings), "bold"), f" in {pages} articles. ", by_code))
    return Group(*told)


def counted(findings: Sequence[Finding]) -> str:
    """How many there are of each severity, and how many are accepted."""
    counts = Counter(finding.severity for finding in findings if not finding.accepted)
    words = [f"{counts[kind]} {kind}{'s' if counts[kind] != 1 else ''}" for kind in STYLE_OF]
    accepted = sum(bool(finding.accepted) for finding in findings)
    return ", ".join(words) + (f" ({accepted} accepted)" if accepted else "")


def as_json(findings: Sequence[Finding], folder: Path, base: Base) -> dict[str, Any]:
    """The same for machines."""
    counts = Counter(finding.severity for finding in findings if not finding.accepted)
    return {
        "folder": str(folder),
        "day": base.today.isoformat(),
        "articles": len(base.pages),
        "counts": {kind: counts[kind] for kind in STYLE_OF},
        "findings": [
            finding.model_dump(mode="json", exclude={"about"})
            | {"fingerprint": finding.fingerprint}
            for finding in findings
        ],
    }


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        words = Text.assemble(plain(finding.words), "\n", plain(f"-> {finding.cure}", "dim"))
        table.add_row(
            str(finding.place.line),
            Text(finding.severity, STYLE_OF[finding.severity]),
            finding.code,
            words,
        )
    return table
