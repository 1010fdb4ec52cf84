"""`deskhand audit` shows what was decided and done, and `approve --set` changes what is asked."""

import json
from typing import Any

import httpx
import pytest

import scripts.deskhand_cli.approve
import scripts.deskhand_cli.audit
from deskhand.domain.audit import AuditedAction, AuditEntry
from tests.builders import NOON
from tests.terminal import Command, an_api, typed


def an_entry(name: str, **bent: Any) -> dict[str, Any]:
    done = AuditedAction(name="refund_order", fingerprint="f", came_to="done", reference="re_1")
    given = {
        "id": name,
        "at": NOON,
        "who": "the agent",
        "what": "answered",
        "conversation_id": "inbox:T1",
        "intent": "refund_request",
        "actions": (done,),
        "rules": ("REFUND_ABOVE_LIMIT",),
    }
    entry: dict[str, Any] = AuditEntry.model_validate(given | bent).model_dump(mode="json")
    return entry


class Desk:
    """A desk that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.sent: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []
        self.waiting: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.sent.append(json.loads(request.content))
            return httpx.Response(200, json={"summary": "a refund", "words": "It is so."})
        if request.url.path.endswith("/approvals"):
            return httpx.Response(200, json=self.waiting)
        self.asked.append(dict(request.url.params))
        page = self.pages.pop(0) if self.pages else {"entries": [], "next": None}
        return httpx.Response(200, json=page)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def deskhand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command against that desk; gives its exit code and what it said on each stream."""
    for command in (scripts.deskhand_cli.audit, scripts.deskhand_cli.approve):
        monkeypatch.setattr(command, "running_desk", lambda: an_api(desk))
    return typed(monkeypatch, capsys)


def test_each_day_is_asked_for_and_the_last_one_counts(desk: Desk, deskhand: Command) -> None:
    desk.pages = [{"entries": [an_entry("e1")], "next": None}]
    code, said, _ = deskhand("audit", "--from", "2026-11-20", "--to", "2026-11-21")

    assert code == 0
    assert [(query["from"][:10], query["to"][:10]) for query in desk.asked] == [
        ("2026-11-20", "2026-11-21"),
        ("2026-11-21", "2026-11-22"),
    ]
    assert "refund_order: done (re_1)" in said
    assert "refund_request, REFUND_ABOVE_LIMIT" in said


def test_a_long_day_is_read_page_by_page_each_entry_once(desk: Desk, deskhand: Command) -> None:
    first, second, third = (an_entry(f"e{number}") for number in range(3))
    desk.pages = [
        {"entries": [first, second], "next": second["at"]},
        {"entries": [second, third], "next": None},
    ]
    _, said, _ = deskhand("audit", "--from", "2026-11-21", "--to", "2026-11-21", "--json")

    assert [json.loads(line)["id"] for line in said.splitlines()] == ["e0", "e1", "e2"]
    assert desk.asked[1]["from"] == second["at"]


def test_a_conversation_is_shown_whenever_it_was(desk: Desk, deskhand: Command) -> None:
    code, said, _ = deskhand("audit", "--conversation", "inbox:T1")
    assert (code, desk.asked) == (0, [{"conversation": "inbox:T1"}])
    assert "Nothing was decided or done then." in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "yesterday"), "--from is 'yesterday'"),
        (("--from", "2026-11-22", "--to", "2026-11-21"), "--from 2026-11-22 is after --to"),
        (("--from", "1999-01-01", "--to", "2026-11-21"), "are too many at once"),
        (("--from", "2026-11-22", "--conversation", "inbox:T1"), "not both"),
    ],
)
def test_days_that_are_none_are_told(
    desk: Desk, deskhand: Command, arguments: tuple[str, ...], words: str
) -> None:
    code, out, said = deskhand("audit", *arguments)
    assert (code, out, desk.asked) == (2, "", [])
    assert words in said


def test_text_of_strangers_cannot_write_on_the_terminal(desk: Desk, deskhand: Command) -> None:
    desk.pages = [{"entries": [an_entry("e1", what="[red]x[/red]\x1b[2J")], "next": None}]
    _, said, _ = deskhand("audit", "--from", "2026-11-21", "--to", "2026-11-21")
    assert "\x1b" not in said
    assert "[red]x[/red]" in said


def test_a_yes_may_change_an_argument(desk: Desk, deskhand: Command) -> None:
    arguments = {"order_id": "1001", "amount_cents": 8000}
    action = {"name": "refund_order", "arguments": arguments}
    desk.waiting = [{"id": "a.1", "actions": [action]}]
    code, said, _ = deskhand("approve", "a.1", "--by", "Mia", "--set", "amount_cents=6000")

    assert code == 0
    assert "a refund: It is so." in said
    (sent,) = desk.sent
    assert (sent["decision"], sent["actions"][0]["arguments"]) == (
        "edit",
        {"order_id": "1001", "amount_cents": 6000},
    )


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("a.1", "--set", "amount_cents"), 2, "write it as amount_cents=6000"),
        (("a.1", "--set", "amount=1"), 2, "there are amount_cents, order_id"),
        (("a.1", "--set", "amount_cents=many"), 2, "'many' is not JSON"),
        (("a.2", "--set", "amount_cents=1"), 1, "a.2 does not wait for an answer"),
    ],
)
def test_a_change_that_fits_nothing_is_told(
    desk: Desk, deskhand: Command, given: tuple[str, ...], code: int, words: str
) -> None:
    arguments = {"order_id": "1001", "amount_cents": 8000}
    desk.waiting = [{"id": "a.1", "actions": [{"name": "refund_order", "arguments": arguments}]}]
    ended, _, said = deskhand("approve", *given)
    assert ended == code
    assert words in said
    assert desk.sent == []
