"""What was done in the sample shop: each change once for its key, and readable afterwards."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.adapters.connectors.sample_shop_data import PaymentHabit
from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope, Made
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock

_PREFIX = {
    "refund": "R",
    "cancellation": "C",
    "return": "RET",
    "exchange": "EX",
    "credit": "CR",
    "bug": "BUG",
}
"""How the shop's own numbers begin; those of everything else begin with `D`."""


@dataclass(frozen=True)
class Asked:
    """What is asked for with a key; the same key never stands for anything else."""

    kind: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole of it, to be compared by."""
        return json.dumps([self.kind, self.subject, self.details], sort_keys=True)


@dataclass(frozen=True)
class Done:
    """What came of it."""

    money: Money | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    """What was done, where that says more than what was asked for."""
    reference: str = ""
    """The shop's own number for it, if it has one of its own already."""
    habit: PaymentHabit = ""
    """How the payment behind it misbehaves."""


class Deeds:
    """The one table of everything that was ever changed."""

    def __init__(self, tables: ShopTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    def once(
        self,
        scope: CustomerScope,
        idempotency_key: str,
        asked: Asked,
        do: Callable[[sqlite3.Connection], Done],
    ) -> str:
        """Does it in one transaction, unless it was done with that key already; gives its
        reference. What `do` raises undoes all of it."""
        with self._tables.writing() as db:
            if earlier := self._tables.rows(
                "select * from deeds where idempotency_key = ?", idempotency_key
            ):
                return _same(earlier[0], scope, asked)
            done = do(db)
            if done.habit == "declines":
                raise Rejected(f"{asked.kind} of {asked.subject}: the payment provider declined it")
            if done.habit == "times_out":
                raise Unavailable("the payment provider did not answer")
            reference = done.reference or reference_of(asked.kind, idempotency_key)
            db.execute(
                "insert into deeds values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    reference,
                    idempotency_key,
                    scope.customer_id,
                    asked.kind,
                    asked.subject,
                    done.money.amount_cents if done.money else None,
                    done.money.currency if done.money else None,
                    json.dumps({**asked.details, **done.details}),
                    asked.text,
                    self._clock().isoformat(),
                ),
            )
        if done.habit == "loses_answer":
            raise Unavailable("the payment provider hung up before it answered")
        return reference

    def made(self, scope: CustomerScope, idempotency_key: str) -> Made | None:
        """The change of this customer's made with that key."""
        found = self._tables.rows(
            "select * from deeds where idempotency_key = ? and customer_id = ?",
            idempotency_key,
            scope.customer_id,
        )
        if not found:
            return None
        row = found[0]
        cents = row["amount_cents"]
        return Made(
            id=row["id"],
            kind=row["kind"],
            subject=row["subject"],
            idempotency_key=row["idempotency_key"],
            made_at=datetime.fromisoformat(row["made_at"]),
            money=None if cents is None else Money(amount_cents=cents, currency=row["currency"]),
            details=json.loads(row["details"]),
        )


class ReadsBack:
    """What every system of the sample shop that can be changed has in common."""

    def __init__(self, tables: ShopTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock
        self._deeds = Deeds(tables, clock)

    def made(self, scope: CustomerScope, idempotency_key: str) -> Made | None:
        """The change of this customer's made with that key."""
        return self._deeds.made(scope, idempotency_key)


def reference_of(kind: str, idempotency_key: str) -> str:
    """The shop's own number for what is done with that key."""
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()[:8].upper()
    return f"{_PREFIX.get(kind, 'D')}-{digest}"


def _same(earlier: sqlite3.Row, scope: CustomerScope, asked: Asked) -> str:
    if (earlier["customer_id"], earlier["asked"]) != (scope.customer_id, asked.text):
        raise Rejected("this idempotency key was used for something else")
    return str(earlier["id"])
