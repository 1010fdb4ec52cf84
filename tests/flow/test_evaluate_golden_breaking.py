"""The scores move when they should: a stage that is broken on purpose lowers its own, and no
other one's."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from deskhand.domain.draft import Claim, Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.turn import Ending
from deskhand.domain.verdict import Objection, Verdict
from scripts.evaluation.golden_house import GoldenHouse
from scripts.evaluation.golden_marks import MEASURES
from tests.evaluating import a_golden_house, by_itself, end_to_end, some_of_the_sample

pytestmark = pytest.mark.slow  # all of it together

NOISE = 0.02
A_FALL = 0.1
Stage = Callable[..., Any]
Bending = Callable[[Stage], Stage]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoldenHouse]:
    with a_golden_house(tmp_path_factory.mktemp("golden")) as built:
        yield built


@pytest.fixture(scope="module")
def whole(house: GoldenHouse) -> dict[str, float]:
    """The scores with nothing broken."""
    return by_itself(house, some_of_the_sample())


def another_intent(stage: Stage) -> Stage:
    """Whatever is wanted, a gift card is read."""

    def broken(*args: Any, **ports: Any) -> Any:
        read = stage(*args, **ports)
        guesses = tuple(one.model_copy(update={"intent": "gift_cards"}) for one in read.intents)
        return read.model_copy(update={"intents": guesses})

    return broken


def nothing_found(stage: Stage) -> Stage:
    def broken(*args: Any, **ports: Any) -> Any:
        return Evidence(customer=stage(*args, **ports).customer)

    return broken


def the_last_first(stage: Stage) -> Stage:
    """Of all passages only the one that fits least is left, and no fact."""

    def broken(*args: Any, **ports: Any) -> Any:
        found = stage(*args, **ports)
        return found.model_copy(update={"passages": found.passages[-1:], "facts": ()})

    return broken


def _with_claims(stage: Stage, bend: Callable[[Claim], Claim]) -> Stage:
    def broken(*args: Any, **ports: Any) -> Draft:
        draft: Draft = stage(*args, **ports)
        return draft.model_copy(update={"claims": tuple(map(bend, draft.claims))})

    return broken


def no_citations(stage: Stage) -> Stage:
    return _with_claims(stage, lambda one: one.model_copy(update={"supports": ()}))


def an_invented_number(stage: Stage) -> Stage:
    return _with_claims(
        stage, lambda one: one.model_copy(update={"text": f"{one.text} That is 7319 EUR."})
    )


def says_nothing(stage: Stage) -> Stage:
    return lambda *args, **ports: Draft(missing="everything", written_by="nobody")


def permits_all(stage: Stage) -> Stage:
    def broken(turn: Any, **ports: Any) -> Verdict:
        return Verdict(decision="send", actions=turn.draft.actions)

    return broken


def escalates_all(stage: Stage) -> Stage:
    why = Objection(code="BROKEN", words="it is broken", cure="person")
    return lambda *args, **ports: Verdict(decision="escalate", objections=(why,))


def does_nothing(stage: Stage) -> Stage:
    def broken(turn: Any, **ports: Any) -> Ending:
        at = turn.messages[-1].said_at
        return Ending(kind="answered", why="broken", at=at, reply="I promise. Sorry, so sorry!")

    return broken


@pytest.mark.parametrize(
    ("stage", "function", "bending", "falling"),
    [
        ("classify", "classify", another_intent, {"intent"}),
        ("retrieve", "retrieve", nothing_found, {"retrieval"}),
        ("retrieve", "retrieve", the_last_first, {"retrieval"}),
        ("generate", "generate", no_citations, {"citation", "grounding"}),
        ("generate", "generate", an_invented_number, {"grounding"}),
        ("generate", "generate", says_nothing, {"citation", "answer", "proposal"}),
        ("gate", "judge", permits_all, {"ruling", "escalation"}),
        ("gate", "judge", escalates_all, {"ruling", "escalation"}),
        ("act", "act", does_nothing, {"deed", "reply"}),
    ],
)
def test_a_broken_stage_lowers_its_own_score_and_no_other(
    house: GoldenHouse,
    whole: dict[str, float],
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    function: str,
    bending: Bending,
    falling: set[str],
) -> None:
    handler: ModuleType = house.handlers[stage]
    monkeypatch.setattr(handler, function, bending(getattr(handler, function)))

    broken = by_itself(house, some_of_the_sample())

    fell = {name for name in whole if broken.get(name, whole[name]) < whole[name] - A_FALL}
    moved = {
        name
        for name in set(whole) - falling
        if abs(broken.get(name, whole[name]) - whole[name]) > NOISE
    }
    assert fell == falling
    assert moved == set()
    assert {one.stage for one in MEASURES if one.name in falling} == {stage}


def test_a_broken_stage_is_felt_by_the_customer(
    house: GoldenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = end_to_end(house, some_of_the_sample())["ending"]
    handler = house.handlers["generate"]
    monkeypatch.setattr(handler, "generate", says_nothing(handler.generate))

    assert end_to_end(house, some_of_the_sample())["ending"] < before - A_FALL
