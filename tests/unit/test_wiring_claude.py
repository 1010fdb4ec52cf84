"""Claude is asked where the settings say so, at no cost to whoever does not ask it."""

import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from deskhand import wiring
from deskhand.adapters.careful_judge import CarefulJudge
from deskhand.adapters.circuit_breaker import FAILURES
from deskhand.adapters.circuit_breaking import BreakingModel
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.adapters.models.claude.doors import AnthropicDoor, BedrockDoor
from deskhand.domain.models import ModelChoice
from deskhand.errors import Rejected, Unavailable
from deskhand.wiring.claude import claude_door
from tests.builders import ROOT, a_policy, a_retrieved_turn
from tests.claude.asking import FINE, PRICES, a_choice, an_ask, asker_at, at_anthropic
from tests.claude.server import KEY, claude_server
from tests.wired import wired_by

SETTINGS = {
    "DESKHAND_LANGUAGE_MODEL": "claude",
    "DESKHAND_ANTHROPIC_KEY_SECRET": "anthropic",
    "DESKHAND_POLICIES_DIR": str(ROOT / "policies"),
}


@pytest.fixture(autouse=True)
def _connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_by(monkeypatch, SETTINGS), mock_aws():
        boto3.client("secretsmanager").create_secret(Name="anthropic", SecretString=f"{KEY}\n")
        yield


def test_claude_writes_where_it_is_set_behind_a_circuit_breaker() -> None:
    assert isinstance(wiring.language_model(), BreakingModel)
    assert isinstance(claude_door(), AnthropicDoor)


def test_the_key_is_what_the_secret_holds() -> None:
    door = claude_door()
    assert door.client().api_key == KEY
    assert str(door.client().base_url) == "https://api.anthropic.com"
    door.close()


def test_without_a_secret_claude_is_refused_with_the_page_that_says_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESKHAND_ANTHROPIC_KEY_SECRET", "none")
    with pytest.raises(Rejected, match=r"docs/claude\.md"):
        wiring.language_model()


def test_in_bedrock_no_key_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_LANGUAGE_MODEL", "bedrock")
    monkeypatch.setenv("DESKHAND_ANTHROPIC_KEY_SECRET", "none")
    wiring.language_model()
    assert isinstance(claude_door(), BedrockDoor)


def test_what_an_ask_costs_is_noted_with_its_conversation() -> None:
    models = a_policy().models.model_copy(update={"prices": PRICES})
    policy = a_policy().model_copy(update={"models": models})
    spending = MemorySpending()
    with claude_server(lambda _: FINE) as server, at_anthropic(server) as door:
        wiring.replace({"claude_door": door, "policy": policy, "spending": spending})
        used = wiring.asked().ask(an_ask()).usage

    assert 0 < used.cost_microusd == spending.spent("inbox:T1").conversation_microusd


def test_nobody_reads_a_draft_a_second_time_unless_the_policy_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert wiring.judge() is None

    wiring.reset()
    wiring.replace({"policy": with_a_judge(a_choice())})
    assert isinstance(wiring.judge(), CarefulJudge)

    wiring.reset()
    monkeypatch.setenv("DESKHAND_LANGUAGE_MODEL", "offline")
    wiring.replace({"policy": with_a_judge(a_choice())})
    assert wiring.judge() is None


def test_a_model_that_cannot_be_reached_is_left_alone_after_a_few_tries() -> None:
    with claude_server() as gone:
        pass
    with at_anthropic(gone) as door:
        wiring.replace({"asked": asker_at(gone, door).client})
        model = wiring.language_model()
        for _ in range(FAILURES):
            with pytest.raises(Unavailable, match="could not be reached"):
                model.draft(a_retrieved_turn(), intents={}, tools=())
        with pytest.raises(Unavailable, match="is left alone until"):
            model.draft(a_retrieved_turn(), intents={}, tools=())


def with_a_judge(choice: ModelChoice) -> object:
    models = a_policy().models
    tasks = {**models.tasks, "judge": choice}
    return a_policy().model_copy(update={"models": models.model_copy(update={"tasks": tasks})})


PROBE = """
import sys
from deskhand import wiring
wiring.language_model()
print("anthropic" in sys.modules, "boto3" in sys.modules)
"""


@pytest.mark.parametrize(
    ("initialization", "imported"), [("on-demand", "False False"), ("snap-start", "True False")]
)
def test_the_sdk_is_imported_before_a_snapshot_and_else_only_when_somebody_is_asked(
    initialization: str, imported: str
) -> None:
    """And whoever wires Claude before a snapshot has neither a key nor a connection yet."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=SETTINGS
        | {
            "PYTHONPATH": str(ROOT / "layers" / "deskhand" / "python"),
            "AWS_LAMBDA_INITIALIZATION_TYPE": initialization,
            "POWERTOOLS_TRACE_DISABLED": "true",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == imported
