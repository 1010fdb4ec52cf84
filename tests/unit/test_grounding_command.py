"""What a person types to measure what the gate lets through, and what they are told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.deskhand_cli.evaluate_grounding_tables import COLUMNS
from scripts.evaluation.grounding_set import read_grounding_set
from tests.builders import ROOT
from tests.terminal import Command, typed

PAGE = (ROOT / "docs" / "evaluate-grounding.md").read_text(encoding="utf-8")
RETURNS = "You can return an item within 30 days of delivery. Gift cards cannot be returned."
ROWS: list[dict[str, Any]] = [
    {"passages": [RETURNS], "sentence": "An item can be returned for 30 days.", "supported": True},
    {
        "passages": [{"id": "returns", "text": RETURNS}],
        "sentence": "You can return an item within 60 days of delivery.",
        "supported": False,
        "kind": "number",
    },
    {"passages": [RETURNS], "sentence": "Gift cards can be returned.", "supported": False},
    {
        "passages": [RETURNS],
        "sentence": "Pets and plants love marble sculptures.",
        "supported": True,
    },
    {"passages": [RETURNS], "sentence": "You can return gift items.", "supported": False},
]


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate grounding`."""
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys, "evaluate", "grounding")


def written(folder: Path, *lines: str) -> str:
    file = folder / "mine.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_every_figure_is_there_for_machines(deskhand: Command, tmp_path: Path) -> None:
    code, said, _ = deskhand(written(tmp_path, *map(json.dumps, ROWS)), "--json")

    found = json.loads(said)
    assert code == 0
    assert set(found) == {"file", "min_support", "all_rows", "kept_aside", "seed", "ms_per_row"}
    told = found["all_rows"]
    assert (told["rows"], told["supported"], told["unsupported"]) == (5, 2, 3)
    assert told["caught_by_gate"] == pytest.approx(2 / 3)
    assert told["false_alarms_of_gate"] == 0.5
    assert told["precision_of_gate"] == pytest.approx(2 / 3)
    assert [one["line"] for one in told["missed"]] == [5]
    assert [one["line"] for one in told["wronged"]] == [4]
    [number] = told["kinds"]
    assert (number["kind"], number["unsupported"], number["caught_by_gate"]) == ("number", 1, 1.0)
    assert found["kept_aside"] is None


def test_people_see_the_worst_mistakes_with_their_lines(deskhand: Command, tmp_path: Path) -> None:
    code, said, _ = deskhand(written(tmp_path, *map(json.dumps, ROWS)))

    assert code == 0
    assert "2 supported and 3 unsupported sentences" in said
    assert re.search(r"line 5, 0\.\d\d, You can return gift items\.", said)
    assert re.search(r"line 4, 0\.\d\d, Pets and plants .* \(it says more", said)


def test_without_a_file_our_own_set_is_measured_with_a_half_kept_aside(deskhand: Command) -> None:
    code, said, _ = deskhand()

    assert code == 0
    assert "the half that nothing was tuned on (seed 7)" in said
    assert "other_product" in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 100_000, "line 2: lists within lists"),
        ("[]", "line 2: write an object"),
        ('{"passages": ["a"], "supported": true}', "line 2: sentence is missing"),
        ('{"passages": ["a"], "sentence": "a", "supported": "yes"}', "write true or false"),
        ('{"passages": [], "sentence": "a", "supported": true}', "write a list of texts"),
        ('{"passages": "a", "sentence": "a", "supported": true}', "write a list of texts"),
        ('{"passages": [{"id": "a"}], "sentence": "a", "supported": true}', "a passage is"),
        ('{"passages": ["a"], "sentence": "a", "supported": true, "kind": 3}', "kind is 3"),
    ],
)
def test_a_bad_line_is_named(deskhand: Command, tmp_path: Path, line: str, words: str) -> None:
    code, said, told = deskhand(written(tmp_path, json.dumps(ROWS[0]), line))

    assert (code, said) == (2, "")
    assert words in " ".join(told.split())


@pytest.mark.parametrize(
    ("lines", "words"),
    [((), "there is no row in it"), ((json.dumps(ROWS[0]),), "both kinds are needed")],
)
def test_a_file_that_cannot_be_measured_is_refused(
    deskhand: Command, tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    code, _, told = deskhand(written(tmp_path, *lines))

    assert code == 2
    assert words in " ".join(told.split())


def test_a_file_that_is_not_there_is_named(deskhand: Command) -> None:
    code, _, told = deskhand("nowhere.jsonl")

    assert code == 2
    assert "nowhere.jsonl" in told


def test_the_page_tells_the_truth(tmp_path: Path) -> None:
    [example] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    file = written(tmp_path, *example.strip().splitlines())

    assert [row.supported for row in read_grounding_set(Path(file))] == [True, False]
    assert [column for column in COLUMNS if column not in PAGE] == []
