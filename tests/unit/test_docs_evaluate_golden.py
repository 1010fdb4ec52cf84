"""The page about golden tickets tells the truth: its scores, its example and its words."""

import json
import re

from scripts.evaluation.golden import GoldenAction, GoldenTicket, GoldenTurn
from scripts.evaluation.golden_house import DAY
from scripts.evaluation.golden_marks import MEASURES
from tests.builders import ROOT

PAGE = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")


def test_every_score_is_explained_beside_its_stage():
    told = re.findall(r"^\| (\w+) \| (\w+) \| .+ \|$", PAGE, re.MULTILINE)

    assert told[1:] == [(one.stage, one.name) for one in MEASURES]


def test_the_example_is_a_golden_ticket():
    [example] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)

    assert GoldenTicket.model_validate(json.loads(example)).turns[0].says == ("Norway",)


def test_every_part_of_a_label_is_explained():
    fields = {*GoldenTurn.model_fields, *GoldenAction.model_fields} - {"text", "attachments"}

    assert [name for name in fields if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []


def test_the_day_of_the_tickets_is_told():
    assert f"{DAY:%Y-%m-%d}" in PAGE
