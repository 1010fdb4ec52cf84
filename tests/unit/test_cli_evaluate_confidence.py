"""What a person types to see what the stated confidence is worth."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from scripts.deskhand_cli.evaluate_confidence_tables import confidence_tables
from scripts.evaluation.confidence import ConfidenceReport, report_of
from scripts.evaluation.confidence_answers import Answers
from tests.terminal import Command, typed
from tests.unit.test_confidence_fit import an_answer

DOCUMENTS = (
    {"doc_id": "delivery", "title": "Delivery", "text": "Parcels to Norway travel six days."},
    {"doc_id": "returns", "title": "Returns", "text": "Send a jacket back within 30 days."},
)
QUESTIONS = (
    {"query": "How many days do parcels to Norway travel?", "gold": ["delivery"]},
    {"query": "Within how many days may a jacket come back?", "gold": ["returns"]},
    {"query": "Who was the first person on the moon?", "gold": []},
)


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate confidence`."""
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys, "evaluate", "confidence")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents and three questions."""
    for name, rows in (("docs.jsonl", DOCUMENTS), ("queries.jsonl", QUESTIONS)):
        lines = (json.dumps(row) for row in rows)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def shown(report: ConfidenceReport) -> str:
    console = Console(width=160, record=True, file=None, quiet=False, color_system=None)
    with console.capture() as captured:
        console.print(confidence_tables(report))
    return captured.get()


def a_report(answers: int = 60, *, right: int = 30) -> ConfidenceReport:
    """So many answers as sure as 0.8, of which the first ones are right."""
    found = tuple(an_answer(0.9, right=place < right) for place in range(answers))
    return report_of(
        "mine",
        Answers(questions=100, found=found),
        reading="intents",
        weighing=("a test", lambda kept: [0.8 for _ in kept]),
        embedder="minilm:1",
        seed=7,
        began_s=0.0,
    )


def test_every_figure_is_there_for_machines(deskhand: Command, folder: Path):
    code, said, _ = deskhand(str(folder), "--json")

    found = json.loads(said)
    assert code == 0
    assert (found["reading"], found["questions"], found["seed"]) == ("open", 3, 7)
    assert {*found["now"]} == {*found["own_word"]} >= {"reliability", "risk_coverage", "at_risk"}
    assert 0 <= found["right"] <= 1


def test_right_answers_of_a_small_base_are_surer_than_wrong_ones(deskhand: Command, folder: Path):
    _, said, _ = deskhand(str(folder), "--json")

    points = json.loads(said)["now"]["risk_coverage"]["points"]
    assert points[0]["risk"] == 0.0


def test_a_person_reads_how_often_it_held_and_what_it_costs(deskhand: Command, folder: Path):
    code, said, _ = deskhand(str(folder))

    assert code == 0
    assert "What was said, and how often it held" in said
    assert "What may be answered at which price" in said
    assert "are too few to choose a threshold by" in said
    assert "seed 7" in said


def test_a_folder_that_is_not_there_is_named(deskhand: Command, tmp_path: Path):
    code, _, complaint = deskhand(str(tmp_path / "nowhere"))

    assert code != 0
    assert "nowhere: there is no such folder" in " ".join(complaint.split())


def test_a_reading_that_there_is_not_is_refused(deskhand: Command, folder: Path):
    code, _, complaint = deskhand(str(folder), "--reading", "aloud")

    assert code != 0
    assert "write intents or open" in complaint


def test_each_bin_is_a_bar_with_a_mark_where_it_was_said_to_be():
    [line] = [one for one in shown(a_report()).splitlines() if "0.8 to 0.9" in one]

    assert line.split()[3:6] == ["60", "0.80", "0.50"]
    assert line.count("━") == 15
    assert line.index("┃") > line.rindex("━")


def test_where_no_threshold_is_good_enough_nothing_is_answered():
    page = shown(a_report())

    assert "10%" in page
    assert "nothing" in page
    assert "The policy's thresholds answer 60 (60%), 50.0% of them wrong" in page


def test_an_intent_with_enough_answers_has_a_row_of_its_own():
    assert "order_status" in shown(a_report())
    assert "order_status" not in shown(a_report(10, right=5))


def test_that_nothing_is_weighed_is_said():
    page = shown(
        report_of(
            "mine",
            Answers(questions=1, found=(an_answer(0.9),)),
            reading="open",
            weighing=("the model's own word", lambda kept: [0.5 for _ in kept]),
            embedder="wordllama:1",
            seed=7,
            began_s=0.0,
        )
    )

    assert "has no weights for this embedder" in page
