"""Somebody to ask whose answers are written in advance, and asks to look at."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask
from deskhand.adapters.models.claude.model import ClaudeModel
from deskhand.domain.draft import Draft
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved
from deskhand.domain.usage import Usage
from deskhand.tools.registry import OURS
from tests.builders import a_policy

SPENT = Usage(model="claude-haiku-5-5", calls=1, input_tokens=900, output_tokens=90)
SILENT: dict[str, Any] = {
    "claims": [],
    "actions": [],
    "question": "",
    "missing": "",
    "confidence": 0.9,
}
"""A draft in which nothing stands."""
HEARD: dict[str, Any] = {
    "intents": [{"intent": "order_status", "confidence": 0.8, "part": "Where is my order 1001?"}],
    "question": "Where is my order 1001?",
    "language": "en",
    "sentiment": "neutral",
    "urgency": "normal",
    "wants_person": False,
}


class ScriptedAsked:
    """Answers each ask by a script, as the JSON that a model would write; keeps the asks."""

    def __init__(self, script: Callable[[Any], Mapping[str, Any]]) -> None:
        self._script = script
        self.asks: list[Ask[Any]] = []

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        self.asks.append(ask)
        return Answered(ask.answer.model_validate_json(json.dumps(self._script(ask))), SPENT)


@cache
def all_specs() -> tuple[ToolSpec, ...]:
    """Everything that the desk can do, as a model is told of it."""
    return tuple(action.spec() for action in OURS.actions.values())


def answering(**said: Any) -> tuple[ClaudeModel, ScriptedAsked]:
    """A model that answers every ask in the same way, and whom it asks."""
    blank = HEARD if said.keys() & HEARD.keys() - SILENT.keys() else SILENT
    asked = ScriptedAsked(lambda _: {**blank, **said})
    return ClaudeModel(asked, a_policy(), all_specs()), asked


def drafted(turn: Retrieved, *tools: str, **said: Any) -> Draft:
    """The draft of a turn where the model says this and may use these tools."""
    model, _ = answering(**said)
    intents = {guess.intent: a_policy().intents[guess.intent] for guess in _known(turn)}
    return model.draft(turn, intents=intents, tools=[OURS.actions[name].spec() for name in tools])


def _known(turn: Retrieved) -> list[Any]:
    return [one for one in turn.classification.intents if one.intent in a_policy().intents]
