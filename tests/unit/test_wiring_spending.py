"""Where models cost something their price is kept; where they cost nothing, nobody counts."""

import pytest

from deskhand import wiring
from deskhand.adapters.lenient_spending import LenientSpending
from deskhand.wiring.environment import MissingSettingError
from tests.wired import wired_by

TABLE = {"DESKHAND_DESK_TABLE": "desk", "DESKHAND_KNOWLEDGE_BUCKET": "parts"}


def test_the_offline_model_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with wired_by(monkeypatch, {"DESKHAND_LANGUAGE_MODEL": "offline"}):
        assert wiring.spending() is None


@pytest.mark.parametrize("name", ["claude", "bedrock"])
def test_what_a_vendor_asks_for_is_kept_beside_the_conversations(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with wired_by(monkeypatch, {"DESKHAND_LANGUAGE_MODEL": name, **TABLE}):
        assert isinstance(wiring.spending(), LenientSpending)


def test_what_is_replayed_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    replay = {"DESKHAND_MODEL_RECORDINGS": "replay:somewhere"}
    with wired_by(monkeypatch, {"DESKHAND_LANGUAGE_MODEL": "claude", **TABLE, **replay}):
        assert wiring.spending() is None


def test_who_writes_has_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        wired_by(monkeypatch, {}),
        pytest.raises(MissingSettingError, match="DESKHAND_LANGUAGE_MODEL"),
    ):
        wiring.spending()
