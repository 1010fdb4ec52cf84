"""Facts are the verified customer's alone, and what was refused is told."""

import pytest

from deskhand.domain.evidence import Fact
from deskhand.errors import Rejected, Unavailable
from deskhand.tools.tool import Found
from tests.builders import (
    NOON,
    a_customer,
    a_refund,
    a_turn,
    an_approval,
    an_asker,
    an_order_fact,
)
from tests.retrieving import (
    BACK,
    PRICE,
    WHERE,
    Catalogue,
    Looking,
    articles,
    asked,
    looking,
    the_policy,
)


@pytest.fixture
def look() -> Looking:
    return looking()


def test_facts_come_from_the_lookups_that_the_intent_names(look):
    evidence = look(asked(WHERE))

    assert [fact.id for fact in evidence.facts] == ["order:1001"]
    assert evidence.customer == a_customer()
    assert look.records.read == ["customer", ("find_order", "c1", "Where is my parcel?")]


def test_nothing_of_an_account_is_read_for_somebody_unverified(look):
    evidence = look(asked(WHERE), asker=an_asker(verified=False))

    assert (evidence.facts, evidence.customer) == ((), None)
    assert look.records.read == []
    assert articles(evidence) == ["delivery"]


def test_a_stranger_is_told_what_lies_open_and_nothing_of_any_account(look):
    tent = Fact(id="product:tent", kind="product", key="tent", source="products", words=("35 EUR",))
    evidence = look(asked(PRICE), open_lookup=Catalogue(tent), asker=an_asker(verified=False))

    assert (evidence.facts, evidence.customer) == ((tent,), None)
    assert look.records.read == [], "find_order and find_account of the same intent were not made"


def test_where_nothing_lies_open_a_stranger_is_answered_by_articles(look):
    nowhere = Catalogue(connected=False)
    evidence = look(asked(PRICE), open_lookup=nowhere, asker=an_asker(verified=False))

    assert (evidence.facts, evidence.troubles) == ((), ())
    assert articles(evidence) == ["delivery"]
    assert look(asked(PRICE), open_lookup=nowhere).troubles == (
        "find_product was refused: no products system is connected",
    )


def test_a_lookup_that_two_intents_name_is_made_once(look):
    look(asked(WHERE, ("gifts", "Is my voucher valid?")))

    assert [entry[0] for entry in look.records.read[1:]] == ["find_order", "find_customer"]


def test_what_is_missing_and_what_to_choose_from_is_told(look):
    look.records.found["find_order"] = Found(
        missing=("an order 7 in your account",), choices=("order 1, a lamp", "order 2, a lamp")
    )
    evidence = look(asked(WHERE))

    assert evidence.missing == ("an order 7 in your account",)
    assert evidence.choices == ("order 1, a lamp", "order 2, a lamp")


def test_what_no_answer_has_to_stand_on_is_not_asked_for(look):
    policy = the_policy()
    relaxed = policy.intents["order_status"].model_copy(update={"evidence": ("passage",)})
    policy = policy.model_copy(update={"intents": {**policy.intents, "order_status": relaxed}})
    look.records.found["find_order"] = Found(
        facts=(an_order_fact(),), missing=("an order 7 in your account",), choices=("a", "b")
    )
    evidence = look(asked(WHERE), policy)

    assert [fact.kind for fact in evidence.facts] == ["order"]
    assert (evidence.missing, evidence.choices) == ((), ())


def test_there_is_nothing_to_choose_where_another_lookup_knew(look):
    look.records.found["find_order"] = Found(choices=("order 1001, a lamp", "order 1002, a mug"))
    look.records.found["find_customer"] = Found(facts=(an_order_fact("1001"),))

    assert look(asked(("gifts", "my order"))).choices == ()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("scope", "who is asking could not be checked: no"),
        ("customer", "the customer's record could not be read: no"),
        ("find_order", "find_order was refused: no"),
    ],
)
def test_what_was_refused_is_a_trouble(look, what, words):
    look.records.fails[what] = Rejected("no")

    evidence = look(asked(WHERE))

    assert evidence.troubles == (words,)
    assert articles(evidence) == ["delivery"]


@pytest.mark.parametrize("what", ["scope", "customer", "find_order"])
def test_what_may_work_in_a_moment_is_left_to_the_machine(look, what):
    look.records.fails[what] = Unavailable("busy")

    with pytest.raises(Unavailable):
        look(asked(WHERE))


def test_an_approval_that_is_still_open_is_a_fact_to_tell(look):
    asked_for = an_approval(a_turn(), asked_at=NOON, actions=(a_refund(80_00),))
    evidence = look(asked(BACK), pending=(asked_for,))

    [fact] = evidence.facts
    assert (fact.id, fact.kind) == (f"approval:{asked_for.id}", "approval")
    assert fact.words == (
        "A colleague has been looking at a refund of 80.00 EUR for order 1001"
        " since 21 November 2026, 12:00 UTC.",
    )


def test_an_open_approval_about_another_account_is_told_to_nobody_else(look):
    asked_for = an_approval(a_turn(), customer_id="somebody else")

    assert look(asked(BACK), pending=(asked_for,)).facts == ()


def test_an_open_approval_about_an_account_is_told_only_to_the_verified(look):
    about_money = an_approval(a_turn(), actions=(a_refund(),))
    about_words = an_approval(a_turn(), id="words", actions=(), summary="your answer")
    evidence = look(asked(BACK), pending=(about_money, about_words), asker=an_asker(verified=False))

    assert [fact.key for fact in evidence.facts] == ["words"]


def test_for_whom_it_looked_is_kept_in_the_trace() -> None:
    assert looking()(asked(WHERE)).reader.region == "DE"
    assert looking()(asked(WHERE), asker=an_asker(verified=False)).reader.region == ""
