"""How a customer feels, and how pressing it is."""

import pytest

from deskhand.text.sentiment import is_angry, sentiment_of, urgency_of

FELT = {
    "angry": "This is the third time I write and NOBODY answers!!|I want my money back NOW!!!"
    "|you people are useless|WHERE IS MY ORDER??? I PAID TWO WEEKS AGO|Your company is a joke"
    "|This is absolutely ridiculous. Two weeks and nothing.|I've asked you four times already"
    "|I can't believe you are this incompetent|what a waste of money, total garbage"
    "|Are you kidding me?|worst shop ever, I am fed up|absolutely shocking service, shame on you",
    "unhappy": "I'm quite disappointed with the quality.|The lamp is missing|Still waiting!!!"
    "|Thanks, great. It arrived broken again.|I love my kettle, but the lid is cracked"
    "|I am not happy about this at all|it still does not work|my parcel never arrived",
    "neutral": "Where is order DH-2041-X? ASAP please|hi, can I change my address"
    "|PLEASE CANCEL MY ORDER|no problem, when will it ship?|is there a stupid question? mine: how?"
    "|Do you have the HDMI TV USB cable|I feel a bit stupid, how do I open it",
    "happy": "thanks so much, you are great|GREAT JOB TEAM THANK YOU!!!|I love it, perfect!",
}


@pytest.mark.parametrize(
    ("text", "feeling"),
    [(text, feeling) for feeling, texts in FELT.items() for text in texts.split("|")],
)
def test_a_feeling_is_read_from_words_and_shouting(text: str, feeling: str) -> None:
    assert sentiment_of(text) == feeling
    assert is_angry(text) is (feeling == "angry")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("I need this by tomorrow, please hurry", "high"),
        ("URGENT: wrong address", "high"),
        ("please answer asap", "high"),
        ("this is the third time I ask", "high"),
        ("no rush, when will it ship?", "low"),
        ("just curious, is it oak?", "low"),
        ("where is my order?", "normal"),
    ],
)
def test_pressing_is_what_the_customer_calls_pressing(text: str, urgency: str) -> None:
    assert urgency_of(text) == urgency
