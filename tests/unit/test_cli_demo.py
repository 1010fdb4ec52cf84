"""`deskhand demo` says what it needs before it starts anything."""

from pathlib import Path

import pytest

from scripts.search_server import server
from tests.terminal import Command, typed


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def test_without_opensearch_one_is_told_how_to_get_it(
    deskhand: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HOME", tmp_path)

    code, _, said = deskhand("demo", "--search", "opensearch")

    assert code == 1
    assert "say `make opensearch`" in said


def test_a_store_that_nobody_knows_is_refused(deskhand: Command) -> None:
    code, _, said = deskhand("demo", "--search", "shoebox")

    assert code == 2
    assert "embedded" in said
