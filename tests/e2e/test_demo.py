"""The demo as a user runs it: every Lambda a process of its own, every role enforced."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.sample.rename import SAMPLE, rename_sample

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 180


def demo(*arguments: str) -> dict[str, Any]:
    """What `deskhand demo --json` tells, and its exit code."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("deskhand")), "demo", "--json", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.stdout, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told | {"exit_code": done.returncode}


def differences(told: dict[str, Any]) -> list[str]:
    return [f"{ticket['id']}: {ticket['differences']}" for ticket in told["tickets"]]


def endings(told: dict[str, Any]) -> dict[str, list[str]]:
    """How each ticket's turns ended. Whether messages that are sent at once meet in one turn, or
    the first is superseded by the second, is a race that either may win."""
    return {
        ticket["id"]: [ending for ending in ticket["endings"] if ending != "superseded"]
        for ticket in told["tickets"]
    }


@pytest.fixture(scope="module")
def as_written() -> dict[str, Any]:
    return demo()


def test_every_sample_ticket_ends_as_its_file_says(as_written: dict[str, Any]) -> None:
    wrong = [text for text in differences(as_written) if not text.endswith("[]")]
    assert wrong == []
    assert as_written["exit_code"] == 0


def test_at_least_three_in_five_end_without_a_person(as_written: dict[str, Any]) -> None:
    assert as_written["summary"]["share_without_a_person"] >= 0.60


def test_every_ending_and_every_kind_of_action_occurs(as_written: dict[str, Any]) -> None:
    tickets = as_written["tickets"]
    assert {ending for ticket in tickets for ending in ticket["endings"]} == {
        "answered",
        "asked_customer",
        "handed_over",
        "recorded",
        "superseded",
        "ignored",
    }
    actions = {str(action) for ticket in tickets for action in ticket["actions"]}
    assert any("refund" in action for action in actions)


def test_other_names_for_everything_change_no_ending(
    as_written: dict[str, Any], tmp_path: Path
) -> None:
    """Orders, products, customers, articles: rules that understood the shop know none of them."""
    rename_sample(SAMPLE, tmp_path, seed=20261121)
    renamed = demo("--sample", str(tmp_path))

    assert endings(renamed) == endings(as_written)
