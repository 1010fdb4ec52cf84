"""What is asked for is done with the record that is meant, never simply with the first."""

from typing import Any

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.models.offline import OfflineModel
from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Fact
from deskhand.text.entities import entities_of
from deskhand.tools.registry import OURS
from tests.builders import a_reading, a_retrieved_turn, an_order_fact, some_evidence
from tests.reading import a_small_classifier, an_intent

FIRST, SECOND = an_order_fact("HR-4143"), an_order_fact("HR-4144")
INTENTS = {
    "stopping": an_intent("stopping", actions=("cancel_order",), evidence=("fact",)),
    "money_back": an_intent("money_back", actions=("refund_order",), evidence=("fact",)),
    "ending": an_intent("ending", actions=("cancel_subscription",), evidence=("fact",)),
}
TOOLS = [OURS.actions[name].spec() for one in INTENTS.values() for name in one.actions]


def drafted(
    text: str, intent: str = "stopping", facts: tuple[Fact, ...] = (FIRST, SECOND), **bent: Any
) -> Draft:
    reading = a_reading(
        intents=(IntentGuess(intent=intent, confidence=0.9, part=text),),
        question=text,
        entities=entities_of(text),
    )
    evidence = some_evidence(facts=facts, passages=(), **bent)
    turn = a_retrieved_turn(text, reading=reading, evidence=evidence)
    return OfflineModel(HashingEmbedder(), a_small_classifier()).draft(
        turn, intents=INTENTS, tools=TOOLS
    )


def orders_of(draft: Draft) -> list[Any]:
    return [action.arguments["order_id"] for action in draft.actions]


def a_subscription(id_: str, plan: str) -> Fact:
    return Fact(
        id=f"subscription:{id_}",
        kind="subscription",
        key=id_,
        source="subscriptions",
        words=(f"Your subscription {id_} is active.",),
        attributes={"subscription_id": id_, "plan": plan},
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Where is HR-4144? And please cancel HR-4143.", ["HR-4143"]),
        ("Where is HR-4143? And please cancel HR-4144.", ["HR-4144"]),
        ("I wrote about HR-4143 before. Now please cancel HR-4144.", ["HR-4144"]),
        ("Please cancel HR-4144 but keep HR-4143.", ["HR-4144"]),
        ("Please cancel order 4144.", ["HR-4144"]),
        ("Please cancel HR-4143 and HR-4144.", ["HR-4143", "HR-4144"]),
        ("Please cancel both my orders.", ["HR-4143", "HR-4144"]),
        ("Please cancel all my orders except HR-4143.", ["HR-4144"]),
    ],
)
def test_it_is_done_with_what_the_wish_names(text: str, meant: list[str]) -> None:
    draft = drafted(text)

    assert orders_of(draft) == meant
    assert draft.question == ""


@pytest.mark.parametrize(
    "text",
    [
        "Please cancel my order.",
        "My orders HR-4143 and HR-4144: please cancel one of them.",
        "Please cancel HR-4143 and HR-4144, or only the cheaper one.",
    ],
)
def test_where_nobody_can_tell_which_the_customer_is_asked(text: str) -> None:
    draft = drafted(text)

    assert draft.actions == ()
    assert draft.question == "Which one do you mean: order HR-4143 or order HR-4144?"


@pytest.mark.parametrize("text", ["Cancel both except HR-4143 please", "Do not cancel HR-4143"])
def test_what_is_to_stay_is_left_alone_even_where_nothing_else_was_found(text: str) -> None:
    draft = drafted(text, facts=(FIRST,))

    assert (draft.actions, draft.question) == ((), "")


def test_one_order_needs_no_name() -> None:
    assert orders_of(drafted("Please cancel my order.", facts=(SECOND,))) == ["HR-4144"]


def test_an_amount_is_not_given_twice() -> None:
    draft = drafted("Please refund 20 euros for HR-4143 and HR-4144.", "money_back")

    assert draft.actions == ()


def test_who_only_asks_is_not_asked_back() -> None:
    assert drafted("Where are HR-4143 and HR-4144?").question == ""


def test_of_two_subscriptions_the_one_whose_plan_is_named_ends() -> None:
    both = a_subscription("S1", "Small seed box"), a_subscription("S2", "Recorder library")
    draft = drafted("I'd like to end the recorder library, please.", "ending", both)

    assert [one.arguments for one in draft.actions] == [{"subscription_id": "S2"}]


def test_the_day_of_the_last_message_counts_before_an_earlier_one() -> None:
    pausing = {"resting": an_intent("resting", actions=("pause_subscription",), evidence=("fact",))}
    said = "Please pause my subscription for twenty weeks, please. ok then sixty days"
    reading = a_reading(
        intents=(IntentGuess(intent="resting", confidence=0.9, part=said),), question=said
    )
    evidence = some_evidence(facts=(a_subscription("S1", "Small seed box"),), passages=())
    turn = a_retrieved_turn("ok then sixty days", reading=reading, evidence=evidence)
    draft = OfflineModel(HashingEmbedder(), a_small_classifier()).draft(
        turn, intents=pausing, tools=[OURS.actions["pause_subscription"].spec()]
    )

    (pause,) = draft.actions
    assert pause.arguments["until"] == "2027-01-20"


def test_money_that_is_to_go_to_somebody_else_goes_nowhere() -> None:
    to_her = drafted("Please refund HR-4143 to my wife's card.", "money_back", (FIRST,))
    back = drafted("Please refund HR-4143 to my card.", "money_back", (FIRST,))

    assert (to_her.actions, to_her.question) == ((), "")
    assert [action.name for action in back.actions] == ["refund_order"]
    assert "to" not in back.actions[0].arguments


def test_money_goes_to_their_gift_card_where_they_want_it_there() -> None:
    gift_card = Fact(
        id="payment:g1",
        kind="payment",
        key="g1",
        source="customers",
        words=("The gift card ending in 7919 is kept in your account.",),
        attributes={"kind": "gift_card", "words": "the gift card ending in 7919"},
    )
    text = "Please refund HR-4143 to my gift card."
    (action,) = drafted(text, "money_back", (FIRST, gift_card)).actions

    assert action.arguments["to"] == "g1"
