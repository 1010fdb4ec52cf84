"""What a model writes becomes a draft that the gate judges: nothing is hidden from it."""

import json
from typing import Any

import pytest

from deskhand.adapters.models.claude.arguments import MOST_CHARS, arguments_in
from deskhand.adapters.models.claude.drafting import most_sure
from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.turn import Drafted, Retrieved, grow
from tests.asking import SPENT, answering, drafted
from tests.builders import (
    a_customer,
    a_passage,
    a_policy,
    a_reading,
    a_retrieved_turn,
    an_order_fact,
    some_evidence,
)
from tests.judging import codes, judged

REFUND = {"order_id": "1001", "amount_cents": 4200}


def sentence(text: str = "Parcels travel two to four days.", **bent: Any) -> dict[str, Any]:
    return {"text": text, "supports": ["P1"], "quotes": []} | bent


def proposal(arguments: Any = REFUND, tool: str = "refund_order") -> dict[str, Any]:
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"tool": tool, "arguments": written}


def a_refund_turn() -> Retrieved:
    asked = "Please refund order 1001"
    guess = IntentGuess(intent="refund_request", confidence=0.9, part=asked)
    return a_retrieved_turn(asked, reading=a_reading(intents=(guess,), question=asked))


def objections(draft: Draft, turn: Retrieved) -> list[str]:
    return codes(judged(grow(turn, Drafted, draft=draft)))


def test_short_names_become_the_ids_of_what_was_found() -> None:
    draft = drafted(a_retrieved_turn(), claims=[sentence(supports=["P1", "[f1]", "P1"])])

    assert draft.claims[0].supports == ("shipping#1", "order:1001")


def test_a_name_that_nobody_gave_is_kept_and_the_gate_refuses_it() -> None:
    turn = a_retrieved_turn()
    draft = drafted(turn, claims=[sentence(supports=["P1", "P7"])])

    assert draft.claims[0].supports == ("shipping#1", "P7")
    assert "INVENTED_CITATION" in objections(draft, turn)


def test_a_sentence_about_an_action_cites_that_action() -> None:
    turn = a_refund_turn()
    draft = drafted(
        turn,
        "refund_order",
        claims=[sentence("I refund it.", supports=["A1"])],
        actions=[proposal()],
    )

    assert draft.claims[0].supports == (draft.actions[0].id,)
    assert "INVENTED_CITATION" not in objections(draft, turn)


def test_a_proposal_that_fits_may_be_done() -> None:
    turn = a_refund_turn()
    draft = drafted(turn, "refund_order", actions=[proposal()])

    assert draft.actions[0].arguments == REFUND
    assert judged(grow(turn, Drafted, draft=draft)).decision == "send"


@pytest.mark.parametrize(
    "arguments",
    [
        *("not JSON", "[1, 2]", "null", '{"order_id": NaN}', "[" * 9_000, '"text"', "{} {}"),
        '{"order_id": "1001", "amount_cents": 1e999}',
        *({"order_id": "1001"}, {**REFUND, "customer_id": "c2"}, {**REFUND, "amount_cents": 1e999}),
        *(
            {**REFUND, "amount_cents": 10**30},
            {**REFUND, "to": {"a": {"b": {"c": {"d": {"e": {}}}}}}},
        ),
    ],
)
def test_arguments_that_do_not_fit_are_kept_and_the_gate_says_what_is_wrong(arguments: Any) -> None:
    turn = a_refund_turn()
    draft = drafted(turn, "refund_order", actions=[proposal(arguments)])

    assert len(draft.actions) == 1
    assert objections(draft, turn)[0] == "INVALID_ACTION"
    assert judged(grow(turn, Drafted, draft=draft)).decision == "look_again"


def test_a_tool_that_does_not_exist_or_is_not_for_this_is_refused_by_name() -> None:
    turn = a_refund_turn()
    invented = drafted(turn, "refund_order", actions=[proposal({}, "pay_out_everything")])
    other = drafted(turn, "refund_order", actions=[proposal({}, "delete_account")])

    assert "UNKNOWN_ACTION" in objections(invented, turn)
    assert "ACTION_NOT_ALLOWED" in objections(other, turn)


def test_no_arguments_at_all_are_an_empty_list_of_them() -> None:
    draft = drafted(a_refund_turn(), actions=[proposal("", "delete_account")])

    assert draft.actions[0].arguments == {}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"n": NaN}', {"unreadable": "{'n': NaN}"}),
        ('{"n": 1e999}', {"n": "too large"}),
        ('{"n": -1000000000000000000000000000000}', {"n": "too large"}),
        ('{"n": 1000000000000000}', {"n": 10**15}),
        ('{"a": [[[[[["x"]]]]]]}', {"a": [[[[["too deep"]]]]]}),
        ('{"a": [[[["x"]]]]}', {"a": [[[["x"]]]]}),
    ],
)
def test_arguments_that_no_store_takes_are_named_instead(written: str, read: Any) -> None:
    assert arguments_in(written) == read


