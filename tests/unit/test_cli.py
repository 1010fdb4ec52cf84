"""The command line says what is wrong in one sentence, and its exit code says it to machines."""

import json
import re
from pathlib import Path

import httpx
import pytest

import scripts.deskhand_cli.desks
from scripts.deskhand_cli.api import Decision
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.session import Session, announced, running_session
from scripts.deskhand_cli.terminal import plain
from tests.terminal import Command, a_session, an_api, typed


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command while no desk is up; gives its exit code and what it said on each stream."""
    monkeypatch.setattr(scripts.deskhand_cli.desks, "running_session", lambda: None)
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


@pytest.mark.parametrize("command", ["approvals", "tickets"])
def test_a_command_that_needs_a_running_desk_says_how_to_start_one(
    deskhand: Command, command: str
) -> None:
    code, _, said = deskhand(command)
    assert code == 1
    assert "start one with `deskhand serve`" in said


def test_claude_writes_on_this_machine_only_with_a_key(
    deskhand: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    monkeypatch.setattr("scripts.deskhand_cli.serve.running_session", lambda: None)
    code, _, said = deskhand("serve", "--model", "claude")

    assert code == 2
    assert "needs a key of Anthropic's API in ANTHROPIC_API_KEY" in said


def test_a_rejection_needs_its_reason(deskhand: Command) -> None:
    code, _, said = deskhand("reject", "a.1")
    assert code == 2
    assert "--reason" in said


@pytest.mark.parametrize("arguments", [("ask", "  "), ("ask", "hello", "--from", "ada")])
def test_a_question_needs_words_and_an_address(deskhand: Command, arguments: list[str]) -> None:
    code, _, said = deskhand(*arguments)
    assert code == 2
    assert said.startswith("deskhand: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON at line 1"),
        ('{"id": "t"}', "about: Field required"),
        ('{"id": "T"}', "id: String should match"),
    ],
)
def test_a_file_that_is_no_ticket_is_named_with_what_is_wrong_in_it(
    deskhand: Command, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "ticket.json"
    file.write_text(content, encoding="utf-8")
    code, out, err = deskhand("send", str(file))
    assert (code, out) == (2, "")
    assert str(file) in err
    assert said in err.replace("\n", " ")


def test_a_bad_line_is_named_by_its_number(deskhand: Command, tmp_path: Path) -> None:
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n\nnonsense\n", encoding="utf-8")
    code, _, err = deskhand("send", str(file))
    assert code == 2
    assert f"{file}:3: not JSON" in err


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_nothing_to_send_is_said(
    deskhand: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = deskhand("send", name)
    assert code == 2
    assert "there is no" in err


def test_an_empty_file_is_said_to_hold_no_ticket(deskhand: Command, tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text("\n", encoding="utf-8")
    code, _, err = deskhand("send", str(file))
    assert code == 2
    assert "there is no ticket in it" in err


# --- the API's client ----------------------------------------------------------------------------


def test_a_delivery_is_signed_as_the_door_wants_it() -> None:
    from datetime import UTC, datetime

    from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        why_not = BuiltInDoor().verify(headers, request.content, secret="s", now=datetime.now(UTC))
        arrival = BuiltInDoor().read(headers, request.content)
        assert (why_not, request.url.path) == ("", "/api/webhooks/inbox")
        return httpx.Response(202, json={"conversation_id": arrival.conversation_id})

    delivery = {
        "ticket_id": "T1",
        "message_id": "m1",
        "text": "hello",
        "from": {"email": "a@example.com"},
    }
    assert an_api(answer).deliver(delivery) == "inbox:T1"


def test_a_refusal_says_which_request_was_refused_and_why() -> None:
    api = an_api(lambda _: httpx.Response(400, json={"error": "text: too long"}))
    with pytest.raises(CommandError, match="POST /api/v1/tickets was refused with 400: text: too"):
        api.post_ticket({})


def test_a_desk_that_is_gone_is_said_to_be_gone() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(CommandError, match="is `deskhand serve` still running"):
        an_api(answer).tickets()


def test_a_busy_desk_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.deskhand_cli.api.PAUSE_S", 0.0)
    answers = iter([httpx.Response(503, json={}), httpx.Response(200, json=[])])
    assert an_api(lambda _: next(answers)).approvals() == []


def test_a_conversation_that_is_not_there_yet_is_none() -> None:
    assert an_api(lambda _: httpx.Response(404, json={})).conversation("inbox:T1") is None


def test_an_earlier_decision_is_told() -> None:
    kept = {"state": "rejected", "words": "Ruben rejected it on 2026-11-21 12:00 UTC."}
    api = an_api(lambda _: httpx.Response(409, json=kept))
    with pytest.raises(CommandError, match=re.escape("a.1: Ruben rejected it")):
        api.decide("a.1", Decision("approve", by="Ada"))


def test_an_id_in_a_path_cannot_lead_elsewhere() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.raw_path == b"/api/v1/approvals/..%2Fx%3Fy"
        assert json.loads(request.content)["decision"] == "approve"
        return httpx.Response(200, json={})

    assert an_api(answer).decide("../x?y", Decision("approve", by="Ada")) == {}


# --- the session of a running desk ---------------------------------------------------------------


def test_a_session_is_its_owners_alone_and_gone_when_the_desk_stops(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "session.json"
    with announced(a_session(), file):
        assert file.stat().st_mode & 0o077 == 0
        assert Session.model_validate_json(file.read_bytes()) == a_session()
    assert list(file.parent.iterdir()) == []


def test_what_a_desk_left_behind_that_is_gone_is_no_session(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    assert running_session(file) is None
    file.write_text(a_session().model_dump_json(), encoding="utf-8")
    assert running_session(file) is None
    file.write_text("nonsense", encoding="utf-8")
    assert running_session(file) is None


def test_a_strangers_words_cannot_command_the_terminal() -> None:
    shown = plain("[red]hello[/red]\x1b[2J\r\nthere")
    assert (
        shown.plain
        == "[red]hello[/red]\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}\nthere"
    )
    assert shown.spans == []
