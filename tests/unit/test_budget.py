"""Once the budget is spent no model is asked any more, and a person gets what was found."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from deskhand.adapters.lenient_spending import LenientSpending
from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.models import Budget, Models
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.turn import Drafted, Envelope, Retrieved, Turn, grow
from deskhand.domain.usage import Spent, Usage
from deskhand.errors import Unavailable
from deskhand.runtime import step
from deskhand.stages.classify import classify
from deskhand.stages.generate import generate
from deskhand.tools.registry import OURS
from tests.builders import (
    CONVERSATION,
    StoppedClock,
    a_draft,
    a_policy,
    a_reading,
    a_retrieved_turn,
    a_turn,
)
from tests.judging import codes, judged
from tests.memory_house import MemoryHouse
from tests.reading import SMALL, a_small_classifier
from tests.wired import wired_to

PRICE = Usage(model="claude", calls=1, cost_microusd=400)
UNSURE = "zorp quux blimfle"


class PaidModel:
    """Takes 400 millionths of a dollar for each answer."""

    def __init__(self, spending: Any) -> None:
        self._spending = spending
        self.asked: list[str] = []

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        self._pay("classify", turn)
        return a_reading(read_by="a model", usage=PRICE)

    def draft(self, turn: Retrieved, **_named: object) -> Draft:
        self._pay("draft", turn)
        return a_draft().model_copy(update={"usage": PRICE})

    def _pay(self, what: str, turn: Turn) -> None:
        self.asked.append(what)
        self._spending.note(turn.conversation_id, PRICE)


def a_budget(*, conversation_microusd: int = 1_000, day_microusd: int = 10_000) -> Policy:
    budget = Budget(conversation_microusd=conversation_microusd, day_microusd=day_microusd)
    models = Models.model_validate(dict(a_policy().models) | {"budget": budget})
    return a_policy().model_copy(update={"models": models, "intents": SMALL})


def read(text: str, policy: Policy, spending: Any) -> tuple[Classification, Sequence[str]]:
    model = PaidModel(spending)
    reading = classify(
        a_turn(text, subject=""),
        embedder=HashingEmbedder(),
        fitted=a_small_classifier(),
        model=model,
        policy=policy,
        spending=spending,
    )
    return reading, model.asked


def drafted(policy: Policy, spending: Any) -> tuple[Draft, Sequence[str]]:
    model = PaidModel(spending)
    draft = generate(a_retrieved_turn(), model=model, policy=policy, tools=OURS, spending=spending)
    return draft, model.asked


@pytest.fixture
def spending() -> MemorySpending:
    return MemorySpending(StoppedClock())


def test_within_the_budget_the_model_is_asked(spending: MemorySpending) -> None:
    assert read(UNSURE, a_budget(), spending)[1] == ["classify"]
    assert drafted(a_budget(), spending)[1] == ["draft"]
    assert spending.spent(CONVERSATION).conversation_microusd == 800


def test_what_is_under_way_when_it_is_reached_is_still_paid(spending: MemorySpending) -> None:
    spending.note(CONVERSATION, Usage(cost_microusd=999))

    assert drafted(a_budget(), spending)[1] == ["draft"]
    assert drafted(a_budget(), spending)[1] == []


def test_a_conversation_that_has_spent_its_budget_asks_nobody(spending: MemorySpending) -> None:
    spending.note(CONVERSATION, Usage(cost_microusd=1_000))

    draft, asked = drafted(a_budget(), spending)
    assert asked == []
    assert draft.withheld == "the budget of a conversation, 0.00 USD, is spent"
    assert (draft.claims, draft.usage) == ((), Usage())


def test_another_conversation_goes_on_until_the_day_is_spent(spending: MemorySpending) -> None:
    spending.note("inbox:another", Usage(cost_microusd=9_999))
    assert drafted(a_budget(), spending)[1] == ["draft"]

    draft, asked = drafted(a_budget(), spending)
    assert asked == []
    assert draft.withheld == "the budget of a day, 0.01 USD, is spent"


def test_tomorrow_there_is_a_budget_again() -> None:
    clock = StoppedClock()
    spending = MemorySpending(clock)
    spending.note("inbox:another", Usage(cost_microusd=10_000))
    assert drafted(a_budget(), spending)[1] == []

    clock.pass_by(days=1)
    assert drafted(a_budget(), spending)[1] == ["draft"]


@pytest.mark.parametrize("nothing", [{"conversation_microusd": 0}, {"day_microusd": 0}])
def test_a_budget_of_nothing_stops_the_very_first_call(
    spending: MemorySpending, nothing: dict[str, int]
) -> None:
    assert drafted(a_budget(**nothing), spending)[1] == []
    assert read(UNSURE, a_budget(**nothing), spending)[1] == []


def test_without_money_the_local_classifier_says_what_it_thinks_and_that_it_was_alone(
    spending: MemorySpending,
) -> None:
    reading, asked = read(UNSURE, a_budget(day_microusd=0), spending)

    assert asked == []
    assert reading.read_by == "local classifier alone, for the budget of a day, 0.00 USD, is spent"
    assert reading.question == UNSURE


def test_what_the_local_classifier_is_sure_of_does_not_even_look_at_the_sums() -> None:
    reading, _ = read("please refund my order", a_budget(), Down())

    assert (reading.intent, reading.read_by) == ("money_back", "local classifier")


def test_the_gate_hands_it_over_before_all_else(spending: MemorySpending) -> None:
    draft, _ = drafted(a_budget(day_microusd=0), spending)
    verdict = judged(grow(a_retrieved_turn(), Drafted, draft=draft))

    assert verdict.decision == "escalate"
    assert codes(verdict) == ["BUDGET_SPENT"]
    assert verdict.objections[0].words == "the budget of a day, 0.00 USD, is spent"


def test_a_draft_that_somebody_wrote_knows_no_such_objection() -> None:
    verdict = judged(grow(a_retrieved_turn(), Drafted, draft=a_draft()))

    assert "BUDGET_SPENT" not in codes(verdict)


class Down:
    """Sums that nobody can reach."""

    def note(self, conversation_id: str, usage: Usage) -> None:
        raise Unavailable("the desk table")

    def spent(self, conversation_id: str) -> Spent:
        raise Unavailable("the desk table")


class DownOnceSpent(MemorySpending):
    """Sums that can be read, and not be added to."""

    def note(self, conversation_id: str, usage: Usage) -> None:
        raise Unavailable("the desk table")


def test_where_nobody_knows_what_was_spent_nothing_more_is() -> None:
    model = PaidModel(Down())
    with pytest.raises(Unavailable):
        generate(a_retrieved_turn(), model=model, policy=a_budget(), tools=OURS, spending=Down())
    with pytest.raises(Unavailable):
        read(UNSURE, a_budget(), LenientSpending(Down()))

    assert model.asked == []


def test_an_answer_that_is_paid_for_is_kept_where_its_price_cannot_be_noted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    draft, asked = drafted(a_budget(), LenientSpending(DownOnceSpent()))

    assert asked == ["draft"]
    assert draft.claims == a_draft().claims
    (line,) = caplog.records
    assert (line.levelname, line.message) == ("ERROR", "what a model cost could not be noted")
    assert vars(line)["conversation_id"] == CONVERSATION
    assert vars(line)["cost_microusd"] == 400


@pytest.fixture
def house() -> Iterator[MemoryHouse]:
    house = MemoryHouse()
    with wired_to(house):
        yield house


def alarms(house: MemoryHouse, draft: Draft, said: pytest.CaptureFixture[str]) -> list[Any]:
    """How often the machine counts a spent budget as a turn is drafted so."""

    @step
    def write(turn: Retrieved) -> Draft:
        return draft

    turn = house.stored(a_retrieved_turn())
    said.readouterr()
    write(Envelope.of(turn).model_dump(mode="json"), None)
    lines = [json.loads(line) for line in said.readouterr().out.splitlines() if "_aws" in line]
    return [line["BudgetSpent"] for line in lines if "BudgetSpent" in line]


def test_the_alarm_hears_of_a_draft_that_was_withheld(
    house: MemoryHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert alarms(house, Draft(withheld="all is spent"), capsys) == [[1.0]]
    (stored,) = house.conversations.turns(CONVERSATION)
    assert isinstance(stored, Turn)
    assert stored.stages[-1].outcome == "nobody was asked: all is spent"


def test_a_draft_that_somebody_wrote_alarms_nobody(
    house: MemoryHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert alarms(house, a_draft(), capsys) == []


@pytest.mark.parametrize("sums", [MemorySpending(), DownOnceSpent()])
def test_every_call_that_is_paid_is_counted_whatever_becomes_of_the_sums(
    sums: MemorySpending, capsys: pytest.CaptureFixture[str]
) -> None:
    spending = LenientSpending(sums)
    spending.note(CONVERSATION, PRICE)
    spending.note(CONVERSATION, Usage(model="claude", calls=1))

    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines() if "_aws" in one]
    assert [line["SpentMicroUsd"] for line in lines] == [[400.0]]