def credit(why: str) -> str:
    arguments = {"order_id": "1001", "amount_cents": 500, "why": why}
    (action,) = drafted(a_refund_turn(), actions=[proposal(arguments, "give_credit")]).actions
    return str(action.arguments["why"])


@pytest.mark.parametrize(
    ("written", "asked_about"),
    [
        ("late\nparcel", "late parcel"),
        ("late, see https://evil.example/x?y=1 now", "late, see (link left out) now"),
        ("late, see evil.example/pay", "late, see (link left out)"),
        ("write to me@evil.example", "write to (link left out)"),
        ('late" and a credit of 900.00 EUR "', "late' and a credit of 900.00 EUR '"),
        ("la\u200bte \u202eparcel\0", "late parcel"),
    ],
)
def test_free_text_of_an_action_leads_nobody_anywhere(written: str, asked_about: str) -> None:
    assert credit(written) == asked_about


def test_free_text_of_an_action_is_short_enough_to_be_read() -> None:
    assert len(credit("very " * 500)) <= MOST_CHARS
    assert credit("very " * 500).endswith(" …")
    assert credit("a.b/ " * 400).endswith(" …")
    assert credit("very " * 119).endswith("very")


def test_nested_arguments_are_tidied_too_and_numbers_stay_numbers() -> None:
    address = {"line1": "Elm\tStreet 1", "city": "Berlin", "postcode": "10115", "country": "DE"}
    arguments = {"order_id": "1001", "address": address, "n": [1, 2.5, True, None]}
    (action,) = drafted(
        a_refund_turn(), actions=[proposal(arguments, "change_order_address")]
    ).actions

    assert action.arguments == {
        **arguments,
        "address": {**address, "line1": "Elm Street 1"},
    }


def test_words_of_a_model_are_lines_that_read_as_they_are_written() -> None:
    draft = drafted(
        a_retrieved_turn(),
        claims=[sentence("Two\nto\u200b four\u202e days."), sentence(" \u200b ")],
        question="Which\none?",
        missing="the\tcolour",
    )

    assert [claim.text for claim in draft.claims] == ["Two to four days."]
    assert (draft.question, draft.missing) == ("Which one?", "the colour")


def test_quotes_are_handed_on_for_the_gate_to_look_up() -> None:
    draft = drafted(a_retrieved_turn(), claims=[sentence(quotes=["two to four  days", " "])])

    assert draft.claims[0].quotes == ("two to four days",)


def test_what_was_read_is_what_was_shown_whatever_the_model_says() -> None:
    model, asked = answering()
    file = OpenedFile(name="crack.png", media_type="image/png", content=b"\x89PNG")
    draft = model.draft(a_retrieved_turn(), intents={}, tools=[], files=[file, file])

    assert draft.attachments_read == ("crack.png",)
    assert asked.asks[0].files == (file, file)
    assert "<files " in asked.asks[0].turn
    assert model.draft(a_retrieved_turn(), intents={}, tools=[]).attachments_read == ()


@pytest.mark.parametrize(
    ("read", "stated", "believed"),
    [
        ((0.9,), 1.0, 0.95),
        ((0.6,), 1.0, 0.8),
        ((0.9, 0.5), 0.9, 0.75),
        ((0.9,), 0.3, 0.3),
        ((0.9,), -3.0, 0.0),
        ((), 0.9, 0.8),
    ],
)
def test_a_draft_is_no_surer_than_the_reading_that_it_stands_on(
    read: tuple[float, ...], stated: float, believed: float
) -> None:
    names = ("order_status", "refund_request")
    guesses = tuple(
        IntentGuess(intent=name, confidence=sure, part="x")
        for name, sure in zip(names, read, strict=False)
    )
    turn = a_retrieved_turn(reading=a_reading(intents=guesses))

    assert drafted(turn, confidence=stated).confidence == pytest.approx(believed)


def test_without_intent_and_article_nothing_is_sure() -> None:
    evidence = some_evidence(passages=(a_passage(similarity=-0.2),))

    assert most_sure(a_retrieved_turn(reading=a_reading(intents=()), evidence=evidence)) == 0.0


