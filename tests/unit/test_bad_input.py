"""Whatever customers send, there is a sensible ending for it, and never a wrong answer."""

# ruff: noqa: RUF001 (the letters of other scripts are meant)

from collections.abc import Iterator
from typing import Any

import pytest

from deskhand.text.quoted import LONGEST
from scripts.evaluation.golden import GoldenTicket
from scripts.evaluation.golden_house import GoldenHouse, golden_house
from scripts.evaluation.golden_walk import Happened, walk

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
ASKED = {"asked_customer", "handed_over"}
SAYS_NOTHING = ASKED | {"ignored"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoldenHouse]:
    with golden_house(tmp_path_factory.mktemp("index")) as standing:
        yield standing


def sent(house: GoldenHouse, text: str, *, subject: str = "My order", **bent: Any) -> Happened:
    """What comes of one message of a customer whom the helpdesk knows."""
    ticket = GoldenTicket.model_validate(
        {
            "id": "t",
            "from": {"email": "ines.faber@example.com", "verified": True},
            "subject": subject,
            "turns": [{"text": text, "endings": ["answered"]} | bent],
        }
    )
    (happened,) = walk(house, ticket)
    assert happened.trouble == ""
    return happened


@pytest.mark.parametrize("language", sorted(WHERE_IS_IT))
def test_who_writes_in_another_language_gets_a_person(house: GoldenHouse, language: str) -> None:
    assert sent(house, WHERE_IS_IT[language]).kind in ASKED


def test_of_a_hundred_thousand_characters_the_beginning_is_read(house: GoldenHouse) -> None:
    long = sent(house, f"{QUESTION} " + "And my neighbour says it rains. " * 3_200)

    assert long.kind in {"answered", "handed_over", "asked_customer"}
    assert long.turn is not None
    (message,) = long.turn.messages
    assert LONGEST < len(message.text) < LONGEST + 100


def test_what_cannot_be_seen_changes_nothing(house: GoldenHouse) -> None:
    hidden = "".join(f"{letter}{ZERO_WIDTH}" if letter == "e" else letter for letter in QUESTION)
    plain, strange = sent(house, QUESTION), sent(house, hidden)

    assert plain.kind == strange.kind == "answered"
    assert plain.ending is not None
    assert strange.ending is not None
    assert plain.ending.reply == strange.ending.reply


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("\U0001f600\U0001f44d\U0001f3fd\U0001f525\u2764\ufe0f", SAYS_NOTHING),
        ("\u202eHow long does delivery to Belgium take?\u202c", {"answered"}),
        ("?!?!?!?!", ASKED),
        ("k", SAYS_NOTHING),
        (ZERO_WIDTH * 50, SAYS_NOTHING),
        ("\x01\x02\x1b[31m\x7f", SAYS_NOTHING),
        ("a" * 5_000, ASKED),
        ("Best regards\nAda Lovelace\n+49 30 1234567", SAYS_NOTHING),
        ("Sent from my iPhone", {"ignored"}),
        ("<script>alert(1)</script><img src=x onerror=alert(1)>", ASKED),
        ("{{customer.name}} ${7*7} {% raw %}", ASKED),
        ("\ufffd\ufffd\ufffd \u0000", SAYS_NOTHING),
    ],
)
def test_who_says_nothing_that_can_be_answered_is_asked_or_gets_a_person(
    house: GoldenHouse, text: str, kinds: set[str]
) -> None:
    assert sent(house, text, subject="").kind in kinds


def test_a_photo_without_a_word_goes_to_a_person(house: GoldenHouse) -> None:
    assert sent(house, "", subject="", attachments=[PHOTO]).kind in ASKED


def test_nothing_at_all_is_no_question(house: GoldenHouse) -> None:
    assert sent(house, "", subject="").kind == "ignored"


def test_a_subject_alone_is_a_question(house: GoldenHouse) -> None:
    assert sent(house, "", subject=QUESTION).kind == "answered"
