"""Whatever customers send, there is a sensible ending for it, and never a wrong answer."""

# ruff: noqa: RUF001 (the letters of other scripts are meant)

import json
from dataclasses import replace
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.domain.turn import Ended
from deskhand.domain.web import Request
from deskhand.jobs.dispatch import dispatch
from deskhand.text.quoted import LONGEST
from tests.flow.conftest import House

WHERE_IS_IT = {
    "am": "ትዕዛዜ የት ነው?",
    "ar": "أين طلبي رقم HR-1001؟ لم يصل بعد.",
    "az": "Sifarişim haradadır? Hələ də gəlməyib.",
    "bg": "Къде е поръчката ми? Още не е пристигнала.",
    "bn": "আমার অর্ডার কোথায়?",
    "bs": "Gdje je moja narudžba? Još nije stigla.",
    "ca": "On és la meva comanda? Encara no ha arribat.",
    "cs": "Kde je moje objednávka? Ještě nedorazila.",
    "da": "Hvor er min ordre? Den er ikke kommet endnu.",
    "de": "Wo ist meine Bestellung? Sie ist noch nicht angekommen.",
    "el": "Πού είναι η παραγγελία μου; Δεν έχει φτάσει ακόμα.",
    "es": "¿Dónde está mi pedido? Todavía no ha llegado.",
    "et": "Kus on minu tellimus? See pole veel kohale jõudnud.",
    "eu": "Non dago nire eskaera? Oraindik ez da iritsi.",
    "fa": "سفارش من کجاست؟ هنوز نرسیده است.",
    "fi": "Missä tilaukseni on? Se ei ole vielä saapunut.",
    "fr": "Où est ma commande ? Elle n'est pas encore arrivée.",
    "ga": "Cá bhfuil m'ordú? Níor tháinig sé fós.",
    "gl": "Onde está o meu pedido? Aínda non chegou.",
    "gu": "મારો ઓર્ડર ક્યાં છે?",
    "he": "איפה ההזמנה שלי? היא עדיין לא הגיעה.",
    "hi": "मेरा ऑर्डर कहाँ है? अभी तक नहीं आया।",
    "hr": "Gdje je moja narudžba? Još nije stigla.",
    "hu": "Hol van a rendelésem? Még nem érkezett meg.",
    "hy": "Որտե՞ղ է իմ պատվերը։",
    "id": "Di mana pesanan saya? Belum sampai juga.",
    "is": "Hvar er pöntunin mín? Hún er ekki komin.",
    "it": "Dov'è il mio ordine? Non è ancora arrivato.",
    "ja": "注文した商品はどこですか?まだ届いていません。",
    "ka": "სად არის ჩემი შეკვეთა?",
    "kk": "Менің тапсырысым қайда?",
    "km": "ការបញ្ជាទិញរបស់ខ្ញុំនៅឯណា?",
    "kn": "ನನ್ನ ಆರ್ಡರ್ ಎಲ್ಲಿದೆ?",
    "ko": "제 주문은 어디에 있나요? 아직 안 왔어요.",
    "lt": "Kur yra mano užsakymas? Jis dar neatvyko.",
    "lv": "Kur ir mans pasūtījums? Tas vēl nav pienācis.",
    "mk": "Каде е мојата нарачка?",
    "ml": "എന്റെ ഓർഡർ എവിടെയാണ്?",
    "mn": "Миний захиалга хаана байна?",
    "mr": "माझी ऑर्डर कुठे आहे?",
    "ms": "Di manakah pesanan saya? Ia belum sampai.",
    "nl": "Waar is mijn bestelling? Die is nog niet aangekomen.",
    "no": "Hvor er bestillingen min? Den har ikke kommet ennå.",
    "pl": "Gdzie jest moje zamówienie? Jeszcze nie dotarło.",
    "pt": "Onde está o meu pedido? Ainda não chegou.",
    "ro": "Unde este comanda mea? Nu a ajuns încă.",
    "ru": "Где мой заказ? Он до сих пор не пришёл.",
    "sv": "Var är min beställning? Den har inte kommit än.",
    "sw": "Agizo langu liko wapi? Bado halijafika.",
    "ta": "எனது ஆர்டர் எங்கே?",
    "th": "คำสั่งซื้อของฉันอยู่ที่ไหน?",
    "tr": "Siparişim nerede? Hâlâ gelmedi.",
    "uk": "Де моє замовлення? Воно ще не прийшло.",
    "ur": "میرا آرڈر کہاں ہے؟",
    "vi": "Đơn hàng của tôi ở đâu? Vẫn chưa đến.",
    "zh": "我的订单在哪里?还没有收到。",
}
PHOTO = {"name": "box.jpg", "media_type": "image/jpeg", "size_bytes": 9}
ZERO_WIDTH = "\u200b\u200d\ufeff\u2060"
QUESTION = "How long does delivery to Belgium take?"


