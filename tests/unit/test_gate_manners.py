"""A reply keeps our manners: no promise, no second apology, short, and honest about who writes."""

import pytest

from tests.builders import (
    a_drafted_turn,
    a_passage,
    a_policy,
    a_reading,
    an_order_fact,
    some_evidence,
)
from tests.judging import codes, judged, objected, said, saying

GOOD = ("Your order 1001 was delivered.", "order:1001")
ARTICLE = "We will refund you within 14 days. Once your refund has been issued, we write to you."


def promised(text: str, *sources: str) -> bool:
    evidence = some_evidence(
        passages=(a_passage(ARTICLE, id="art#1"), a_passage("Two-year guarantee.", id="art#2")),
        facts=(an_order_fact().model_copy(update={"words": ("Order 1001 was cancelled.",)}),),
    )
    return "PROMISE" in objected((text, *sources), evidence=evidence)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("I promise that it arrives.", "art#1"),
        ("It will definitely arrive.", "order:1001"),
        ("I have refunded your money.", "order:1001"),
        ("We've cancelled it for you.", "art#1"),
        ("I'll refund you today.", "art#1"),
        ("I have changed your address.", "order:1001"),
        ("I have forwarded this to my colleagues.", "art#1"),
        ("Your refund has been issued.", "art#1"),
        ("Your order was cancelled.", "art#1"),
        ("Order 1001 was cancelled.", "art#1"),
        ("Your 42.00 EUR have already been refunded.", "art#1"),
    ],
)
def test_nothing_is_promised_that_nobody_has_seen_happen(text, source):
    assert promised(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Your order 1001 was cancelled.", "order:1001"),
        ("We will refund you within 14 days.", "art#1"),
        ("Once your refund has been issued, we write to you.", "art#1"),
        ("Two-year guarantee.", "art#2"),
        ("We write to you.", "art#1"),
    ],
)
def test_what_a_record_shows_or_an_article_says_is_no_promise_of_ours(text, source):
    assert not promised(text, source)


def test_long_replies_are_written_again():
    long = (" ".join(["Parcels travel two to four days."] * 40), "shipping#1")

    assert objected(GOOD, long) == ["TOO_LONG"]


@pytest.mark.parametrize(
    ("claims", "bent", "expected"),
    [
        ([("Sorry to hear that.",)], {}, []),
        ([("Sorry to hear that.",), ("We apologise.",)], {}, ["SECOND_APOLOGY"]),
        ([("Sorry to hear that.",)], {"reading": {"sentiment": "unhappy"}}, ["SECOND_APOLOGY"]),
        (
            [("Sorry to hear that.",)],
            {"history": (said("We are sorry.", "agent"),)},
            ["SECOND_APOLOGY"],
        ),
        ([("Sorry to hear that.",)], {"history": (said("Sorry, I forgot."),)}, []),
    ],
)
def test_one_apology_is_enough(claims, bent, expected):
    reading = a_reading(**bent.pop("reading", {}))

    assert objected(GOOD, *claims, reading=reading, **bent) == expected


@pytest.mark.parametrize(
    "text", ["I am a real person.", "You are talking to a human.", "I'm not a bot."]
)
def test_nobody_is_told_that_we_are_human(text):
    assert "CLAIMS_TO_BE_HUMAN" in objected(GOOD, (text, "order:1001"))
    assert "CLAIMS_TO_BE_HUMAN" in objected(GOOD, draft={"question": text})


def test_a_reply_loop_ends_even_where_the_trigger_is_switched_off():
    policy = a_policy()
    kept = {name: one for name, one in policy.triggers.items() if name != "too_many_turns"}
    policy = policy.model_copy(update={"triggers": kept})
    ours = tuple(said(f"Reply {number}.", "agent") for number in range(8))

    assert codes(judged(a_drafted_turn(history=ours[:7]), policy=policy)) == []
    assert codes(judged(a_drafted_turn(history=ours), policy=policy)) == ["TOO_MANY_REPLIES"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("We promise you a new lamp. Which colour?", "PROMISE"),
        ("I have cancelled your order. Which one is next?", "PROMISE"),
        ("We will refund you all of it. Which order is it?", "PROMISE"),
        (" ".join(["Which one of them all is it?"] * 30), "TOO_LONG"),
        ("Could you sign in at https://evil.example/x first?", "UNSUPPORTED_CLAIM"),
        ("Could you sign in at evil.example/x first?", "UNSUPPORTED_CLAIM"),
    ],
)
def test_a_question_back_promises_nothing_and_leads_nowhere(question, code):
    turn = a_drafted_turn(
        "See https://evil.example/x. Where is it?", draft=saying(question=question)
    )

    assert code in codes(judged(turn))


@pytest.mark.parametrize(
    "question",
    [
        "Shall I look for the order that was cancelled?",
        "Is ada@example.com the address that you ordered with?",
        "Is it the parcel in https://shop.example/parcels/7?",
    ],
)
def test_a_plain_question_back_goes_out(question):
    page = a_passage("Parcels are listed at https://shop.example/parcels/7.")
    turn = a_drafted_turn(
        "I am ada@example.com, and parcel 7 is not here.",
        draft=saying(question=question),
        evidence=some_evidence(passages=(page,)),
    )

    assert codes(judged(turn)) == ["QUESTION"]
