"""Tells in which language a customer writes; where that is uncertain it says English."""

import re
from functools import lru_cache
from typing import Any

from deskhand.text.words import listed, words

LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "tr",
    "ro",
)
"""Languages in the Latin script that are told apart; more would cost certainty on short texts."""

# Words that occur in one of these languages only (or nearly), so that three words are enough.
_MARKERS = {
    "en": "the is are was were my your you it this that where what when how why have has had been "
    "would could can please thanks thank with from order not and but for want need did does "
    "don't didn't hasn't haven't i'm i've it's of back get got they we our any still yet there "
    "help parcel delivery refund money cancel wrong broken hello",
    "de": "ich und nicht ist wo meine mein meiner meinen bitte sie wir das der ein eine einen für "
    "mit auf habe haben wurde wird kann können noch schon zurück bestellung paket lieferung geld "
    "danke hallo guten sehr geehrte wann warum wie aber seit keine kein ihr ihre mir mich zu was "
    "nach "
    "versand kostet stornieren",
    "fr": "je vous nous mon ma mes votre est pas une les des pour avec dans où quand comment "
    "bonjour merci commande colis remboursement s'il plaît bonsoir cette mais toujours j'ai n'ai "
    "c'est reçu veux voudrais livraison très qu'il le la svp moi mot",
    "es": "el los las mi mis está por para con dónde donde cuándo cómo qué quiero pedido gracias "
    "hola buenos buenas necesito dinero devolución reembolso paquete todavía pero una muy ha he "
    "puedo usted favor llegado sin",
    "it": "il gli mio mia sono è non per con dove quando come vorrei ordine grazie buongiorno ciao "
    "rimborso pacco spedizione ancora ho questo della del che una sto mi arrivato salve perché",
    "nl": "ik het een niet mijn waar wanneer hoe bestelling bedankt graag terug pakket geld heb "
    "heeft wordt kan deze maar nog van voor met zijn goedendag u wil dit er naar bij",
    "pt": "eu meu minha não está onde quando como quero pedido obrigado obrigada olá encomenda "
    "dinheiro reembolso ainda para com uma você foi meus por favor bom dia gostaria",
    "pl": "nie jest moje moja mój gdzie kiedy jak proszę zamówienie dziękuję dzień dobry paczka "
    "zwrot pieniędzy chcę się czy został jeszcze mam chciałbym za na że dla",
    "sv": "jag är inte min mitt var när hur beställning tack hej paket pengar tillbaka har och "
    "att det på för vill kan ni är ännu fått",
    "da": "jeg er ikke min mit hvor hvornår hvordan bestilling tak hej pakke penge tilbage har og "
    "at det på til vil kan fået ordre min endnu",
    "tr": "nerede siparişim sipariş paket nas\u0131l iade istiyorum merhaba teşekkürler bir ve "
    "için ne "
    "zaman lütfen kargo param geri değil çok",
}
_MARKER_SETS = {code: listed(marks) for code, marks in _MARKERS.items()}
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_NO_WORD = re.compile(r"[\d@]|^https?://")
_SAMPLE = 4000
"""So many characters tell the language as well as all of them."""

_SURE = 0.75
_VERY_SURE = 0.93
_FEW_WORDS = 3


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that most of a text is written in."""
    plain = " ".join(word for word in text[:_SAMPLE].split() if not _NO_WORD.search(word))
    said = words(plain)
    letters = sum(character.isalpha() for character in plain)
    if letters and len(_OTHER_SCRIPT.findall(plain)) * 2 > letters:
        return str(_identifier(()).classify(plain)[0])
    counts = {code: sum(word in marks for word in said) for code, marks in _MARKER_SETS.items()}
    english = counts.pop("en")
    other, others = max(counts.items(), key=lambda counted: counted[1])
    if english >= others and (english or len(said) <= _FEW_WORDS):
        return "en"
    code, certainty = _identifier(LANGUAGES).classify(plain)
    if code == "en":
        return other if others > english + 1 else "en"
    marked = counts.get(code, 0)
    if marked > english and (certainty >= _SURE or marked >= _FEW_WORDS):
        return str(code)
    if others > english and len(said) <= _FEW_WORDS:
        return other
    if certainty >= _VERY_SURE and not english and len(said) > _FEW_WORDS:
        return str(code)
    return other if others > english + 1 else "en"


@lru_cache(maxsize=2)
def _identifier(languages: tuple[str, ...]) -> Any:
    # Imported on first use: numpy and the model take most of a second, and few texts need them.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages:
        identifier.set_languages(list(languages))
    return identifier
