"""Reminds whoever looks at the policy of a price list that nobody has compared for long."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskhand.adapters.model_files import read_models

OLD_DAYS = 180


def reminders_of(folder: Path, *, today: date) -> Iterator[str]:
    """A sentence where the prices are old; they are no mistake, only perhaps wrong by now."""
    models, _ = read_models(folder)
    if models.prices_checked is None:
        return
    age_days = (today - models.prices_checked).days
    if age_days > OLD_DAYS:
        yield (
            f"prices.toml: the prices were compared {age_days} days ago; compare them with the "
            "vendor's list, and set `checked` to the day when you did."
        )
