"""In which language a customer writes; what is uncertain counts as English."""

import pytest

from deskhand.text.language import language_of

WRITTEN = {
    "de": "Wo ist meine Bestellung?|Ich will Geld zurück|Danke|Bestellung stornieren"
    "|Hallo, mein Wasserkocher ist kaputt angekommen.|Ich hab immer noch nix bekommen!!"
    "|Order 1042 ist immer noch nicht da, refund bitte|was kostet der Versand nach Österreich",
    "fr": "Bonjour, je voudrais annuler ma commande|Où est mon colis ?|Merci|remboursez moi svp",
    "es": "¿Dónde está mi pedido?|Quiero mi dinero|hola, no me ha llegado el paquete",
    "it": "Dov'è il mio ordine?|vorrei un rimborso|Il pacco non è ancora arrivato",
    "nl": "Waar is mijn bestelling?|Ik wil mijn geld terug|hoe lang duurt de levering",
    "pl": "Gdzie jest moja paczka?|Chcę zwrot pieniędzy|Proszę anulować zamówienie",
    "pt": "Onde está a minha encomenda?|Quero o reembolso",
    "sv": "Var är mitt paket?|Jag vill ha pengarna tillbaka",
    "tr": "Siparişim nerede?",
    "ja": "注文はどこですか。",
    "en": "hi|refund|order 1042|???|thx|ok|no|si|Any news?|refnd plz|cancel!!|DH-2041-X|2041||yo"
    "|wat teh hell is goin on wiht mi ordr|kettle arrived brokn|wher parcel|cnacel|tracking nr?"
    "|Hallo! where is my order|Send me the Kaffeemaschine invoice please|a@b.example"
    "|merci for the help, and how do i return it|¡Hola! I want my money back",
}


@pytest.mark.parametrize(
    ("text", "language"),
    [(text, language) for language, texts in WRITTEN.items() for text in texts.split("|")],
)
def test_the_language_is_told_from_few_and_misspelt_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_cyrillic_is_not_english() -> None:
    assert language_of("Где мой заказ?") in {"ru", "uk", "bg"}
