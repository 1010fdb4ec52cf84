"""What is to be done is told from what is to be explained and from what was done before."""

import pytest

from deskhand.text.requests import asks_for_news, asks_to_be_done

TO_DO = """
Can I get a refund?|I want my money back|cancel it please|please refund order 1042|refund
refund me 10 euros of it|can I still cancel?|How do I cancel my order?|Refund please!
How can I get my money back for this?|is it possible to get a refund for the lamp
I'd like my money returned|I don't want it anymore, cancel it|it doesn't suit me. refund?
Am I entitled to a refund here? Then I want it.|give me back what I paid|please stop it
You charged me too much, please pay back the difference|i need a refnd for my order
my kid clicked on buy, cancel it please|I need to cancel, ordered the wrong colour
want to give it back and have my money|don't send it, I no longer need it
we have to cancel the order because our trip is off|it is broken and I want a refund
I'd be glad to get my money returned|cash back pls|what's the way to get my money back for it
dont send it, i changed my mind|I would cancel my order of a lamp|gimme my money back
I was hoping for a refund|if it hasn't left the warehouse please cancel it
I see no reason to keep it, refund it please|I checked the size and want my money back
can you send me a link for a new password?|could you send me another letter with the link
"""
NOT_TO_DO = """
how do refunds work?|what is your refund policy|Where is my refund?|when will I get my refund
did you cancel my order?|I don't want a refund, I want it repaired|please don't cancel it
it arrived broken|can I return it if I don't like it?|do you give refunds on sale items?
Can you tell me how refunds work?|I would like to know your refund policy
How long does a refund take|still waiting for my refund|What happens if I cancel?
I haven't received my refund yet, please check|is it too late to cancel an order
Would you refund a lamp that has been used for a week?|Can one cancel an order?
can I get a refund for used things?|would you take back something opened?|do you refund people
How would a refund work if I decided to send it back?|Can I get a refund? Just asking before I buy
If it turned out not to fit, could I get my money back?|I would cancel if it came late
Just wondering, can I get a refund without the box?|do not refund it please
can you send me your refund policy?|could you send me some information on returns
I need help to check in what cases I can ask for a refund|please show me how long refunds take
want assistance checking your money back guarantee|can you help me check the refund status?
under what circumstances can I request my money back?|I want to see the cancellation fees
I expect a refund of 30 euros, has it been processed?|help me see if there is news on my refund
"""


def split(texts: str) -> list[str]:
    return texts.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", split(TO_DO))
def test_what_is_wanted_now_is_to_be_done(text: str) -> None:
    assert asks_to_be_done(text)


@pytest.mark.parametrize("text", split(NOT_TO_DO))
def test_a_question_about_how_it_works_changes_nothing(text: str) -> None:
    assert not asks_to_be_done(text)


@pytest.mark.parametrize(
    "text",
    split(
        "any news?|Any update on my request?|has it been approved|have you decided yet|bump\n"
        "is my request still being looked at|how long until I hear from you|haven't heard back"
    ),
)
def test_asking_for_news_is_recognised(text: str) -> None:
    assert asks_for_news(text)


@pytest.mark.parametrize("text", split("where is my order|do you have new feeders?|how do I pay"))
def test_another_question_is_not_asking_for_news(text: str) -> None:
    assert not asks_for_news(text)
