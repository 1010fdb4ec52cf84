"""The sample shop's letters: they wait in a table, which is the laptop's mailbox."""

import sqlite3
from datetime import datetime

from pydantic import AwareDatetime

from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.noun import Noun
from deskhand.ports import Clock


class Letter(Noun):
    """One letter as it lies in a mailbox."""

    to: str
    subject: str
    text: str
    sent_at: AwareDatetime


class SampleShopLetters:
    """Sends letters into the table, and reads them out of it."""

    def __init__(self, tables: ShopTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    def send(self, to: str, *, subject: str, text: str) -> None:
        """Puts it into the mailbox of that address."""
        with self._tables.writing() as db:
            write(db, to, subject=subject, text=text, now=self._clock())

    def letters_to(self, address: str) -> tuple[Letter, ...]:
        """What lies in the mailbox of that address, oldest first."""
        found = self._tables.rows(
            "select address, subject, text, sent_at from letters where address = ? order by id",
            address.strip(),
        )
        return tuple(
            Letter(to=to, subject=subject, text=text, sent_at=sent_at)
            for to, subject, text, sent_at in found
        )


def write(db: sqlite3.Connection, to: str, *, subject: str, text: str, now: datetime) -> None:
    """Puts a letter into the table as part of a change."""
    db.execute(
        "insert into letters (address, subject, text, sent_at) values (?, ?, ?, ?)",
        (to, subject, text, now.isoformat()),
    )
