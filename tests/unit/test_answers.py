"""A yes is a yes to what was asked, and to nothing else."""

import pytest

from deskhand.text.answers import answer_to_question

ASKED = (
    "Before I go on: shall I go ahead with the cancellation of order 1001, with a refund of "
    "20.00 EUR? Please answer with yes or no."
)
ANSWERS = {
    "yes": "yes|Yes please|yes, go ahead|Yes, that's right, thank you!|ok|sure, do it|Please do."
    "|yep cancel it|I confirm|okay thank you|go ahead and refund it|well yes|exactly|I agree"
    "|Yes, please cancel the order. Thanks, Ann|correct, the refund of 20 EUR|Yes. No problem."
    "|Yes please\nAda Byron|Yes, cancel order 1001 now. Kind regards, Ada|Ok, please proceed"
    "|Yes, I want to cancel it as soon as possible|of course, why not|Yes, I'd like that",
    "no": "no|No, thanks|nope|don't cancel it|Stop!|I do not agree|not now|never mind",
    "": "Yes, but to another card|yes but only half|yes?|Yes, if it is quick|Yesterday I wrote you"
    "|yes, how long will it take?|Yes. Not the blue one though|yes, but not the whole amount"
    "|yes and cancel the other one as well|Norway?|Right, where is it|yes no maybe|ok so what now?"
    "|where is it|",
}
NO_YES = """
ok, let me think about it|Sure, let me ask my wife|Alright, I'll check with my husband
Okay, my son will answer you|Ok I will get back to you|Yes, later|Yes tomorrow
Right now I am abroad|It is too expensive|It is a disgrace|Certainly a bad experience
Definitely the worst shop|confirm that you received my message|That is right of you to ask
Agreed price was 30 euros|Correct, I bought it in May|ok so I talked to my bank
Yes, make it 30 euros|Yes, 30.00 EUR|yes, two of them|yes, to my gift card|Yes, to my paypal
Yes and cancel order 1002 too|yes i would like to keep it|Yes please keep the order
Yes, thank you, keep it|Yes, thanks, send it to my paypal|Yes I want to talk to a human
"""


@pytest.mark.parametrize(
    ("text", "answer"), [(t, answer) for answer, texts in ANSWERS.items() for t in texts.split("|")]
)
def test_only_a_plain_yes_is_a_yes(text: str, answer: str) -> None:
    assert answer_to_question(text, ASKED) == answer


@pytest.mark.parametrize("text", NO_YES.strip().replace("\n", "|").split("|"))
def test_what_only_begins_like_a_yes_is_none(text: str) -> None:
    assert answer_to_question(text, ASKED) == ""


def test_a_yes_may_say_again_what_was_asked_and_nothing_that_was_not() -> None:
    about_money = ASKED.replace("cancellation of order 1001, with a refund", "refund")

    assert answer_to_question("Yes, cancel the order.", ASKED) == "yes"
    assert answer_to_question("Yes, cancel the refund.", about_money) == ""


# --- the same deed in other words -----------------------------------------------------------------

