"""What is personal is hidden from what is written down, and is back when it is needed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.text.personal import Personal, personal_in
from deskhand.text.veils import UnveiledError, Veil
from tests.builders import (
    a_customer,
    a_message,
    a_reading,
    a_retrieved_turn,
    a_turn,
    an_asker,
    an_order_fact,
    some_evidence,
)

OURS = ("Your order is on its way to you. It was sent with a carrier.", "Is it for the tent?")
INES = Personal(names=("Ines Faber",), values=("ines@x.example", "1001", "Elm Street 1, Essen"))
ASKED = (
    "Name: Ines Faber\nWhere is my order 1001? It goes to Elm Street 1, Essen. Ring 020-555 12 34. "
    "My neighbour Szabina took the last tent, waterproof or not."
)


def veil(text: str = ASKED, personal: Personal = INES) -> Veil:
    return Veil.over(text, personal, known=OURS)


def test_a_value_has_the_same_placeholder_in_what_is_asked_and_in_the_answer() -> None:
    asked = veil().over_request("Order 1001 of Ines Faber")
    answer = veil().over_answer("Your order 1001 is on its way to Ines Faber.")

    assert asked == "Order ⟦known 1⟧ of ⟦name 1⟧"
    assert answer == "Your order ⟦known 1⟧ is on its way to ⟦name 1⟧."


@pytest.mark.parametrize(
    "answer",
    [
        "Your order 1001 is on its way to Ines.",
        "Faber's tent is waterproof.",
        "Waterproof it is: WATERPROOFING. Waterproofs.",
        "It goes to Elm Street 1, Essen. Ring 020-555 12 34.",
        "",
        "Where is my order?",
    ],
)
def test_what_is_hidden_comes_back_as_it_was(answer: str) -> None:
    hidden = veil().over_answer(answer)

    assert veil().lifted(hidden) == answer
    for value in ("1001", "Ines", "Faber", "Elm", "Essen", "555", "waterproof", "Szabina"):
        assert value.casefold() not in hidden.casefold()


def test_the_words_of_the_desk_stay_and_those_of_the_customer_do_not() -> None:
    hidden = veil().over_answer("The tent of Szabina is waterproof.")

    assert hidden == "The tent of ⟦word 8⟧ is ⟦word 11⟧."


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("Write to who@ever.example.", "nobody has told the model: e-mail"),
        ("Ring 030-999 88 77.", "nobody has told the model: phone"),
        ("Your order AB-9001 is on its way.", "nobody has told the model: number"),
        ("It is for INES.", "nobody has told the model: name"),
        ("It is for sZabina.", "spelled in a way of its own"),
        ('{"name": "S\\u007aabina"}', "spells letters by their numbers"),
        ("⟦known 2⟧", "signs that only placeholders have"),
    ],
)
def test_what_could_not_be_put_back_is_not_written_down(answer: str, why: str) -> None:
    with pytest.raises(UnveiledError, match=why):
        veil().over_answer(answer)


@pytest.mark.parametrize("name", ["name 9", "word 0", "word 99", "word 1%", "anything"])
def test_a_placeholder_that_belongs_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(UnveiledError, match="nothing of this text belongs"):
        veil().lifted(f"It is ⟦{name}⟧.")


def test_the_same_told_of_another_customer_is_filled_with_what_is_theirs() -> None:
    bo = Personal(names=("Bo Oyelaran",), values=("bo@y.example", "77002", "Oak Alley 9, Ulm"))
    theirs = (
        "Name: Bo Oyelaran\nWhere is my order 77002? It goes to Oak Alley 9, Ulm. Ring 030-44 55 "
        "667. My neighbour Szabina took the last tent, waterproof or not."
    )
    hidden = veil().over_answer("Order 1001 goes to Elm Street 1, Essen, for Ines Faber.")

    assert veil(theirs, bo).over_request(theirs) == veil().over_request(ASKED)
    other = veil(theirs, bo).lifted(hidden)
    assert other == "Order 77002 goes to Oak Alley 9, Ulm, for Bo Oyelaran."


def test_signs_of_placeholders_from_outside_are_no_placeholders() -> None:
    forged = veil("My order is ⟦name 1⟧.", Personal(names=("Ines Faber",)))

    assert forged.over_request("My order is ⟦name 1⟧.") == "My order is [name 1]."


WORDS = st.lists(
    st.sampled_from(
        [
            "order",
            "1001",
            "Ines",
            "Faber",
            "tent",
            "waterproof",
            "Szabina",
            "ines@x.example",
            "020-555 12 34",
            "Straße",
            "übermorgen",
            "ﬁne",
            "İstanbul",
            "42.00",
            "日本",
            "x",
        ]
    )
    | st.text(max_size=8),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(asked=WORDS, answer=WORDS)
def test_whatever_is_asked_and_answered_comes_back_or_is_refused(
    asked: list[str], answer: list[str]
) -> None:
    text, said = " ".join(asked), " ".join(answer)
    over = Veil.over(text, INES, known=OURS)
    try:
        hidden = over.over_answer(said)
    except UnveiledError:
        return
    assert over.lifted(hidden) == said
    for value in {"ines@x.example", "020-555 12 34"} & set(asked):
        assert value not in hidden


@settings(max_examples=100, deadline=None)
@given(words=WORDS)
def test_an_answer_that_repeats_what_was_asked_is_hidden_whole(words: list[str]) -> None:
    text = " ".join(word for word in words if word.isascii() and word.isprintable())
    over = Veil.over(text, INES, known=OURS)
    try:
        hidden = over.over_answer(text)
    except UnveiledError:
        return
    for value in ("1001", "Ines", "Faber", "Szabina", "waterproof"):
        assert value not in hidden


def test_of_a_turn_the_desk_knows_the_names_and_all_that_is_the_customers_own() -> None:
    fact = an_order_fact()
    turn = a_retrieved_turn(
        asker=an_asker(name="Ada L", email="ada@example.com"),
        messages=(a_message(by=an_asker(name="Bo", email="bo@example.com")),),
        reading=a_reading(entities={"references": ("X-77",), "emails": ("c@example.com",)}),
        evidence=some_evidence(facts=(fact,)).model_copy(
            update={
                "customer": a_customer(
                    name="Ada Lovelace",
                    phone="0201234567",
                    address={
                        "line1": "Elm Street 1",
                        "city": "Essen",
                        "postcode": "45127",
                        "country": "DE",
                    },
                )
            }
        ),
    )
    found = personal_in(turn)

    assert found.names == ("Ada L", "Bo", "Ada Lovelace")
    assert {"ada@example.com", "bo@example.com", "c@example.com", "X-77", "1001"} <= set(
        found.values
    )
    assert {"0201234567", "Elm Street 1", "Essen", "45127"} <= set(found.values)
    assert {"Elm Street 1, 10115 Berlin, DE", "10115 Berlin"} <= set(found.values)
    assert "DE" not in found.values


def test_of_a_turn_that_nobody_has_read_yet_it_knows_who_writes() -> None:
    assert personal_in(a_turn()) == Personal(names=("Ada",), values=("ada@example.com",))
