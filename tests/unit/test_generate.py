"""A model hears of the tools that the turn's intents allow, and of no others."""

from collections.abc import Sequence

from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.stages.generate import generate
from deskhand.tools.registry import OURS
from tests.builders import a_draft, a_policy, a_reading, a_retrieved_turn


class Listener:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.intents: list[str] = []
        self.tools: list[str] = []

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        raise NotImplementedError

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[OpenedFile] = (),
    ) -> Draft:
        self.intents = list(intents)
        self.tools = [tool.name for tool in tools]
        return a_draft()


def told(*names: str) -> Listener:
    model = Listener()
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part="it") for name in names)
    turn = a_retrieved_turn(reading=a_reading(intents=guesses))

    assert generate(turn, model=model, policy=a_policy(), tools=OURS) == a_draft()
    return model


def test_an_intent_without_actions_brings_no_tools() -> None:
    assert told("order_status").tools == []


def test_each_intent_brings_its_own_tools_once() -> None:
    heard = told("refund_request", "damaged_item", "cancel_order")

    assert heard.tools == ["refund_order", "send_again", "cancel_order"]


def test_an_intent_that_the_policy_does_not_know_brings_nothing() -> None:
    heard = told("make_me_rich")

    assert (heard.intents, heard.tools) == ([], [])
