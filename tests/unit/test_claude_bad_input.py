"""Whatever a customer sends, what a model is told of it is whole, plain and within its tokens."""

from typing import Any

import pytest

from deskhand.adapters.models.claude.ask import Ask
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.domain.draft import Claim
from deskhand.domain.memory import Matter, Memory
from deskhand.domain.ticket import Attachment
from deskhand.domain.turn import Drafted, Look, Retrieved, grow
from deskhand.domain.verdict import Objection, Verdict
from deskhand.text.tokens import estimated_tokens
from tests.asking import ScriptedAsked, all_specs, answering
from tests.builders import (
    a_draft,
    a_message,
    a_passage,
    a_policy,
    a_reading,
    a_retrieved_turn,
    an_asker,
    an_order_fact,
    an_order_line,
    some_evidence,
)

MOST_TO_CLASSIFY = 4_500
WORST = {"classify": 5_000, "redraft": 19_000, "judge": 16_000}
LONG = "a long word of it " * 500
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


def the_worst_turn() -> Retrieved:
    """Everything too long and too much of it, in every place, sent back by the gate."""
    lines = [an_order_line(str(place), product="A long name " * 8) for place in range(60)]
    order = an_order_fact(lines=lines).model_copy(update={"words": (LONG,)})
    matters = tuple(Matter(messages=(str(n),), asked=LONG, came_of_it=LONG) for n in range(30))
    lesson = Objection(code="UNSUPPORTED_CLAIM", words=LONG, cure="rewrite")
    last = Look(draft=a_draft(question=LONG), verdict=Verdict(decision="look_again"))
    return a_retrieved_turn(
        *[LONG] * 50,
        subject=LONG,
        asker=an_asker(name=LONG),
        history=tuple(a_message(LONG, id=f"h{place}") for place in range(9)),
        memory=Memory(matters=matters),
        reading=a_reading(question=LONG),
        evidence=some_evidence(
            passages=tuple(a_passage(LONG, id=f"p#{place}") for place in range(6)),
            facts=tuple(order.model_copy(update={"id": f"order:{n}"}) for n in range(40)),
            missing=(LONG,),
            choices=(LONG,),
            troubles=(LONG,),
        ),
        looks=2,
        lessons=(lesson,) * 9,
        looked=(last,),
    )


def test_the_worst_of_everything_at_once_stays_within_the_tokens() -> None:
    turn = the_worst_turn()
    reader, read = answering(language="en")
    reader.classify(turn, intents=a_policy().intents)
    writer, written = answering()
    writer.draft(turn, intents={}, tools=all_specs())
    judge = ScriptedAsked(lambda _: {"doubts": []})
    claims = [
        Claim(text=LONG[:1_000], supports=(f"p#{place % 6}", f"order:{place}"))
        for place in range(12)
    ]
    ClaudeJudge(judge).doubts(grow(turn, Drafted, draft=a_draft(claims=claims)))

    told = {ask.task: estimated_tokens(ask.turn) for ask in (read.asks + written.asks + judge.asks)}
    assert {task for task, tokens in told.items() if tokens > WORST[task]} == set(), told
    assert "<F10 " in written.asks[-1].turn
    assert "<F11 " not in written.asks[-1].turn
