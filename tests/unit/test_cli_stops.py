"""What a person types to see what is stopped, and to let it go on."""

import json

import httpx
import pytest

from deskhand.adapters.memory.stops import MemoryStops
from deskhand.domain.web import Request
from deskhand.jobs.stops import StopRoutes
from scripts.deskhand_cli import stops as commands
from tests.builders import NOON, StoppedClock, a_policy
from tests.terminal import Command, an_api, typed


@pytest.fixture
def stops() -> MemoryStops:
    """What is stopped: refunds, of which there were too many."""
    kept = MemoryStops(a_policy().stops)
    for _ in range(20):
        kept.note("refund_order", "done", at=NOON)
    return kept


@pytest.fixture
def deskhand(
    stops: MemoryStops, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command against a desk that knows these stops."""
    routes = StopRoutes(stops, StoppedClock())

    def answer(request: httpx.Request) -> httpx.Response:
        version, what, *more = request.url.path.removeprefix("/api/").split("/")
        assert (version, what) == ("v1", "stops")
        asked = Request(route="", path={"action": "".join(more[:1])}, body=request.content)
        said = (routes.release if more else routes.standing)(asked)
        return httpx.Response(said.status, json=said.body)

    monkeypatch.setattr(commands, "running_desk", lambda: an_api(answer))
    return typed(monkeypatch, capsys)


def test_what_is_stopped_is_listed_with_its_reason(deskhand: Command) -> None:
    code, out, _ = deskhand("stops")

    assert code == 0
    assert "refund_order" in out
    assert "2026-11-21 12:00" in out
    assert "was done 20 times" in " ".join(out.split())


def test_a_machine_gets_it_as_json(deskhand: Command) -> None:
    _, out, _ = deskhand("stops", "--json")

    assert [stop["count"] for stop in json.loads(out)] == [20]


def test_a_person_lets_it_go_on(deskhand: Command, stops: MemoryStops) -> None:
    assert deskhand("release", "refund_order", "--by", "Mia") == (
        0,
        "refund_order: released by Mia\n",
        "",
    )
    assert stops.standing() == ()
    assert deskhand("stops") == (0, "Nothing is stopped.\n", "")


def test_what_is_not_stopped_cannot_be_released(deskhand: Command) -> None:
    code, out, err = deskhand("release", "cancel_order", "--by", "Mia")

    assert (code, out) == (1, "")
    assert "cancel_order is not stopped" in err


def test_a_release_needs_the_name_of_who_has_looked(deskhand: Command, stops: MemoryStops) -> None:
    code, _, err = deskhand("release", "refund_order")

    assert code == 2
    assert "--by" in err
    assert len(stops.standing()) == 1
