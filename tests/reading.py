"""Classifiers for tests: one that needs no files, and the one that the set-up has fitted."""

from functools import cache

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.domain.policy import Intent
from deskhand.ports import Embedder
from deskhand.text.intents import FittedIntents
from scripts.fit_classifier import MODELS, TARGET, embedder_here, fit
from tests.builders import a_policy


def an_intent(name: str, *examples: str, **bent: object) -> Intent:
    given = {
        "name": name,
        "description": f"What is called {name}",
        "examples": examples or tuple(f"{name} {number}" for number in range(5)),
        "resolved_when": "it was told",
    }
    return Intent.model_validate(given | bent)


SMALL = {
    intent.name: intent
    for intent in (
        an_intent(
            "money_back",
            "please refund my order",
            "I want a refund",
            "refund the lamp",
            "give me a refund please",
            "can I get a refund for the shoes",
            "a refund for my kettle please",
            actions=("refund_order",),
            telling=("refund",),
            explained_by="rules",
            lookups=("find_order",),
            evidence=("fact",),
            confidence=0.85,
        ),
        an_intent(
            "rules",
            "how long is the return window",
            "what are your return rules",
            "can worn shoes be returned under your rules",
            "who pays for a return",
            "return window for sale items",
            "what rules apply to returns",
            knowledge=("returns",),
            evidence=("passage",),
            topic="Return rules",
        ),
        an_intent(
            "hours",
            "when are you open",
            "opening hours please",
            "are you open on Sunday",
            "until when are you open today",
            "what hours do you open on Monday",
            "open on Saturday",
            knowledge=("service",),
            evidence=("passage",),
        ),
        an_intent(
            "gratitude",
            "thanks",
            "thank you so much",
            "many thanks",
            "thanks a lot for that",
            "great thank you",
            "thank you very much",
            replies=False,
        ),
        an_intent(
            "elsewhere",
            "write me a poem",
            "what is the capital of France",
            "tell me a joke about a poem",
            "which song is the best song",
            "poem about the sea",
            "the capital of Peru",
            ours=False,
        ),
    )
}


@cache
def a_small_classifier() -> FittedIntents:
    """Fitted to five small intents over hashed words: the same everywhere, in a moment."""
    return fit(SMALL, HashingEmbedder())


@cache
def the_shipped_reading() -> tuple[Embedder, FittedIntents]:
    """The embedder and the classifier that `make setup` brings; skips where they are not."""
    if not (MODELS / "EMBEDDER").exists() or not TARGET.exists():
        pytest.skip("the models are not there: say `make setup`")
    embedder = embedder_here()
    return embedder, fit(a_policy().intents, embedder)
