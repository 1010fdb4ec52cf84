"""What every run of the tests says at its end."""

import pytest

from tests.claude.live import WHY_NOT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells of tests that would have asked Claude itself, and could not."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(WHY_NOT in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{WHY_NOT} ({count} tests did not run)")
