"""What a person types to answer a customer, and to let the agent learn from it."""

import json
from pathlib import Path

import httpx
import pytest

from deskhand.domain.web import Request
from scripts.deskhand_cli import kb_learn
from scripts.deskhand_cli import reply as replying
from tests.builders import CONVERSATION
from tests.terminal import Command, an_api, typed
from tests.unit.test_console import KEY, People

ROUTES = (
    ("POST", r"/v1/tickets/{ticket_id}/replies"),
    ("GET", r"/v1/kb/proposals"),
    ("POST", r"/v1/kb/proposals"),
    ("GET", r"/v1/kb/proposals/{proposal_id}"),
    ("POST", r"/v1/kb/proposals/{proposal_id}/approve"),
    ("POST", r"/v1/kb/proposals/{proposal_id}/reject"),
)


@pytest.fixture
def people() -> People:
    people = People()
    people.house.arrives("Do you rent out telescopes?")
    return people


@pytest.fixture
def deskhand(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command against the console of these people's desk."""

    def answer(request: httpx.Request) -> httpx.Response:
        said = request.url.path.removeprefix("/api").split("/")
        [(pattern, path)] = [
            (pattern, _path(pattern, said))
            for method, pattern in ROUTES
            if method == request.method and _fits(pattern, said)
        ]
        route = f"{request.method} {pattern}"
        asked = Request(route=route, path=path, headers=KEY, body=request.content)
        answered = people.console.routes()[route](asked)
        return httpx.Response(answered.status, json=answered.body)

    for module in (kb_learn, replying):
        monkeypatch.setattr(module, "running_desk", lambda: an_api(answer))
    return typed(monkeypatch, capsys)


def _fits(pattern: str, said: list[str]) -> bool:
    parts = pattern.split("/")
    return len(parts) == len(said) and all(
        part == one or part.startswith("{") for part, one in zip(parts, said, strict=True)
    )


def _path(pattern: str, said: list[str]) -> dict[str, str]:
    parts = zip(pattern.split("/"), said, strict=True)
    return {part.strip("{}"): one for part, one in parts if part.startswith("{")}


@pytest.fixture
def proposal(deskhand: Command) -> str:
    """A proposal of what a person answered."""
    answered = deskhand("reply", "T1", "Yes, for 25 EUR.", "--by", "Bo", "--status", "solved")
    assert answered == (0, "T1: answered by Bo, solved\n", "")
    code, out, _ = deskhand("kb", "learn", CONVERSATION)
    assert code == 0
    assert "Yes, for 25 EUR." in out
    return out.split()[2].rstrip(":")


def test_what_waits_is_listed_and_shown(deskhand: Command, proposal: str) -> None:
    assert "Do you rent out telescopes?" in deskhand("kb", "proposals")[1]
    [listed] = json.loads(deskhand("kb", "proposals", "--json")[1])
    assert listed["id"] == proposal
    code, out, _ = deskhand("kb", "proposal", proposal)
    assert (code, out.splitlines()[0]) == (0, "---")


def test_what_is_approved_is_an_article(
    deskhand: Command, people: People, proposal: str, tmp_path: Path
) -> None:
    edited = tmp_path / "edited.md"
    edited.write_text("# Renting\n\n25 EUR a weekend.\n", encoding="utf-8")

    code, out, _ = deskhand("kb", "approve", proposal, "--by", "Mia", "--file", str(edited))

    assert (code, proposal in out) == (0, True)
    assert "25 EUR a weekend" in str(people.console.documents.get(proposal.partition(".")[0]))
    assert deskhand("kb", "proposals")[1] == "Nothing waits.\n"


def test_what_is_rejected_is_gone(deskhand: Command, proposal: str) -> None:
    assert deskhand("kb", "reject", proposal, "--by", "Mia")[0] == 0
    code, _, err = deskhand("kb", "approve", proposal, "--by", "Mia")
    assert code != 0
    assert f"there is no proposal {proposal}" in err


def test_a_file_that_is_not_there_is_named(deskhand: Command, proposal: str) -> None:
    code, _, err = deskhand("kb", "approve", proposal, "--by", "Mia", "--file", "nowhere.md")
    assert code != 0
    assert "nowhere.md" in err


def test_what_nobody_answered_teaches_nothing(deskhand: Command) -> None:
    code, _, err = deskhand("kb", "learn", CONVERSATION)
    assert code != 0
    assert "not solved" in err
