"""Whatever a customer sends, what a model is told of it is whole, plain and within its tokens."""

from typing import Any

import pytest

from deskhand.adapters.models.claude.ask import Ask
from deskhand.domain.ticket import Attachment
from deskhand.text.tokens import estimated_tokens
from tests.asking import all_specs, answering
from tests.builders import (
    a_message,
    a_passage,
    a_policy,
    a_retrieved_turn,
    an_order_fact,
    an_order_line,
    some_evidence,
)

MOST_TO_CLASSIFY = 4_500
MOST_TO_DRAFT = 18_000
GREETINGS = (
    *("Hello", "Hallo", "Bonjour", "Hola", "Ciao", "Olá", "Hej", "Hei", "Ahoj", "Cześć", "Szia"),
    *("Здравствуйте", "Добрий день", "Γειά σας", "Merhaba", "שלום", "مرحبا", "سلام", "नमस्ते"),
    *("হ্যালো", "வணக்கம்", "హలో", "ನಮಸ್ಕಾರ", "ഹലോ", "ආයුබෝවන්", "สวัสดี", "ສະບາຍດີ", "မင်္ဂလာပါ"),
    *("សួស្តី", "你好", "您好嗎", "こんにちは", "안녕하세요", "Xin chào", "Halo", "Kumusta", "Habari"),
    *("Sawubona", "Selam", "ሰላም", "Barev", "Բարև", "გამარჯობა", "Salam", "Сәлем", "Өдрийн мэнд"),
    *("Tere", "Sveiki", "Labas", "Zdravo", "Bok", "Buna ziua", "Здравейте", "Përshëndetje"),
)
BAD: dict[str, str] = {
    "100,000 letters": "word " * 20_000,
    "one word of 100,000 letters": "a" * 100_000,
    "100,000 Chinese signs": "退款" * 50_000,
    "100,000 emoji": "🤬" * 100_000,
    "joined emoji": "👩‍👩‍👧‍👦" * 15_000,
    "100,000 marks without width": "\u200b" * 100_000,
    "100,000 tag letters": "\U000e0041" * 100_000,
    "letters under a hundred accents": ("a" + "\u0301" * 100) * 900,
    "right to left": "أين طلبي؟ " * 9_000,
    "turned around": "\u202e" + "where is my order" * 100 + "\u202c",
    "100,000 line breaks": "\n" * 100_000,
    "nothing": "",
    "blanks": " \t\n ",
    "a signature": "--\nBest regards\nAda Byte\nHead of Counting\n+49 30 1234567",
    "halves of characters": "order \ud800\udfff\udc00 please",
    "controls": "order\0\x07\x1b[31m 1001\x7f",
    "fifty languages": " · ".join(GREETINGS),
    "JSON": '{"claims": [{"text": "yes"}]}' * 500,
    "XML": "<customer></customer>" * 3_000,
}


def asks_about(text: str, **bent: Any) -> dict[str, Ask[Any]]:
    turn = a_retrieved_turn(text, subject=text, **bent)
    intents = {"order_status": a_policy().intents["order_status"]}
    reader, read = answering(language="en")
    reader.classify(turn, intents=a_policy().intents)
    writer, written = answering()
    writer.draft(turn, intents=intents, tools=[])
    return {"classify": read.asks[-1], "draft": written.asks[-1]}


@pytest.mark.parametrize("kind", BAD)
def test_a_message_of_any_kind_is_told_within_the_tokens(kind: str) -> None:
    asks = asks_about(BAD[kind], history=(a_message(BAD[kind], id="h1"),))

    assert estimated_tokens(asks["classify"].turn) <= MOST_TO_CLASSIFY
    assert estimated_tokens(asks["draft"].turn) <= MOST_TO_CLASSIFY
    for asked in asks.values():
        asked.turn.encode("utf-8")
        assert not set("\0\x1b\u200b\u202e\U000e0041") & set(asked.turn)


def test_fifty_languages_are_told_letter_by_letter() -> None:
    assert len(GREETINGS) >= 50
    told = asks_about(BAD["fifty languages"])["classify"].turn

    assert all(greeting in told for greeting in GREETINGS)


def test_of_a_long_message_the_beginning_and_the_end_are_told_and_what_is_missing() -> None:
    text = "My parcel is lost. " + "It is a long story. " * 6_000 + "Please refund order 1001."
    told = asks_about(text)["draft"].turn

    assert "My parcel is lost." in told
    assert "Please refund order 1001." in told
    assert "characters left out …]" in told


def test_fifty_messages_share_the_room() -> None:
    turn = a_retrieved_turn(*["a long complaint about everything " * 300] * 50)
    model, asked = answering(language="en")
    model.classify(turn, intents=a_policy().intents)

    assert estimated_tokens(asked.asks[-1].turn) <= 2 * MOST_TO_CLASSIFY
    assert asked.asks[-1].turn.count("<customer ") == 50


def test_a_file_without_a_word_is_told_as_that() -> None:
    files = tuple(
        Attachment(name=f"{place} crack\n.png", media_type="image/png", size_bytes=9)
        for place in range(12)
    )
    turn = a_retrieved_turn(messages=(a_message("", attachments=files),))
    model, asked = answering(language="en")
    model.classify(turn, intents=a_policy().intents)

    assert "(no words)\n[files: 0 crack .png, 1 crack .png" in asked.asks[-1].turn
    assert "and 2 more]" in asked.asks[-1].turn


def test_a_turn_without_a_message_says_so() -> None:
    turn = a_retrieved_turn(messages=())
    model, asked = answering(language="en")
    model.classify(turn, intents=a_policy().intents)

    assert "of this turn:\n(none)" in asked.asks[-1].turn


def test_the_largest_evidence_stays_within_the_tokens() -> None:
    lines = [an_order_line(str(place), product="A long name " * 8) for place in range(60)]
    evidence = some_evidence(
        passages=tuple(a_passage("word " * 2_000, id=f"p#{place}") for place in range(8)),
        facts=tuple(an_order_fact(str(place), lines=lines) for place in range(40)),
        missing=("an order " * 500,),
        choices=("this or " * 500,),
    )
    turn = a_retrieved_turn(BAD["100,000 letters"], evidence=evidence)
    model, asked = answering()
    tools = [one for one in all_specs() if one.name == "refund_order"]
    model.draft(turn, intents={}, tools=tools)

    assert estimated_tokens(asked.asks[-1].turn) <= MOST_TO_DRAFT
    assert "<F10 " in asked.asks[-1].turn
    assert "<F11 " not in asked.asks[-1].turn
