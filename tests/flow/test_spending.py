"""A whole ticket with a model that costs something: paid, counted, and stopped in time."""

from deskhand import wiring
from deskhand.adapters.dynamodb.spending import DynamoDbSpending
from deskhand.adapters.lenient_spending import LenientSpending
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.domain.draft import Draft
from deskhand.domain.models import Budget
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Ended, Retrieved
from deskhand.domain.usage import Spent, Usage
from deskhand.errors import Unavailable
from deskhand.ports import Spending
from tests.builders import a_policy
from tests.flow.conftest import House
from tests.flow.scripted import ScriptedModel

DRAFTED = Usage(model="claude", calls=1, input_tokens=3_000, output_tokens=200, cost_microusd=400)
ORDER = "Where is my order HR-1003?"
ARTICLE = "How long does a parcel travel?"


class PaidModel(ScriptedModel):
    """Writes as the offline model does, and is paid for it."""

    def __init__(self, spending: Spending) -> None:
        super().__init__(self._paid)
        self._spending = spending
        self.drafts = 0

    def _paid(self, turn: Retrieved, draft: Draft) -> Draft:
        self.drafts += 1
        self._spending.note(turn.conversation_id, DRAFTED)
        return draft.model_copy(update={"usage": DRAFTED})


def a_budget(microusd: int) -> Policy:
    policy = a_policy()
    budget = Budget(conversation_microusd=microusd)
    models = policy.models.model_copy(update={"budget": budget})
    return policy.model_copy(update={"models": models})


def furnished(house: House, spending: Spending, microusd: int) -> PaidModel:
    lenient = LenientSpending(spending)
    model = PaidModel(lenient)
    house.furnish(a_budget(microusd), language_model=model, spending=lenient)
    return model


def drafted_for(ended: Ended) -> int:
    """What the turn's trace says that drafting has cost."""
    return sum(one.usage.cost_microusd for one in ended.turn.stages if one.stage == "generate")


def test_a_conversation_is_answered_until_its_budget_is_spent_and_then_a_person_has_it(
    house: House,
) -> None:
    spending = MemorySpending()
    model = furnished(house, spending, microusd=800)

    for count, text in enumerate((ORDER, ARTICLE, "And where is my order HR-1001?"), start=1):
        house.says("spend", text)
        house.ended("spend", count)
    first, second, third = house.ended("spend", 3)

    assert [first.ending.kind, second.ending.kind] == ["answered", "answered"]
    assert [drafted_for(one) for one in (first, second, third)] == [400, 400, 0]
    assert model.drafts == 2
    assert third.ending.kind == "handed_over"
    assert third.ending.codes == ("BUDGET_SPENT",)
    assert spending.spent("inbox:spend").conversation_microusd == 800


def test_whoever_takes_over_gets_what_was_found(house: House) -> None:
    furnished(house, MemorySpending(), microusd=0)

    house.says("found", ORDER)
    (ended,) = house.ended("found")
    house.until(lambda: house.ticket("found").notes)

    (note,) = house.ticket("found").notes
    assert "the budget of a conversation, 0.00 USD, is spent" in note.text
    assert "HR-1003" in note.text
    (said,) = house.said("found")
    assert said.startswith("A colleague is taking over")
    assert ended.ending.handoff is not None


def test_another_conversation_has_a_budget_of_its_own(house: House) -> None:
    furnished(house, MemorySpending(), microusd=400)

    house.says("one", ARTICLE)
    house.ended("one")
    house.says("two", ORDER)
    (ended,) = house.ended("two")

    assert ended.ending.kind == "answered"


class Down(MemorySpending):
    """Sums of which one side cannot be reached."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self._side = side
        self.tries = 0

    def note(self, conversation_id: str, usage: Usage) -> None:
        self._fail_if("note")
        super().note(conversation_id, usage)

    def spent(self, conversation_id: str) -> Spent:
        self._fail_if("spent")
        return super().spent(conversation_id)

    def _fail_if(self, side: str) -> None:
        if side == self._side:
            self.tries += 1
            raise Unavailable("the sums")


def test_where_the_sums_cannot_be_read_nothing_is_paid_and_a_person_has_it(house: House) -> None:
    spending = Down("spent")
    model = furnished(house, spending, microusd=10_000)

    house.says("unread", ARTICLE)
    (ended,) = house.ended("unread")

    assert ended.ending.kind == "handed_over"
    assert spending.tries > 1  # the machine has tried again
    assert model.drafts == 0


def test_where_a_price_cannot_be_noted_the_answer_goes_and_is_paid_once(house: House) -> None:
    model = furnished(house, Down("note"), microusd=10_000)

    house.says("unnoted", ARTICLE)
    (ended,) = house.ended("unnoted")

    assert ended.ending.kind == "answered"
    assert model.drafts == 1


def test_the_sums_are_kept_in_the_desks_own_table(house: House) -> None:
    spending = DynamoDbSpending(wiring.table())
    furnished(house, spending, microusd=400)

    house.says("kept", ARTICLE)
    house.ended("kept")
    house.says("kept", ORDER)
    _, second = house.ended("kept", 2)

    assert second.ending.codes == ("BUDGET_SPENT",)
    assert spending.spent("inbox:kept").conversation_microusd == 400
