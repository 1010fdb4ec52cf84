"""What is down, and what Lambda or the machine itself ends: a person has the ticket, soon."""

from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.circuit_breaker import FAILURES, PAUSE
from deskhand.adapters.circuit_breaking import BreakingKnowledge, BreakingModel
from deskhand.adapters.stepfunctions_workflow import StepFunctionsWorkflow
from deskhand.domain.draft import Draft
from deskhand.domain.turn import Retrieved, Turn
from deskhand.errors import Unavailable
from deskhand.jobs.settle import settle
from tests.builders import a_policy, an_asker
from tests.flow.conftest import House
from tests.flow.scripted import ScriptedModel

QUESTION = "Where is my order HR-1003?"


def asks(house: House, ticket: str) -> None:
    """Somebody else in each ticket, so that none is about the same as one before it."""
    asker = an_asker(email=f"{ticket}@example.com", verified=False)
    house.says(ticket, "How long does delivery to France take?", asker=asker)


class Down:
    """A model or a knowledge base that cannot be reached, and counts who tries."""

    fingerprint = ""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*_: object, **__: object) -> Any:
            self.asked.append(name)
            raise Unavailable("the other side")

        return call


def test_a_model_that_is_down_is_found_out_by_one_ticket_and_asked_by_no_other(
    house: House,
) -> None:
    down: Any = Down()
    house.furnish()
    wiring.replace({"language_model": BreakingModel(down, house.clock)})
    for ticket in ("down-1", "down-2", "down-3"):
        asks(house, ticket)
        (turn,) = house.ended(ticket)
        assert turn.ending.kind == "handed_over"
        assert "TOOL_ERROR" in turn.ending.codes
        assert house.ticket(ticket).notes
    assert down.asked.count("draft") == FAILURES


def test_a_model_that_is_back_answers_again(house: House) -> None:
    is_down = [True]

    def writes(turn: Retrieved, offline: Draft) -> Draft:
        if is_down[0]:
            raise Unavailable("the language model")
        return offline

    house.furnish()
    wiring.replace({"language_model": BreakingModel(ScriptedModel(writes), house.clock)})
    asks(house, "back-1")
    assert [turn.ending.kind for turn in house.ended("back-1")] == ["handed_over"]

    is_down[0] = False
    house.clock.pass_by(seconds=PAUSE.total_seconds())
    asks(house, "back-2")
    assert [turn.ending.kind for turn in house.ended("back-2")] == ["answered"]


def test_a_knowledge_base_that_is_down_is_asked_no_longer_and_people_have_the_tickets(
    house: House,
) -> None:
    down: Any = Down()
    house.furnish()
    wiring.replace({"knowledge": BreakingKnowledge(down, house.clock)})
    for ticket in ("lost-1", "lost-2"):
        asks(house, ticket)
        assert [turn.ending.kind for turn in house.ended(ticket)] == ["handed_over"]
    assert down.asked == ["search"] * FAILURES


KILLED = ["Sandbox.Timedout", "Runtime.ExitError", "Runtime.OutOfMemory", "Lambda.Unknown"]
"""How Lambda names a function that ran out of time or memory, or that died."""


@pytest.mark.parametrize("name", KILLED)
def test_a_step_out_of_time_or_memory_is_not_tried_again_but_handed_over(
    house: House, name: str
) -> None:
    killed = type(name, (Exception,), {})
    tried: list[str] = []

    def dies(turn: Retrieved, offline: Draft) -> Draft:
        tried.append(turn.id)
        raise killed("Task timed out after 45.00 seconds")

    house.furnish()
    wiring.replace({"language_model": ScriptedModel(dies)})
    house.says(f"killed-{name}", QUESTION)

    (turn,) = house.ended(f"killed-{name}")
    assert turn.ending.kind == "handed_over"
    assert "STEP_FAILED" in turn.ending.codes
    assert len(tried) == 1
    assert len(house.ticket(f"killed-{name}").notes) == 1


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED"])
def test_an_execution_that_ended_without_an_ending_is_found_and_handed_over_once(
    house: House, status: str
) -> None:
    """The machine died in the middle, however AWS calls that; nobody hears of it but settle."""
    ticket = f"died-{status.lower()}"

    class Machine:
        """The client of a machine that takes every start and dies of it."""

        def start_execution(self, **_: Any) -> dict[str, Any]:
            return {}

        def describe_execution(self, **_: Any) -> dict[str, Any]:
            return {"status": status}

    house.furnish(workflow=StepFunctionsWorkflow(Machine(), house.stack.outputs["StateMachineArn"]))
    house.says(ticket, QUESTION)
    (stored,) = house.turns(ticket)
    assert isinstance(stored, Turn)

    house.clock.pass_by(seconds=a_policy().replies.lease_s - 60)
    assert settle(wiring.turns()).conversations == 0
    house.clock.pass_by(seconds=120)
    for _ in range(3):
        settle(wiring.turns())

    (turn,) = house.ended(ticket)
    assert (turn.ending.kind, turn.ending.codes[0]) == ("handed_over", "EXECUTION_DIED")
    assert len(house.ticket(ticket).notes) == 1
    assert len(house.said(ticket)) == 1
