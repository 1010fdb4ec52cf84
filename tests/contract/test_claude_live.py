"""The vendor's own word for what the stand-in says: Claude itself, where there is a key."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TypeVar

import pytest
from pydantic import BaseModel

from deskhand.adapters.models.claude.answers import ANSWERS
from deskhand.adapters.models.claude.client import ClaudeClient
from deskhand.adapters.models.claude.doors import AnthropicDoor
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.adapters.models.claude.known_models import KNOWN
from deskhand.adapters.models.claude.layers import to_classify, to_draft
from deskhand.domain.draft import Claim
from deskhand.errors import Rejected
from deskhand.text.tokens import estimated_tokens
from deskhand.tools.registry import OURS
from tests.builders import ROOT, a_draft, a_drafted_turn, a_passage, a_policy, some_evidence
from tests.claude.asking import SMALL, a_file, an_ask, some_models
from tests.claude.live import KEY_VARIABLE, LIVE, WHY_NOT, at_claude_itself

Test = TypeVar("Test", bound=Callable[..., None])
TOOLS = [tool.spec() for tool in OURS.actions.values()]
A_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
"""One red point."""


def live(test: Test) -> Test:
    """A test that asks Claude itself."""
    for mark in LIVE:
        test = mark(test)
    return test


def a_client(door: AnthropicDoor, **choice: object) -> ClaudeClient:
    models = some_models(fallback="", timeout_s=60.0, **choice)
    tasks = dict.fromkeys(("draft", "judge"), models.tasks["draft"])
    return ClaudeClient(door, models.model_copy(update={"tasks": tasks}), lambda *_: None)


@live
@pytest.mark.parametrize("effort", ["low", "high"])
@pytest.mark.parametrize("model", KNOWN)
def test_every_model_that_we_know_takes_what_we_ask(model: str, effort: str) -> None:
    with at_claude_itself() as door:
        client = a_client(door, model=model, effort=effort, max_tokens=4000)
        value = client.ask(an_ask("The sky is blue, it is 21 degrees, wind from the west.")).value
    assert (value.sky.lower(), value.degrees) == ("blue", 21)


@live
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.__name__)
def test_the_shapes_of_our_answers_are_taken(answer: type[BaseModel]) -> None:
    with at_claude_itself() as door:
        turn = "Nothing is asked here: leave every list and text empty."
        assert a_client(door, max_tokens=4000).ask(an_ask(turn, answer=answer)).value


@live
def test_what_is_steady_is_kept_from_the_least_that_we_know_on() -> None:
    steady = ("You tell the weather.", f"{os.urandom(8).hex()} " + "Be brief and kind. " * 200)
    assert estimated_tokens(steady[1]) > KNOWN[SMALL].min_cached_tokens
    with at_claude_itself() as door:
        client, ask = a_client(door), an_ask("Blue, 21 degrees.", steady=steady)
        first, second = client.ask(ask).usage, client.ask(ask).usage
    assert (first.cache_write_tokens > 0, first.cache_read_tokens) == (True, 0)
    assert second.cache_read_tokens == first.cache_write_tokens


@live
def test_a_picture_is_seen() -> None:
    with at_claude_itself() as door:
        asked = an_ask(
            "Which colour is the point? Put it into `sky`, and 0 degrees.",
            files=(a_file("image/png", A_PICTURE),),
        )
        assert "red" in a_client(door).ask(asked).value.sky.lower()


@live
def test_a_key_that_is_none_is_refused() -> None:
    door = AnthropicDoor(lambda: "sk-ant-none")
    with pytest.raises(Rejected, match="401"):
        a_client(door).ask(an_ask())
    door.close()


@live
@pytest.mark.parametrize("task", ["classify", "draft"])
def test_our_estimate_of_tokens_is_not_far_off_and_not_below(task: str) -> None:
    policy = a_policy()
    layers = to_classify(policy.intents.values()) if task == "classify" else to_draft(policy, TOOLS)
    words = "\n\n".join(layers)
    with at_claude_itself() as door:
        counted = door.client().messages.count_tokens(
            model=SMALL, messages=[{"role": "user", "content": words}]
        )
    assert 0.95 <= estimated_tokens(words) / counted.input_tokens <= 1.5


@live
def test_a_judge_tells_what_stands_there_from_what_does_not() -> None:
    passage = a_passage("Returns are free within 30 days.", id="returns#1")
    claims = (
        Claim(text="You can return it for free for 30 days.", supports=("returns#1",)),
        Claim(text="You can return it for free for 90 days.", supports=("returns#1",)),
    )
    turn = a_drafted_turn(draft=a_draft(claims=claims), evidence=some_evidence(passages=(passage,)))
    with at_claude_itself() as door:
        doubts, used = ClaudeJudge(a_client(door)).doubts(turn)
    assert [doubt.claim for doubt in doubts] == [claims[1].text]
    assert used.calls == 1


def test_without_a_key_a_run_says_that_claude_itself_was_not_asked() -> None:
    bare = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"{__file__}::{PROBE}"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert f"{WHY_NOT} (1 tests did not run)" in done.stdout


PROBE = test_a_picture_is_seen.__name__
