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
