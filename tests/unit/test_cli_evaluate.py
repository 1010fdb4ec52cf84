"""What a person types to measure the desk on questions of their own."""

import json
from pathlib import Path

import pytest

from tests.terminal import Command, typed

DOCUMENTS = (
    {"doc_id": "delivery", "title": "Delivery", "text": "Parcels to Norway travel six days."},
    {"doc_id": "returns", "title": "Returns", "text": "Send a jacket back within 30 days."},
    {"doc_id": "hours", "text": "The shop is open from ten to six, on Sundays from noon."},
)
QUESTIONS = (
    {"query": "How many days do parcels to Norway travel?", "gold": ["delivery"]},
    {"query": "Within how many days may a jacket come back?", "gold": ["returns"]},
    {"query": "Who was the first person on the moon?", "gold": []},
)


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate retrieval`."""
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys, "evaluate", "retrieval")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents and three questions."""
    for name, rows in (("docs.jsonl", DOCUMENTS), ("queries.jsonl", QUESTIONS)):
        lines = (json.dumps(row) for row in rows)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_every_figure_is_there_for_machines(deskhand: Command, folder: Path) -> None:
    code, said, _ = deskhand(str(folder), "--json")

    found = json.loads(said)
    assert code == 0
    assert (found["documents"], found["chunks"], found["seed"], found["resamples"]) == (
        3,
        3,
        7,
        1000,
    )
    assert found["questions"] == {"answerable": 2, "unanswerable": 1}
    assert found["embedder"].startswith("minilm") or found["embedder"].startswith("wordllama")
    assert {(row["search"], row["standalone"]) for row in found["rows"]} >= {
        (search, standalone)
        for search in ("bm25", "vectors", "hybrid")
        for standalone in (False, True)
    }
    [default] = [row for row in found["rows"] if row["default"]]
    assert default["figures"] == {
        "questions": 2,
        "recall_at_1": 1.0,
        "recall_at_3": 1.0,
        "recall_at_5": 1.0,
        "hit_at_5": 1.0,
        "mrr_at_10": 1.0,
    }
    assert [one["figure"] for one in found["differences"]] == ["mrr_at_10", "recall_at_5"] * 2
    assert set(found["differences"][0]["interval"]) == {"mean", "low", "high"}
    assert {one["answerability"] for one in found["abstention"]} == {"answerable", "unanswerable"}
    assert all(sum(one["shares"].values()) == pytest.approx(1) for one in found["abstention"])
    assert found["thin_retrieval_auc"] == {"unanswerable": 1.0, "underspecified": None}
    assert set(found["seconds"]) == {"index", "rank", "answer"}
    assert found["gold"]["unknown"] == 0


def test_people_read_tables_and_what_they_were_made_with(deskhand: Command, folder: Path) -> None:
    code, said, progress = deskhand(str(folder), "--seed", "11")

    assert code == 0
    assert "3 documents in 3 chunks; questions: 2 answerable, 1 unanswerable" in said
    assert "hybrid, with history (default)" in said
    assert "1,000 redraws, seed 11" in said
    assert "Thin retrieval tells answerable from unanswerable questions: AUC 1.000" in said
    assert progress.splitlines() == ["indexing (3)", "asking (6)", "answering (3)"]


def test_what_is_odd_about_the_gold_is_said_first(deskhand: Command, folder: Path) -> None:
    odd = {"query": "And to Sweden?", "gold": ["sweden", "delivery"]}
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(odd))

    code, said, _ = deskhand(str(folder))

    assert code == 0
    assert said.startswith("Left out, as no document has that id: 1 of the gold, as sweden\n")


def test_documents_without_a_word_are_named(deskhand: Command, folder: Path) -> None:
    with (folder / "docs.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"doc_id": "blank", "title": "", "text": ""}))

    _, said, _ = deskhand(str(folder))

    assert "Documents that were left out: 1\n  blank: it has neither a title nor a text" in said


@pytest.mark.parametrize(
    ("name", "line", "wrong"),
    [
        ("docs.jsonl", '{"doc_id": "hours"}', "docs.jsonl, line 4: doc_id hours stands in line 3"),
        ("docs.jsonl", '{"doc_id"', "docs.jsonl, line 4 cannot be read as JSON"),
        ("queries.jsonl", '{"query": "x"}', "queries.jsonl, line 4: gold is None"),
    ],
)
def test_bad_input_is_one_sentence(
    deskhand: Command, folder: Path, name: str, line: str, wrong: str
) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n" + line)

    code, said, trouble = deskhand(str(folder))

    assert (code, said) == (2, "")
    assert wrong in trouble
    assert "Traceback" not in trouble


def test_a_folder_that_is_not_there_is_one_sentence(deskhand: Command, tmp_path: Path) -> None:
    code, said, trouble = deskhand(str(tmp_path / "nowhere"))

    assert (code, said) == (2, "")
    assert trouble == f"deskhand: {tmp_path / 'nowhere'}: there is no such folder\n"


def test_a_reranker_that_is_not_known_is_one_sentence(deskhand: Command, folder: Path) -> None:
    code, said, trouble = deskhand(str(folder), "--reranker", "magic")

    assert (code, said) == (1, "")
    assert trouble.startswith("deskhand: DESKHAND_RERANKER names 'magic'; known: none, ")


def test_without_a_reranker_that_is_said(deskhand: Command, folder: Path) -> None:
    _, said, _ = deskhand(str(folder))

    assert ", reranker none; " in said
    assert "hybrid + rerank" not in said


def test_what_lies_in_the_files_cannot_paint_the_terminal(deskhand: Command, folder: Path) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"query": "x", "gold": ["[red]\u001b[31m", "hours"]}))

    code, said, _ = deskhand(str(folder))

    assert code == 0
    assert "[red]\N{REPLACEMENT CHARACTER}[31m" in said
