"""Drafts an answer sentence by sentence, with the actions that the turn's intents allow."""

from deskhand.domain.draft import Draft
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Retrieved
from deskhand.ports import LanguageModel
from deskhand.tools.registry import Tools


def generate(turn: Retrieved, *, model: LanguageModel, policy: Policy, tools: Tools) -> Draft:
    """What the model wants to say and to do; it hears only of the tools that the intents allow."""
    known = {
        guess.intent: policy.intents[guess.intent]
        for guess in turn.classification.intents
        if guess.intent in policy.intents
    }
    allowed = dict.fromkeys(name for intent in known.values() for name in intent.actions)
    specs = [tools.actions[name].spec() for name in allowed if name in tools.actions]
    return model.draft(turn, intents=known, tools=specs)
