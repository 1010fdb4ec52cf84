"""`deskhand storm` tells what failed where, and by its exit code whether all was well."""

import json
from collections import Counter
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from scripts.deskhand_cli import app
from scripts.deskhand_cli.storm import NEVER_HIT, VIOLATED
from scripts.deskhand_cli.storm_tables import storm_tables
from scripts.storm import run
from scripts.storm.boundaries import boundaries
from scripts.storm.faults import Boundary
from scripts.storm.invariants import Violation
from scripts.storm.run import Found, Report


def a_report(*, hit: bool = True, violations: int = 0) -> Report:
    report = Report("7", worlds=2, turns=50, elapsed_s=1.5)
    report.endings, report.weather = Counter(answered=40, handed_over=10), Counter()
    report.exits, report.walked = frozenset({("A", "B"), ("B", "C")}), Counter({("A", "B"): 3})
    for boundary in boundaries()[0 if hit else 1 :]:
        report.injected[boundary, "crash_after"] = 2
        report.turns_hit[boundary, "crash_after"] = 1
    words = "T1: the reply [bold] was said twice"
    report.found = [Found(1, Violation("one_public_reply_a_turn", words))] * violations
    return report


def shown(report: Report, *, is_whole: bool = True) -> str:
    console = Console(width=200, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(storm_tables(report, is_whole=is_whole))
    return capture.get()


def called(monkeypatch: pytest.MonkeyPatch, report: Report, *words: str) -> Any:
    monkeypatch.setattr(run, "storm", lambda **_: report)
    return CliRunner().invoke(app, ["storm", "--seed", "7", *words])


def test_where_all_was_well_the_exit_code_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = called(monkeypatch, a_report())
    assert found.exit_code == 0
    assert "0 violations in 50 turns of 2 worlds" in found.output


def test_a_violation_fails_and_says_how_it_is_seen_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = called(monkeypatch, a_report(violations=1), "--json")
    assert found.exit_code == VIOLATED
    (violation,) = json.loads(found.stdout)["violations"]
    assert violation["replay"] == "deskhand storm --seed 7 --world 1"


def test_a_boundary_that_was_never_hit_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    found = called(monkeypatch, a_report(hit=False))
    assert found.exit_code == NEVER_HIT
    assert f"never hit, so nobody knows: {boundaries()[0]}" in found.output


def test_one_world_alone_need_not_hit_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    assert called(monkeypatch, a_report(hit=False), "--world", "1").exit_code == 0


def test_a_world_without_its_seed_is_no_world() -> None:
    found = CliRunner().invoke(app, ["storm", "--world", "1"])
    assert found.exit_code != 0
    assert "--world needs the --seed whose world it is" in str(found.exception)


def test_the_table_has_a_row_for_each_boundary_and_the_words_as_they_are() -> None:
    told = shown(a_report(violations=30))
    for boundary in boundaries():
        assert str(boundary) in told
    assert "the reply [bold] was said twice" in told
    assert "and 10 more; --json tells all" in told
    assert "edges of the machine walked: 1 of 2 (not B to C)" in told


def test_a_world_in_json_counts_faults_and_turns_by_boundary_and_kind() -> None:
    found = CliRunner().invoke(app, ["storm", "--seed", "make test", "--world", "2", "--json"])
    told = json.loads(found.stdout)
    assert found.exit_code == 0
    assert told["worlds"] == 1
    assert set(told["boundaries"]) == {str(one) for one in boundaries()}
    assert sum(sum(one["injected"].values()) for one in told["boundaries"].values()) > 0
    assert str(Boundary("clock", "now")) in told["boundaries"]
