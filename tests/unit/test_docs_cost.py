"""The page about cost tells the truth: its budget is read, and its columns and commands exist."""

import re
import tomllib

from deskhand.domain.models import Budget
from deskhand.wiring.environment import ON_A_LAPTOP
from scripts.deskhand_cli.evaluate_cost import COLUMNS
from tests.builders import ROOT, a_policy

PAGE = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")


def test_the_budget_it_shows_is_the_one_that_is_shipped() -> None:
    [toml] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

    assert Budget.model_validate(tomllib.loads(toml)["budget"]) == a_policy().models.budget


def test_every_column_is_explained() -> None:
    assert [column for column in COLUMNS if f"| {column} |" not in PAGE] == []


def test_the_variable_of_recordings_is_the_one_that_is_read() -> None:
    assert set(re.findall(r"DESKHAND_[A-Z_]+", PAGE)) == set(ON_A_LAPTOP)
