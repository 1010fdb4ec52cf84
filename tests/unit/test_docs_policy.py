"""The page about policy tells the truth: its commands run, and its limit is ours."""

import re
import shlex

import pytest

from deskhand.domain.permission import LIFTS
from scripts.deskhand_cli import main
from tests.builders import ROOT

PAGE = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_page_runs(command, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", shlex.split(command))

    with pytest.raises(SystemExit) as ended:
        main()

    assert not ended.value.code
    assert capsys.readouterr().out


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) == 6


def test_the_limit_on_the_page_is_the_one_that_is_shipped() -> None:
    [limit] = re.findall(r"```cedar\n(.*?)```", PAGE, re.DOTALL)

    assert limit in (ROOT / "policies" / "actions.cedar").read_text(encoding="utf-8")


def test_the_ladder_on_the_page_is_the_one_that_is_climbed() -> None:
    rungs = re.findall(
        r"^\| `(\w+)` \|.*?\| (?:`context\.(\w+)`|nothing|) *\|$", PAGE, re.MULTILINE
    )

    assert rungs == [("now", ""), *LIFTS.items(), ("denied", "")]