def sent(house: House, ticket: str, text: str, **bent: Any) -> Ended:
    """What becomes of a message that comes in by the front door."""
    inbox = MemoryInbox()
    body = {
        "ticket_id": ticket,
        "message_id": "m1",
        "text": text,
        "from": {"email": "ada@example.com", "verified": True},
    }
    intake = replace(wiring.intake(), inbox=inbox, api_key=lambda: "key")
    headers = {"authorization": "Bearer key"}
    answer = intake.ticket(
        Request(
            route="POST /v1/tickets",
            headers=headers,
            body=json.dumps(body | bent, ensure_ascii=False).encode(),
        )
    )
    assert answer.status == 202, answer.body
    (arrival,) = inbox.take()
    dispatch(arrival, turns=wiring.turns())
    (ended,) = house.ended(ticket)
    return ended


@pytest.mark.parametrize("language", sorted(WHERE_IS_IT))
def test_who_writes_in_another_language_gets_a_person(house: House, language: str) -> None:
    ended = sent(house, f"in-{language}", WHERE_IS_IT[language])

    assert ended.ending.kind in {"handed_over", "asked_customer"}


def test_a_hundred_thousand_characters_are_read_from_the_beginning(house: House) -> None:
    ended = sent(house, "long", f"{QUESTION} " + "And my neighbour says it rains. " * 3_200)

    assert ended.ending.kind in {"answered", "handed_over", "asked_customer"}
    (message,) = ended.turn.messages
    assert LONGEST < len(message.text) < LONGEST + 100
    kept = house.ticket("long").messages[0].text
    assert len(kept) > 100_000


def test_what_cannot_be_seen_changes_nothing(house: House) -> None:
    hidden = "".join(f"{letter}{ZERO_WIDTH}" if letter == "e" else letter for letter in QUESTION)
    plain, strange = sent(house, "plain", QUESTION), sent(house, "strange", hidden)

    assert plain.ending.kind == strange.ending.kind == "answered"
    assert plain.ending.reply == strange.ending.reply


@pytest.mark.parametrize(
    ("ticket", "text", "kinds"),
    [
        ("emoji", "😀👍🏽🔥❤️‍🔥", {"asked_customer", "handed_over", "ignored"}),
        ("right-to-left", "\u202eHow long does delivery to Belgium take?\u202c", {"answered"}),
        ("marks", "?!?!?!?!", {"asked_customer", "handed_over"}),
        ("one-letter", "k", {"asked_customer", "handed_over", "ignored"}),
        ("zero-width", ZERO_WIDTH * 50, {"asked_customer", "handed_over", "ignored"}),
        ("controls", "\x01\x02\x1b[31m\x7f", {"asked_customer", "handed_over", "ignored"}),
        ("one-word", "a" * 5_000, {"asked_customer", "handed_over"}),
        (
            "signature",
            "Best regards\nAda Lovelace\n+49 30 1234567",
            {"asked_customer", "handed_over"},
        ),
        ("sent-from", "Sent from my iPhone", {"ignored"}),
        (
            "markup",
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            {"asked_customer", "handed_over"},
        ),
        ("template", "{{customer.name}} ${7*7} {% raw %}", {"asked_customer", "handed_over"}),
    ],
)
def test_who_says_nothing_that_can_be_answered_is_asked_or_gets_a_person(
    house: House, ticket: str, text: str, kinds: set[str]
) -> None:
    ended = sent(house, ticket, text, subject="")

    assert ended.ending.kind in kinds


def test_a_photo_without_a_word_goes_to_a_person(house: House) -> None:
    ended = sent(house, "photo", "", subject="", attachments=[PHOTO])

    assert ended.ending.kind in {"handed_over", "asked_customer"}


def test_nothing_at_all_is_no_question(house: House) -> None:
    assert sent(house, "nothing", "", subject="").ending.kind == "ignored"


def test_a_subject_alone_is_a_question(house: House) -> None:
    assert sent(house, "subject", "", subject=QUESTION).ending.kind == "answered"
