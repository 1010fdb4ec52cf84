"""What a person types to score golden tickets, and how the command ends."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from deskhand.domain.conversation import Conversation
from deskhand.domain.turn import Ended, Ending
from scripts.deskhand_cli import desks
from scripts.deskhand_cli.seen import Seen
from scripts.evaluation.golden import read_golden
from tests.builders import CONVERSATION, NOON, TICKET, a_judged_turn, an_asker
from tests.evaluating import a_golden_ticket, a_golden_turn, golden_file
from tests.terminal import Command, a_session, an_api, typed

pytestmark = pytest.mark.slow  # all of it together: each command builds a house

WRONG = a_golden_turn(endings=["handed_over"])


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate` in this process alone."""
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys, "evaluate")


def one_process(file: Path, *more: str) -> tuple[str, ...]:
    return (str(file), "--processes", "1", "--baseline", str(file.parent / "baseline.json"), *more)


def test_a_file_is_scored_and_told_in_every_form(deskhand: Command, tmp_path: Path) -> None:
    file = golden_file(tmp_path, a_golden_ticket())
    html, xml = tmp_path / "report.html", tmp_path / "report.xml"
    forms = ("--html", str(html), "--junit", str(xml), "--update-baseline")

    code, said, heard = deskhand(*one_process(file, *forms))

    assert code == 0
    assert "Stage by stage" in said
    assert "Nothing here is random: one run of each ticket says all" in said
    assert "drafts by offline" in said
    assert "tickets (1)" in heard
    assert "<h1>How the desk answers</h1>" in html.read_text(encoding="utf-8")
    assert ElementTree.parse(xml).getroot().tag == "testsuites"
    assert json.loads((tmp_path / "baseline.json").read_text())["model"] == "offline"


def test_every_figure_is_there_for_machines(deskhand: Command, tmp_path: Path) -> None:
    file = golden_file(tmp_path, a_golden_ticket())

    code, said, _ = deskhand(*one_process(file, "--json", "--update-baseline"))
    _, again, _ = deskhand(*one_process(file, "--json", "--end-to-end"))

    told, later = json.loads(said), json.loads(again)
    assert code == 0
    assert (told["tickets"], told["passed"], told["seed"], told["pass_at"]) == (1, 1, 7, {})
    assert {one["name"]: one["alone"] for one in told["scores"]}["intent"]["right"] == 1
    assert told["ticket_results"][0]["turns"][0]["whole"]["ending"] is True
    assert later["comparison"]["compared"] == 1
    assert {one["alone"] for one in later["scores"]} == {None}


def test_a_real_drop_ends_with_one(
    deskhand: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [a_golden_ticket(id=f"norway-{number}") for number in range(4)]
    file = golden_file(tmp_path, *tickets)
    deskhand(*one_process(file, "--end-to-end", "--update-baseline"))
    monkeypatch.setattr("deskhand.adapters.models.offline.OfflineModel.draft", nobody_writes)

    code, said, _ = deskhand(*one_process(file, "--end-to-end"))

    assert code == 1
    assert "a real drop" in said
    assert "Worse: norway-0, norway-1, norway-2, norway-3" in said


def nobody_writes(*_: object, **__: object) -> Any:
    from deskhand.domain.draft import Draft

    return Draft(missing="everything")


def test_the_same_again_is_no_drop(deskhand: Command, tmp_path: Path) -> None:
    file = golden_file(tmp_path, a_golden_ticket(WRONG))
    deskhand(*one_process(file, "--update-baseline"))

    code, said, _ = deskhand(*one_process(file))

    assert code == 0
    assert "Every score is as it was." in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON at column"),
        ("[" * 100_000, "too deep to read"),
        ('{"id": "x"}', "from: Field required"),
        ("", "there is no golden ticket in it"),
    ],
)
def test_bad_input_ends_with_two(deskhand: Command, tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text(line)

    code, said, heard = deskhand(*one_process(file))

    assert (code, said) == (2, "")
    assert words in heard
    assert "Traceback" not in heard


def test_a_baseline_that_is_named_has_to_be_there(deskhand: Command, tmp_path: Path) -> None:
    file = golden_file(tmp_path, a_golden_ticket())

    code, _, heard = deskhand(*one_process(file))

    assert code == 2
    assert "baseline.json: No such file" in heard


def test_a_part_of_the_tickets_leaves_the_rest_of_the_baseline(
    deskhand: Command, tmp_path: Path
) -> None:
    both = golden_file(tmp_path, a_golden_ticket(id="a"), a_golden_ticket(id="b"))
    deskhand(*one_process(both, "--end-to-end", "--update-baseline"))
    one = golden_file(tmp_path, a_golden_ticket(WRONG, id="a"))

    deskhand(*one_process(one, "--end-to-end", "--update-baseline"))

    kept = json.loads((tmp_path / "baseline.json").read_text())["tickets"]
    assert set(kept) == {"a", "b"}
    assert "ending" in kept["a"]["whole"]


def test_what_nobody_has_corrected_is_left_out(deskhand: Command, tmp_path: Path) -> None:
    waiting = a_golden_ticket(id="waiting", to_correct="Put what should have happened.")
    file = golden_file(tmp_path, a_golden_ticket(), waiting)

    _, said, heard = deskhand(*one_process(file, "--json", "--end-to-end", "--update-baseline"))

    assert json.loads(said)["tickets"] == 1
    assert "left out until somebody has corrected them: waiting" in heard


def test_a_stored_turn_is_put_at_the_end_of_a_file(
    deskhand: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(desks, "running_session", a_session)
    monkeypatch.setattr(desks, "DeskApi", lambda address: an_api(a_desk_with_a_turn(asked)))
    file = golden_file(tmp_path, a_golden_ticket())

    code, said, heard = deskhand("--from-turn", "abcd", "--append", str(file))

    assert (code, said) == (0, "")
    assert "Labelled with what happened." in heard
    [kept, case] = read_golden(file)
    assert kept.id == "norway"
    assert case.id.startswith("turn-abcd")
    assert "Ada" not in file.read_text().splitlines()[1]
    assert [path for path in asked if "conversations" in path]


def test_a_turn_that_nobody_knows_is_one_sentence(
    deskhand: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "running_session", a_session)
    monkeypatch.setattr(desks, "DeskApi", lambda address: an_api(a_desk_with_a_turn([])))

    code, said, heard = deskhand("--from-turn", "ffff")

    assert (code, said) == (1, "")
    assert "no turn ffff of the last 31 days was found" in heard


def a_desk_with_a_turn(asked: list[str]) -> Any:
    turn = a_judged_turn("I am Ada, where is HR-4102?", asker=an_asker(), id="abcd" * 8)
    ended = Ended(turn=turn, ending=Ending(kind="answered", why="x", at=NOON))
    head = Conversation(
        id=CONVERSATION, helpdesk="inbox", ticket_id=TICKET, subject="", asker=an_asker()
    )

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if "audit" in request.url.path:
            entry = {"id": "turn:x", "turn_id": turn.id, "conversation_id": CONVERSATION}
            return httpx.Response(200, json={"entries": [entry], "next": None})
        if "kb/search" in request.url.path:
            return httpx.Response(404, json={"error": "there is none"})
        return httpx.Response(200, json=Seen(head, (ended,)).as_json())

    return answer
