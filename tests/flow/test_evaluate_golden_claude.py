"""Golden tickets with Claude, over its stand-in: recorded once, and evaluated again without it."""

from pathlib import Path

import pytest

from scripts.evaluation.golden_house import golden_house
from scripts.evaluation.golden_results import TicketResult, measured
from scripts.evaluation.golden_writer import Writer
from tests.claude.asking import at_anthropic
from tests.claude.brain import RuleBrain
from tests.claude.server import KEY, claude_server
from tests.evaluating import a_golden_ticket, a_golden_turn

BRAIN = RuleBrain({"delivery_times": "deliver"})
TICKET = a_golden_ticket(
    a_golden_turn(), a_golden_turn("And how long does delivery to France take?")
)


def evaluated(folder: Path, recordings: str) -> TicketResult:
    writer = Writer("claude", recordings, KEY)
    with golden_house(folder / "index", writer=writer) as house:
        return measured(house, TICKET)


def test_what_was_recorded_is_evaluated_again_without_claude(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = "deskhand.adapters.models.claude.doors.AnthropicDoor"
    with claude_server(BRAIN) as server, at_anthropic(server) as door:
        monkeypatch.setattr(doors, lambda _: door)
        recorded = evaluated(tmp_path, f"record:{tmp_path / 'kept'}")
        asked = len(server.bodies)
    monkeypatch.undo()

    replayed = evaluated(tmp_path, f"replay:{tmp_path / 'kept'}")

    assert asked > 0
    assert [turn.ended for turn in recorded.turns] == ["answered", "answered"]
    for before, again in zip(recorded.turns, replayed.turns, strict=True):
        assert (again.whole, again.alone) == (before.whole, before.alone)
        assert (again.reply, again.written_by) == (before.reply, before.written_by)
    assert recorded.turns[0].stages_microusd["generate"] > 0
    assert recorded.turns[0].cost_microusd == sum(recorded.turns[0].stages_microusd.values())


def test_the_prompts_can_be_told_from_who_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with claude_server(BRAIN) as server, at_anthropic(server) as door:
        monkeypatch.setattr("deskhand.adapters.models.claude.doors.AnthropicDoor", lambda _: door)
        result = evaluated(tmp_path, "none")

    assert all("claude" in turn.written_by for turn in result.turns)