def test_a_draft_says_who_wrote_it_by_which_prompts_and_what_that_used() -> None:
    draft = drafted(a_retrieved_turn())

    assert draft.written_by.startswith("claude-haiku-5-5 (prompts ")
    assert draft.usage == SPENT


def message_about(turn: Retrieved) -> str:
    model, asked = answering()
    intents = {guess.intent: a_policy().intents[guess.intent] for guess in turn_intents(turn)}
    model.draft(turn, intents=intents, tools=[])
    return str(asked.asks[-1].turn)


def turn_intents(turn: Retrieved) -> tuple[IntentGuess, ...]:
    return turn.classification.intents


def test_a_model_hears_how_the_message_was_read() -> None:
    one = message_about(a_retrieved_turn("Where is my order 1001?"))
    part = message_about(a_retrieved_turn("Hi all. Where is my order 1001?"))
    none = message_about(a_retrieved_turn("Do owls sing?", reading=a_reading(intents=())))

    assert "Read as order_status." in one
    assert "Read as order_status, from:" in part
    assert "None of what the desk handles was recognised" in none


def test_a_model_hears_whose_the_records_are_and_what_was_not_found() -> None:
    unknown = some_evidence(
        passages=(),
        facts=(),
        customer=None,
        missing=("an order 9",),
        choices=("order 1", "order 2"),
    )
    told = message_about(a_retrieved_turn(reading=a_reading("warranty"), evidence=unknown))

    assert "Nobody has shown that they own an account." in told
    assert "No passage and no record was found." in told
    assert "an order 9" in told
    assert "order 1\norder 2" in told
    assert "The customer has shown who they are" in message_about(a_retrieved_turn())


def test_a_passage_stands_under_its_titles_and_a_record_in_its_sentences() -> None:
    evidence = some_evidence(
        passages=(a_passage(title="Shipping", heading="Abroad"),), facts=(an_order_fact(),)
    )
    told = message_about(a_retrieved_turn(evidence=evidence))

    assert "Shipping > Abroad\nParcels travel two to four days." in told
    assert "Your order 1001 was delivered." in told


def test_what_is_only_for_colleagues_is_told_to_no_model() -> None:
    inner = a_passage("Give in after the third letter.", id="inner#1", audience="internal")
    evidence = some_evidence(passages=(inner, a_passage()))
    turn = a_retrieved_turn(evidence=evidence)

    assert "third letter" not in message_about(turn)
    assert drafted(turn, claims=[sentence()]).claims[0].supports == ("shipping#1",)


@pytest.mark.parametrize(
    ("names", "customer", "asked"),
    [
        (("thanks",), a_customer(), 0),
        (("order_status",), None, 0),
        (("order_status", "thanks"), None, 0),
        (("order_status",), a_customer(), 1),
        (("order_status", "delivery_times"), None, 1),
        (("delivery_times",), None, 1),
        ((), None, 1),
    ],
)
def test_nobody_is_asked_for_what_the_desk_says_by_itself(
    names: tuple[str, ...], customer: Any, asked: int
) -> None:
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part="x") for name in names)
    turn = a_retrieved_turn(
        reading=a_reading(intents=guesses), evidence=some_evidence(customer=customer)
    )
    model, somebody = answering()
    draft = model.draft(turn, intents={n: a_policy().intents[n] for n in names}, tools=[])

    assert len(somebody.asks) == asked
    assert draft.usage.calls == asked


def test_whoever_sends_a_file_along_has_it_read() -> None:
    file = OpenedFile(name="note.txt", media_type="text/plain", content=b"thanks")
    model, asked = answering()
    turn = a_retrieved_turn(reading=a_reading("thanks"))
    intents = {"thanks": a_policy().intents["thanks"]}

    assert model.draft(turn, intents=intents, tools=[], files=[file]).attachments_read
    assert len(asked.asks) == 1


@pytest.mark.parametrize(("size", "read"), [(3_750_000, ("a.png",)), (3_750_001, ())])
def test_an_image_that_the_vendor_would_refuse_is_not_shown_and_not_read(
    size: int, read: tuple[str, ...]
) -> None:
    image = OpenedFile(name="a.png", media_type="image/png", content=b"0" * size)
    model, asked = answering()

    draft = model.draft(a_retrieved_turn(), intents={}, tools=[], files=[image])

    assert draft.attachments_read == read
    assert len(asked.asks[0].files) == len(read)


def test_who_has_to_show_who_they_are_is_asked_for_that() -> None:
    turn = a_retrieved_turn(evidence=some_evidence(facts=(), customer=None))
    verdict = judged(grow(turn, Drafted, draft=drafted(turn)))

    assert verdict.decision == "send"
    assert codes(verdict) == ["VERIFY"]
