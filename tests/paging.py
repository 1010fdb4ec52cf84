"""The pages behind the links of a desk in memory, as they lie in the package."""

from pathlib import Path
from string import Template

import deskhand
from deskhand.jobs.approval_page import ApprovalPages
from tests.memory_house import MemoryHouse

FOLDER = Path(deskhand.__file__).parent / "pages"


def pages_of(house: MemoryHouse) -> ApprovalPages:
    return ApprovalPages(
        turns=house.turns,
        links=house.links,
        page=Template((FOLDER / "approval.html").read_text(encoding="utf-8")),
        forms=Template((FOLDER / "approval_forms.html").read_text(encoding="utf-8")),
    )
