"""What every language model promises: typed readings and drafts that stand on what was found.

Another adapter joins as one more parameter.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.models.claude.client import ClaudeClient
from deskhand.adapters.models.claude.model import ClaudeModel
from deskhand.adapters.models.offline import OfflineModel
from deskhand.domain.classification import IntentGuess
from deskhand.domain.policy import Intent
from deskhand.ports import LanguageModel
from deskhand.tools.registry import OURS
from tests.builders import (
    a_passage,
    a_policy,
    a_reading,
    a_retrieved_turn,
    a_turn,
    an_order_fact,
    some_evidence,
)
from tests.claude.asking import at_anthropic
from tests.claude.brain import RuleBrain
from tests.claude.live import LIVE, at_claude_itself
from tests.claude.server import claude_server
from tests.reading import SMALL, a_small_classifier

TOOLS = [OURS.actions["refund_order"].spec()]
RULES = a_passage(
    "You can return shoes within 30 days. Worn shoes cannot be returned.",
    id="rules#1",
    category="returns",
    similarity=0.7,
)


@contextmanager
def offline() -> Iterator[LanguageModel]:
    yield OfflineModel(HashingEmbedder(), a_small_classifier())


@contextmanager
def claude() -> Iterator[LanguageModel]:
    """Claude's adapter and the vendor's SDK, over a stand-in that follows plain rules."""
    brain = RuleBrain({"money_back": "refund", "hours": "open", "rules": "return"})
    with claude_server(brain) as server, at_anthropic(server) as door:
        client = ClaudeClient(door, a_policy().models, lambda *_: None)
        yield ClaudeModel(client, a_policy(), TOOLS)


@contextmanager
def claude_itself() -> Iterator[LanguageModel]:
    with at_claude_itself() as door:
        client = ClaudeClient(door, a_policy().models, lambda *_: None)
        yield ClaudeModel(client, a_policy(), TOOLS)


@pytest.fixture(params=[offline, claude, pytest.param(claude_itself, marks=LIVE)])
def model(request: pytest.FixtureRequest) -> Iterator[LanguageModel]:
    make: Callable[[], AbstractContextManager[LanguageModel]] = request.param
    with make() as model:
        yield model


def only(*names: str) -> dict[str, Intent]:
    return {name: SMALL[name] for name in names}


def test_a_reading_names_intents_of_the_policy_and_no_others(model: LanguageModel) -> None:
    reading = model.classify(a_turn("please refund my order"), intents=SMALL)

    assert reading.intent == "money_back"
    assert {guess.intent for guess in reading.intents} <= set(SMALL)
    assert reading.question


def test_a_reading_of_nothing_in_scope_is_empty(model: LanguageModel) -> None:
    assert model.classify(a_turn("tell me a joke about a poem"), intents=SMALL).intents == ()


def test_a_reading_is_the_surest_first(model: LanguageModel) -> None:
    text = "When are you open? And please refund my order."
    guesses = model.classify(a_turn(text), intents=SMALL).intents

    assert list(guesses) == sorted(guesses, key=lambda guess: -guess.confidence)


def test_every_claim_cites_what_was_found(model: LanguageModel) -> None:
    asked = "Can worn shoes be returned?"
    reading = a_reading(
        intents=(IntentGuess(intent="rules", confidence=0.9, part=asked),), question=asked
    )
    turn = a_retrieved_turn(asked, reading=reading, evidence=some_evidence(passages=(RULES,)))
    draft = model.draft(turn, intents=only("rules"), tools=[])

    cited = {support for claim in draft.claims for support in claim.supports}
    assert draft.claims
    assert cited <= {"rules#1", "order:1001"}
    assert draft.written_by


def test_an_action_is_proposed_only_with_a_tool_for_it(model: LanguageModel) -> None:
    asked = "Please refund order 1001"
    reading = a_reading("money_back", question=asked)
    turn = a_retrieved_turn(
        asked, reading=reading, evidence=some_evidence(facts=(an_order_fact(),))
    )

    with_tool = model.draft(turn, intents=only("money_back"), tools=TOOLS)
    without = model.draft(turn, intents=only("money_back"), tools=[])

    (action,) = with_tool.actions
    assert OURS.actions[action.name].model_validate(action.arguments)
    assert without.actions == ()


def test_where_the_evidence_does_not_say_the_draft_says_so(model: LanguageModel) -> None:
    asked = "zorp quux"
    reading = a_reading(
        intents=(IntentGuess(intent="rules", confidence=0.9, part=asked),), question=asked
    )
    turn = a_retrieved_turn(asked, reading=reading, evidence=some_evidence(passages=()))
    draft = model.draft(turn, intents=only("rules"), tools=[])

    assert draft.missing
    assert not draft.claims
