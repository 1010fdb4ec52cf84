"""The page about confidence tells the truth: every signal is explained, and its links lead."""

import re

from deskhand.domain.sureness import SIGNALS
from tests.builders import ROOT

PAGE = ROOT / "docs" / "evaluate-confidence.md"


def test_every_signal_is_explained():
    rows = re.findall(r"^\| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert rows[1:] == [*SIGNALS]


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))

    assert links
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
