"""The data that nobody here wrote, where it lies beside the project."""

from functools import cache
from pathlib import Path

import pytest

from tests.builders import ROOT
from tests.exam.tau_retail.exam import Result, Sitting, Step
from tests.exam.tau_retail.pack import Pack, the_pack
from tests.exam.tau_retail.records import Database
from tests.exam.tau_retail.rows import Exam

DATA = ROOT.parent / "shared" / "data"
EXAM, SHOP = DATA / "tau_gate_dev", DATA / "tau_retail"

needs_data = pytest.mark.skipif(
    not (EXAM.is_dir() and SHOP.is_dir()),
    reason=f"the exam and its shop are no part of the project; they are looked for in {DATA}",
)


@cache
def the_exam() -> Exam:
    return Exam.read(EXAM)


@cache
def the_shop() -> Database:
    return Database.read(SHOP)


def a_sitting(pack: Pack | None = None, exam: Exam | None = None) -> Sitting:
    return Sitting(exam or the_exam(), the_shop(), pack or the_pack())


def results(*steps: Step) -> list[Result]:
    return [result for step in steps for result in step()]


def misses(*steps: Step) -> list[Result]:
    return [result for result in results(*steps) if not result.is_right]


def copy_of_the_exam(folder: Path) -> Path:
    """The exam's files in a folder where a test may bend them; gone with the test."""
    for file in EXAM.glob("*.jsonl"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder
