"""On a laptop models can be recorded and replayed; anywhere else they are only asked."""

from pathlib import Path
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.models.claude.client import ClaudeClient
from deskhand.adapters.models.claude.recording import Recorded, Replayed
from deskhand.errors import Rejected
from tests.builders import ROOT, a_turn
from tests.wired import wired_by

SETTINGS = {
    "DESKHAND_LANGUAGE_MODEL": "claude",
    "DESKHAND_ANTHROPIC_KEY_SECRET": "the-secret",
    "DESKHAND_POLICIES_DIR": str(ROOT / "policies"),
}


def wired(monkeypatch: pytest.MonkeyPatch, recordings: str) -> Any:
    settings = SETTINGS | ({"DESKHAND_MODEL_RECORDINGS": recordings} if recordings else {})
    with wired_by(monkeypatch, settings):
        return wiring.asked()


@pytest.mark.parametrize(
    ("recordings", "kind"),
    [
        ("", ClaudeClient),
        ("none", ClaudeClient),
        ("record:answers", Recorded),
        ("replay:answers", Replayed),
    ],
)
def test_the_setting_says_what_is_done_with_answers(
    monkeypatch: pytest.MonkeyPatch, recordings: str, kind: type
) -> None:
    assert isinstance(wired(monkeypatch, recordings), kind)


@pytest.mark.parametrize("recordings", ["replay", "replay:", "record:", "keep:answers"])
def test_a_setting_that_means_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, recordings: str
) -> None:
    with pytest.raises(Rejected, match=r"known: none, record:<folder>, replay:<folder>"):
        wired(monkeypatch, recordings)


def test_a_replay_needs_no_key_and_asks_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = SETTINGS | {
        "DESKHAND_ANTHROPIC_KEY_SECRET": "none",
        "DESKHAND_MODEL_RECORDINGS": f"replay:{tmp_path}",
    }
    with wired_by(monkeypatch, settings):
        model, intents = wiring.language_model(), wiring.policy().intents
        with pytest.raises(Rejected, match="no recording of this classify"):
            model.classify(a_turn(), intents=intents)
