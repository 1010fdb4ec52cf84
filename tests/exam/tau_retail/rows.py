"""The exam's rows as its files have them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import ConfigDict, Field, ValidationError

from deskhand.domain.draft import ProposedAction
from deskhand.domain.noun import Noun
from tests.exam.tau_retail.records import Record, UnreadableExamError

RowT = TypeVar("RowT", bound="Row")


class Row(Noun):
    """One line of one file; what it says beyond our fields is for people."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    set: str = ""
    task_id: str

    @property
    def task(self) -> tuple[str, str]:
        """The task that it is made from."""
        return self.set, self.task_id


class Confirmed(Noun):
    """What the customer said yes to."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    arguments: dict[str, Any]

    @property
    def proposed(self) -> ProposedAction:
        """It, as a draft had proposed it."""
        return ProposedAction(name=self.name, arguments=self.arguments)


class Write(Row):
    """A write that is submitted in a session."""

    session_user: str | None
    name: str
    arguments: dict[str, Any]
    expect: str = "allow"

    @property
    def proposed(self) -> ProposedAction:
        """It, as a draft proposes it."""
        return ProposedAction(name=self.name, arguments=self.arguments)

    @property
    def is_allowed(self) -> bool:
        """Whether the shop did it."""
        return self.expect == "allow"


class Gold(Write):
    """A write of a task's own solution."""

    write_index: int
    refund_amount: float | None = None


class Variant(Write):
    """Another write that is as right as the task's own."""

    kind: str
    before_write_index: int


class Mutant(Write):
    """A write that breaks one rule."""

    kind: str
    before_write_index: int
    confirmed: Confirmed | None
    db_patch: dict[str, Any] | None = None
    expect_codes: tuple[str, ...]


class AuthCase(Row):
    """Somebody says who they are."""

    kind: str
    name: str
    arguments: dict[str, str]
    session_user: str | None = None
    """Who is being helped in that session already."""
    expect_user: str | None
    expect_code: str | None = None


class Diff(Row):
    """The records of a task's orders and users once its gold writes are done."""

    orders: Mapping[str, Record] = Field(default_factory=dict)
    users: Mapping[str, Record] = Field(default_factory=dict)


class Exam(Noun):
    """A whole folder of rows."""

    gold: tuple[Gold, ...]
    variants: tuple[Variant, ...]
    mutants: tuple[Mutant, ...]
    auth_cases: tuple[AuthCase, ...]
    diffs: tuple[Diff, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The exam in a folder. `UnreadableExamError`: a file is missing or a line is no row."""
        return cls(
            gold=_rows(folder / "gold_actions.jsonl", Gold),
            variants=_rows(folder / "variants.jsonl", Variant),
            mutants=_rows(folder / "mutants.jsonl", Mutant),
            auth_cases=_rows(folder / "auth_cases.jsonl", AuthCase),
            diffs=_rows(folder / "expected_diffs.jsonl", Diff),
        )

    def gold_of(self, task: tuple[str, str]) -> list[Gold]:
        """A task's own writes, in order."""
        own = (row for row in self.gold if row.task == task)
        return sorted(own, key=lambda row: row.write_index)


def _rows(file: Path, kind: type[RowT]) -> tuple[RowT, ...]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        why = f"{file} cannot be read ({error.strerror})"
        raise UnreadableExamError(f"{why}: name a folder with the exam's five files.") from error
    rows: list[RowT] = []
    for number, line in enumerate(lines, start=1):
        try:
            rows += [kind.model_validate(json.loads(line))] if line.strip() else []
        except ValidationError as error:
            first = error.errors()[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise UnreadableExamError(f"{file}, line {number}: {what}.") from error
        except ValueError as error:
            raise UnreadableExamError(f"{file}, line {number} is no JSON: {error}.") from error
    return tuple(rows)
