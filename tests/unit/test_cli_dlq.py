"""What a person types to see what the queue gave up, and to let it be tried again."""

import json

import httpx
import pytest

from deskhand.domain.web import Request
from scripts.deskhand_cli import desks
from scripts.deskhand_cli.api import Address, DeskApi
from tests.terminal import Command, an_api, typed
from tests.unit.test_dead_letters import Desk, a_letter


@pytest.fixture
def desk() -> Desk:
    """A desk with two letters of one conversation, which a person has."""
    given = Desk()
    given.sees_to(a_letter("Where is it?", 1), a_letter("Hello?", 2))
    return given


@pytest.fixture
def asked() -> list[httpx.Request]:
    """What the desk was asked."""
    return []


@pytest.fixture
def deskhand(
    desk: Desk,
    asked: list[httpx.Request],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs a command against that desk."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        version, what, *more = request.url.path.removeprefix("/api").strip("/").split("/")
        assert (version, what) == ("v1", "dead-letters")
        route = (desk.routes.listed, desk.routes.shown, desk.routes.redrive)[len(more)]
        path = {"letter_id": "".join(more[:1])}
        said = route(Request(route="", path=path, body=request.content))
        return httpx.Response(said.status, json=said.body)

    def elsewhere(address: Address) -> DeskApi:
        return an_api(answer, address)

    monkeypatch.setattr(desks, "running_desk", lambda: an_api(answer))
    monkeypatch.setattr(desks, "DeskApi", elsewhere)
    for name in ("DESKHAND_API_URL", "DESKHAND_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return typed(monkeypatch, capsys, "dlq")


def test_dead_letters_are_listed_with_what_has_become_of_them(deskhand: Command) -> None:
    code, out, _ = deskhand("list")

    assert code == 0
    for told in ("letter-1", "2026-11-21 12:00", "inbox:T1", "handed over", "each time"):
        assert told in " ".join(out.split())
    assert "Where is it?" not in out


def test_a_machine_gets_the_list_as_json(deskhand: Command) -> None:
    _, out, _ = deskhand("list", "--json")

    assert [letter["id"] for letter in json.loads(out)] == ["letter-1", "letter-2"]


def test_where_nothing_was_given_up_that_is_said(deskhand: Command, desk: Desk) -> None:
    desk.kept._kept.clear()
    assert deskhand("list") == (0, "Every message could be dispatched.\n", "")


def test_one_letter_is_shown_whole(deskhand: Command) -> None:
    code, out, _ = deskhand("show", "letter-1")

    assert code == 0
    assert "state: handed_over" in out
    assert '"text":"Where is it?"' in out


def test_a_letter_is_redriven_after_the_older_ones_of_its_conversation(
    deskhand: Command, desk: Desk
) -> None:
    assert deskhand("redrive", "letter-2", "--by", "Mia") == (
        0,
        "letter-1: in the queue again (inbox:T1)\nletter-2: in the queue again (inbox:T1)\n",
        "",
    )
    assert desk.dispatched() == ["m1:again", "m2:again"]


def test_a_second_redrive_is_told_who_was_first(deskhand: Command) -> None:
    deskhand("redrive", "letter-1", "--by", "Mia")
    code, out, err = deskhand("redrive", "letter-1", "--by", "Tom")

    assert (code, out) == (1, "")
    assert "redriven by Mia already" in " ".join(err.split())


def test_a_redrive_needs_a_name(deskhand: Command, desk: Desk) -> None:
    code, _, err = deskhand("redrive", "letter-1")

    assert code == 2
    assert "--by" in err
    assert desk.inbox.take() == ()


def test_a_desk_elsewhere_is_asked_with_its_own_key(
    deskhand: Command, asked: list[httpx.Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKHAND_API_KEY", "theirs")
    code, _, _ = deskhand("list", "--url", "https://desk.example/")

    assert code == 0
    assert str(asked[-1].url) == "https://desk.example/v1/dead-letters"
    assert asked[-1].headers["authorization"] == "Bearer theirs"


def test_a_desk_elsewhere_is_not_asked_without_a_key(
    deskhand: Command, asked: list[httpx.Request]
) -> None:
    code, _, err = deskhand("list", "--url", "https://desk.example")

    assert code == 2
    assert "DESKHAND_API_KEY" in err
    assert asked == []
