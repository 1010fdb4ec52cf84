"""What a person types to measure how their own messages would be sorted."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from scripts import fit_classifier
from tests.reading import SMALL
from tests.terminal import Command, typed

LEARNT = [
    {"text": text, "intent": name}
    for name in ("money_back", "hours", "rules")
    for text in SMALL[name].examples
]
READ: list[dict[str, Any]] = [
    {"text": "I want a refund for the kettle", "intent": "money_back"},
    {"text": "when do you open on Sunday", "intent": "hours"},
    {"text": "please cancel my plan", "intent": "cancel_plan"},
    {"text": "zorp quux blimfle", "oos": True},
    {"text": "nothing of that kind", "intent": None},
    {"text": "please refund my order", "intent": "money_back"},
    {"text": " ... ", "intent": "hours"},
]


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate intents` over hashed words."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(fit_classifier, "embedder_here", HashingEmbedder)
    return typed(monkeypatch, capsys, "evaluate", "intents")


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> str:
    file = folder / name
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(file)


def test_every_figure_is_there_for_machines(deskhand: Command, tmp_path: Path) -> None:
    train = written(tmp_path, "train.jsonl", [*LEARNT, LEARNT[0], {"text": "a poem", "oos": True}])
    code, said, _ = deskhand(train, written(tmp_path, "test.jsonl", READ), "--json")

    found = json.loads(said)
    assert code == 0
    assert found["learnt"] == {
        "rows": len(LEARNT) + 1,
        "intents": 3,
        "fewest_examples": 6,
        "most_examples": max(len(SMALL[name].examples) for name in ("money_back", "hours")),
        "out_of_scope": 1,
        "empty": 0,
        "repeated": 1,
    }
    assert (found["cross_validated"], found["test_empty"], found["test_learnt_from"]) == (0, 1, 1)
    assert found["in_scope"]["messages"] == 3
    assert found["in_scope"]["accuracy"] == found["in_scope"]["top_3"] == 1.0
    assert set(found["in_scope"]) == {
        "messages",
        "accuracy",
        "top_3",
        "sure",
        "accuracy_when_sure",
        "said",
        "expected_calibration_error",
    }
    assert found["out_of_scope"]["messages"] == 3
    assert found["out_of_scope"]["of_unlearnt_intents"] == 1
    assert found["out_of_scope"]["auc"] == 1.0
    assert found["out_of_scope"]["recall_at_5_percent_false_alarms"] == 1.0
    assert found["out_of_scope"]["wrongly_sure"] == 0.0
    assert found["saved"]["usd_per_call"] > 0
    assert found["saved"]["usd_per_1000_messages"] == pytest.approx(
        1000 * found["saved"]["share"] * found["saved"]["usd_per_call"], abs=1e-6
    )
    assert set(found["taken"]) == {"embedding_s", "fit_s", "message_ms_p50", "message_ms_p95"}


def test_people_read_tables_and_what_is_odd_about_the_files(
    deskhand: Command, tmp_path: Path
) -> None:
    train = written(tmp_path, "train.jsonl", LEARNT)
    code, said, progress = deskhand(train, written(tmp_path, "test.jsonl", READ))

    assert code == 0
    assert f"{len(LEARNT)} examples of 3 intents (6 to " in said
    assert "Left out, as the text says nothing: 1 lines" in said
    assert "as there is no example of what they want: 1 messages" in said
    assert "word for word, which flatters: 1 messages" in said
    assert "saved in 1,000 messages: " in said
    assert f"Embedding what is learnt ({len(LEARNT)})" in progress


def test_one_example_of_each_intent_is_enough_to_guess_and_too_little_to_be_sure(
    deskhand: Command, tmp_path: Path
) -> None:
    alone = [SMALL[name].examples[1] for name in ("money_back", "hours", "rules")]
    rows = [{"text": text, "intent": text[:3]} for text in alone]
    file = written(tmp_path, "one.jsonl", rows)
    code, said, _ = deskhand(file, file)

    assert code == 0
    assert "An intent of one example cannot be held out" in said
    assert "Never sure: 0% of all messages" in said


def test_where_nothing_is_out_of_scope_its_figures_are_left_open(
    deskhand: Command, tmp_path: Path
) -> None:
    train = written(tmp_path, "train.jsonl", LEARNT)
    _, said, _ = deskhand(train, written(tmp_path, "test.jsonl", READ[:2]), "--json")

    found = json.loads(said)["out_of_scope"]
    assert found["messages"] == 0
    assert {found["wrongly_sure"], found["auc"]} == {None}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": ', "line 2 cannot be read as JSON"),
        ("[1]", "line 2 is no JSON object"),
        ('{"intent": "hours"}', "line 2: text is missing"),
        ('{"text": "hello"}', 'line 2: intent is missing: name one, or write "oos": true'),
        ('{"text": ["a"], "intent": "hours"}', "line 2: text is ['a']: write it as text"),
        ('{"text": "a", "oos": "maybe"}', "line 2: oos is 'maybe': write true or false"),
        ('{"text": "a", "intent": "hours"}', "needs examples of 2 intents or more; there is hours"),
    ],
)
def test_a_bad_line_is_named(deskhand: Command, tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text('{"text": "when are you open", "intent": "hours"}\n' + line)
    code, said, problem = deskhand(str(file), written(tmp_path, "test.jsonl", READ))

    assert (code, said) == (2, "")
    assert words in " ".join(problem.split())


def test_what_is_missing_is_named(deskhand: Command, tmp_path: Path) -> None:
    train = written(tmp_path, "train.jsonl", LEARNT)

    assert "name the messages to read, too" in deskhand(train)[2]
    assert "cannot be read: No such file" in deskhand(train, str(tmp_path / "none"))[2]
    assert "there is no message in it" in deskhand(train, written(tmp_path, "no.jsonl", []))[2]


def test_without_files_the_shops_own_examples_are_read_by_each_other(
    deskhand: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = type("Small", (), {"intents": SMALL})
    monkeypatch.setattr("deskhand.adapters.policy_files.read_policy", lambda _: small)
    code, said, _ = deskhand("--json")

    found = json.loads(said)
    assert code == 0
    assert found["cross_validated"] == 5
    asked = found["in_scope"]["messages"] + found["out_of_scope"]["messages"]
    assert asked == sum(len(one.examples) for one in SMALL.values() if one.ours)
    assert found["out_of_scope"]["messages"] > 0
