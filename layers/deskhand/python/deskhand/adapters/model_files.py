"""Reads `models.toml` and `prices.toml`: which model does what, its price, and the budget."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from deskhand.adapters.toml_file import TomlFile, near
from deskhand.domain.models import Budget, ModelChoice, Models, Price, Task

BUDGET, CHECKED = "budget", "checked"
TASKS: dict[str, Task] = {str(task): task for task in get_args(Task)}


def read_models(folder: Path) -> tuple[Models, tuple[str, ...]]:
    """What the two files say, and every mistake in them by line."""
    models, prices = TomlFile.read(folder / "models.toml"), TomlFile.read(folder / "prices.toml")
    known, checked = _prices(prices)
    tasks: dict[Task, ModelChoice] = {}
    budget = Budget()
    for name, table in models.named().items():
        if name == BUDGET:
            budget = models.noun(Budget, table, name) or budget
        elif name not in TASKS:
            models.wrong(f'there is no task "{name}"; {near(name, (*TASKS, BUDGET))}', name)
        elif choice := models.noun(ModelChoice, table, name):
            tasks[TASKS[name]] = choice
            _check_priced(models, name, choice, prices.tables)
    read = Models(tasks=tasks, budget=budget, prices=known, prices_checked=checked)
    return read, (*models.mistakes, *prices.mistakes)


def _prices(file: TomlFile) -> tuple[dict[str, Price], date | None]:
    checked = file.tables.pop(CHECKED, None)
    if file.tables and not isinstance(checked, date):
        file.wrong(
            f'"{CHECKED}" should say when the prices were compared, as {CHECKED} = 2026-11-21.'
        )
        checked = None
    found: dict[str, Price] = {}
    for name, table in file.named().items():
        if price := file.noun(Price, table, name):
            found[name] = price
    return found, checked


def _check_priced(
    file: TomlFile, name: str, choice: ModelChoice, prices: Mapping[str, Any]
) -> None:
    """A model without a price would pass every budget."""
    for key in ("model", "fallback"):
        model = getattr(choice, key)
        if model and model not in prices:
            file.wrong(f'"{model}" has no price in prices.toml; {near(model, prices)}', name, key)