RETURN = (
    "shall I go ahead with the return of 1 x Wren Cabin nest box of order HR-4107, the money going "
    "back to where it came from?"
)
PLAN = (
    "shall I go ahead with the cancellation of subscription SUB-704 (Recorder library for a year, "
    "39.00 EUR a year)?"
)
CHANGE = (
    "shall I go ahead with the change of 1 x Owl House (larch) for the Owl House (oak) at 95.00 EUR"
    " in order HR-4137, with 25.00 EUR to pay by the Visa card ending in 4417?"
)
BY_GIFT_CARD = CHANGE.replace("the Visa card ending in 4417", "the gift card GC-88")
REFUND = "shall I go ahead with a refund of 20.00 EUR for order 1001?"
STOPPING = "shall I go ahead with the cancellation of order 1001?"
AGAIN = "shall I go ahead with sending 1 x Mealworm Tin 500 g of order HR-4124 again, at no cost?"
PAUSE = "shall I go ahead with a pause of subscription SUB-701 until 20 January 2027?"
PAYING = (
    "shall I go ahead with paying order 1001 with the gift card 8, the first payment going back?"
)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (RETURN, "Yes, please open it."),
        (RETURN, "yes, open the return please"),
        (RETURN, "Sure, I'd like to send it back"),
        (RETURN, "Yes, go on"),
        (PLAN, "yes, end it"),
        (PLAN, "Yes, end it anyway."),
        (PLAN, "Yes please terminate the subscription"),
        (PLAN, "Yes, cancel the 39 euros a year"),
        (CHANGE, "Yes, the extra 25 on the same card is fine."),
        (CHANGE, "ok yes charge the 25 to the card"),
        (CHANGE, "Yes, change it please"),
        (CHANGE, "Yes, the oak"),
        (CHANGE, "Yes, that works for me."),
        (CHANGE, "yes, €25 is ok"),
        (BY_GIFT_CARD, "Yes, the extra 25 on the gift card is fine"),
        (BY_GIFT_CARD, "yes, pay it with the giftcard"),
        (REFUND, "Yes, please pay it back"),
        (REFUND, "Yes, the 20,00 euro"),
        (AGAIN, "yes send"),
        (AGAIN, "Yes, please ship it again"),
        (PAUSE, "Yes, please suspend it"),
    ],
)
def test_a_yes_may_call_the_same_deed_by_another_name(asked: str, text: str) -> None:
    assert answer_to_question(text, asked) == "yes"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (RETURN, "Yes, it is open"),  # the box is
        (RETURN, "yes, end it"),
        (RETURN, "yes, please open it for the chair too"),
        (RETURN, "Yes, send a new one"),
        (RETURN, "Yes please send it now"),
        (RETURN, "Yes, open it once I am home"),
        (RETURN, "yes, send it to my gift card"),
        (PLAN, "Yes, end it in June"),
        (PLAN, "Yes, end the trial"),
        (PLAN, "yes, pause it"),
        (PLAN, "Yes, end it and pay me back the 39.00 EUR"),
        (CHANGE, "Yes, the extra 30 on the same card is fine."),
        (CHANGE, "Yes, the extra 25 on the same account is fine."),
        (CHANGE, "Yes, the extra 25 on my mastercard is fine."),
        (CHANGE, "Yes, the extra 25 on the gift card is fine."),
        (CHANGE, "Yes, the extra $25 is fine"),
        (CHANGE, "Yes, the extra 25.50 is fine"),
        (CHANGE, "Yes, change it to larch"),  # it is larch
        (CHANGE, "Yes, switch it for the larch"),
        (CHANGE, "yes, change the address"),
        (BY_GIFT_CARD, "Yes, the extra 25 on the same card is fine."),
        (BY_GIFT_CARD, "Yes, with my card"),
        (PAYING, "Yes, with my card"),
        (PAYING, "yes, charge the same card"),
        (REFUND, "Yes, 1001 EUR"),
        (REFUND, "Yes, 20.20 EUR"),
        (REFUND, "Yes, 20 dollars"),
        (REFUND, "yes, change it"),
        (REFUND, "yes, open it"),
        (AGAIN, "Yes, send it back"),
        (AGAIN, "Yes, send two"),
        (PAUSE, "Yes, hold on"),
        (PAUSE, "yes, pause it until 20 February 2027"),
        (PAUSE, "Yes\nNot Now"),
        (STOPPING, "Yes, order it"),
        (STOPPING, "Yes, I like the order"),
        (STOPPING, "yes, I have the order now, thanks"),
        (STOPPING, "Yes, the order is fine"),
        (STOPPING, "Yes, in the end"),
        (REFUND, "Yes, I am happy with the order"),
        (CHANGE, "yes, an additional owl house"),
        (CHANGE, "Yes, extra"),
        (PLAN, "Oui, merci"),
        (PLAN, "Sí, por favor"),
        (PLAN, "Ja, bitte"),
    ],
)
def test_a_yes_to_another_deed_amount_card_or_day_is_none(asked: str, text: str) -> None:
    assert answer_to_question(text, asked) == ""
