"""The shop's records as its files have them, and money at the border: dollars there, cents here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

Record = Mapping[str, Any]
"""One user, order or product as the files have it; never changed, only replaced."""


def cents(dollars: float) -> int:
    """Dollars as the files have them (`52.029999999999745`) in whole cents."""
    return round(dollars * 100)


def dollars(amount_cents: int) -> float:
    """Cents as the files write them."""
    return amount_cents / 100


class UnreadableExamError(Exception):
    """What is wrong with the exam's or the shop's files, where, and what to do."""


@dataclass
class Database:
    """Everything that the shop knows."""

    users: dict[str, Record]
    orders: dict[str, Record]
    products: Mapping[str, Record]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The database in a folder of the benchmark's files. `UnreadableExamError`: one of them is
        missing or no JSON."""
        names = ("users", "orders", "products")
        users, orders, products = (_json(folder / f"taubench_retail_{name}.json") for name in names)
        return cls(users, orders, products)

    def fresh(self) -> "Database":
        """The same records in a database of its own."""
        return Database(dict(self.users), dict(self.orders), self.products)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        why = f"{file} cannot be read ({error.strerror})"
        raise UnreadableExamError(f"{why}: name the shop's folder with --shop.") from error
    except ValueError as error:
        raise UnreadableExamError(f"{file} is no JSON: {error}.") from error
