"""Takes personal data out of a text, so that what helped one customer can be told to others.

By rule and on the careful side: a number that only looks like a card's is masked, too. Names of
people who are not known from the conversation are found only where they stand in a greeting or
below the text; whoever approves a text still has to read it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
"""Of a phone number: ITU-T E.164 allows 15, and with fewer than 7 it may be any number."""
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?![\d./-])")
_CAPITAL = "A-Z\u00c0-\u00de\u0100-\u017f\u0386-\u03ab\u0410-\u042f"
_NAME = rf"[{_CAPITAL}][\w'\u2019.-]*[\w]"
_NAMES = rf"{_NAME}(?:[ ]+(?:(?:van|von|de|der|den|da|di|del|la|le)[ ]+)*{_NAME}){{0,3}}"
_SALUTED = (
    r"(?:(?i:\b(?:dear|hi|hello|hey|good (?:morning|day|evening)|mr|mrs|ms|miss|dr|my name is|"
    r"i am called|this is|hallo|hoi|beste|geachte|mevrouw|meneer|de heer|liebe[rs]?|"
    r"sehr geehrte[rs]?|guten (?:tag|morgen|abend)|herr|frau|bonjour|bonsoir|ch(?:er|\u00e8re)|"
    r"monsieur|madame|hola|estimad[oa]|querid[oa]|se\u00f1ora?|ciao|gentile|caro|cara|signora?)"
    rf"\b\.?,?[ ]+)){{1,3}}(?P<it>{_NAMES})"
)
_SIGNED = (
    r"(?i:\b(?:regards|wishes|thanks|thank you|cheers|sincerely|yours|best|greetings|"
    r"gr\u00fc(?:\u00df|ss)en?|groet(?:en|jes)?|cordialement|saludos|saluti))[ \t]*+[,.!]?+"
    rf"[ \t]*+\n\s*+(?P<it>{_NAMES})[ \t]*+(?=\n|$)"
)
_NO_NAME_WORDS = """
    a all again and are both can do does everybody everyone for here hello how i is it just my not
    order please sir madam support team thank thanks that the there this to we what when where why
    you your
    admin billing contact info kontakt mail noreply office orders post sales service shop webmaster
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_PHONE = (
    r"(?<![\w.#-])(?<!\d,)(?:\+|00)?\(?\d[\d ()/.-]{5,20}\d(?:[ ]?(?:x|ext\.?)[ ]?\d{1,6})?"
    r"(?!\w|-\d|[.,]\d)"
)
_STREET = (
    r"(?i:\b\d{1,5}[a-z]?,?[ ]+(?:[^\W\d_][\w'.-]*[ ]+){1,4}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|square|sq|way|place|pl|blvd|"
    r"boulevard|close|crescent|terrace)\b)"
    r"|(?i:\b[^\W\d_]{3,}(?:stra\u00dfe|strasse|straat|laan|weg|gasse|gata|gatan|vej|veien|katu|"
    r"tie|plein|gracht|kade|dijk|utca|ulica)[ ]+\d{1,5}[a-z]?\b)"
    r"|(?i:\b(?:rue|avenue|via|viale|piazza|calle|rua|avenida|plaza|chemin|ul\.)"
    r"(?:[ ]+[^\W\d_][\w'.-]*){1,5},?[ ]+\d{1,5}\b)"
)
_POSTCODE = (
    r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b"  # SW1A 1AA
    r"|\b\d{4}[ ]?[A-Z]{2}\b"  # 1011 AB
    r"|\b[A-Z]{1,2}-\d{4,5}\b"  # D-10115
    rf"|\b\d{{5}}(?:-\d{{4}})?(?=,?[ ]+[{_CAPITAL}])"  # 10115 Berlin
    r"|(?<=\b[A-Z]{2}[ ])\d{5}(?:-\d{4})?\b"  # NY 10001
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHENS = re.compile("[\u2010\u2011\u2212\uff0d]|(?<=\\d)[\u2012-\u2015](?=[ ]?\\d)")
_UNSPACED = re.compile(
    "[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Scripts in which a name touches the word beside it, or ends in what is no letter by itself."""
_PREFIXED = re.compile("[\u0590-\u08ff]{3,}")
"""Of Hebrew and Arabic: what is as long as that is also a name where `and` or `to` touches it."""
_Rule = tuple[str, re.Pattern[str], Callable[[str], bool]]


@dataclass(frozen=True)
class Masked:
    """A text without what is personal in it."""

    text: str
    kinds: tuple[str, ...]
    """What was taken out, in the order in which it was looked for: `e-mail`, `name` …"""
    values: tuple[tuple[str, str], ...] = ()
    """Each piece that was taken out, after its kind, as `plainly` writes it."""


def masked(text: str, *, names: Iterable[str] = ()) -> Masked:
    """The text with `[e-mail]`, `[name]` … where something personal stood; each part of the
    `names` of those who wrote is masked wherever it stands."""
    text = plainly(text)
    rules = [*_RULES, *_of_known(names), *_OF_OTHERS]
    values: list[tuple[str, str]] = []
    for kind, pattern, is_one in rules:
        found = [match for match in pattern.finditer(text) if is_one(match["it"])]
        values += [(kind, match["it"]) for match in found]
        for match in reversed(found):
            text = f"{text[: match.start('it')]}[{kind}]{text[match.end('it') :]}"
    kinds = dict.fromkeys(kind for kind, _ in values)
    return Masked(text, tuple(kinds), tuple(dict.fromkeys(values)))


def plainly(text: str) -> str:
    """The same words with one kind of blank, of hyphen and of each letter, and nothing unseen."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\uff20", "@")
    return _HYPHENS.sub("-", _SPACES.sub(" ", text))


def _of_known(names: Iterable[str]) -> Iterator[_Rule]:
    named = [_parts(name) for name in names]
    parts = {part for name in named for part in name if len(part) > 1}
    parts |= {half for part in parts for half in part.split("-") if len(half) > 2}
    parts = {part for part in parts if part.casefold() not in _NO_NAMES}
    touching = {part for part in parts if _UNSPACED.search(part) or _PREFIXED.fullmatch(part)}
    spelled = [_spelled(part, s="s?" if len(part) > 3 else "") for part in parts - touching]
    glued = [_spelled(part) for part in touching]
    whole = (name for name in named if name and _UNSPACED.search(name[0]))
    glued += ["[ ]*".join(map(re.escape, name)) for name in whole]
    for words, before, behind in (
        (spelled, r"(?<![^\W\d_])", r"(?![^\W\d_])"),
        (glued, "", ""),
    ):
        if words:
            one = f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
            pattern = rf"{before}(?P<it>{one}(?:[ ]+{one})*){behind}"
            yield "name", re.compile(pattern, re.IGNORECASE), _any


def _parts(name: str) -> list[str]:
    """The words of a name; a sign above or below a letter belongs to it."""
    letters = (
        char if char in "'\u2019-" or unicodedata.category(char)[0] in "LM" else " "
        for char in plainly(name)
    )
    return [part for word in "".join(letters).split() if (part := word.strip("'\u2019-"))]


def _spelled(part: str, *, s: str = "") -> str:
    return re.sub("['\u2019]", "['\u2019]", re.escape(part)) + s


def _any(_found: str) -> bool:
    return True


def _is_name(found: str) -> bool:
    return found.split()[0].casefold() not in _NO_NAMES


def _is_card(found: str) -> bool:
    """By its check digit (ISO/IEC 7812-1, Luhn)."""
    digits = [int(digit) for digit in reversed(found) if digit.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_account(found: str) -> bool:
    """By how long it is and how much of it is digits."""
    inside = [char for char in found if char.isalnum()]
    return 15 <= len(inside) <= 40 and sum(char.isdigit() for char in inside) >= 10


def _is_phone(found: str) -> bool:
    digits = sum(one.isdigit() for one in found)
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not _DATE.match(found)


def _rule(kind: str, pattern: str, is_one: Callable[[str], bool] = _any) -> _Rule:
    """A pattern names what is masked `it`; one that does not means the whole."""
    return kind, re.compile(pattern if "(?P<it>" in pattern else f"(?P<it>{pattern})"), is_one


_RULES: tuple[_Rule, ...] = (
    _rule(
        "e-mail",
        r"(?:(?<![\w.+'-])[\w.+'-]{1,64}|\"[^\"\n]{1,64}\")(?i:[ ]?@[ ]?|[ ]?[(\[]at[)\]][ ]?)"
        r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    ),
    _rule("link", r"(?i:\b(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)])"),
    _rule(
        "account",  # ISO 13616
        r"(?i:[a-z]{2}\d{2}"
        r"(?:[\s.-]{0,2}(?:(?=[a-z]{0,30}\d)[a-z0-9]{1,30}+|[a-z]{4}(?![a-z0-9]))){1,9}+)",
        _is_account,
    ),
    _rule("card", r"(?<!\d)(?<!\d[.,])\d(?:[ ._-]{0,2}\d){11,18}(?!\d)", _is_card),
    _rule("number", r"\b\d{3}-\d{2}-\d{4}\b"),  # of social security in the United States
    _rule("number", r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\w)"),  # of a machine in a network
    _rule("number", r"#[ ]?[A-Z]{0,4}-?\d{3,}\b|\b[A-Z]{1,5}-?\d{3,}[A-Z\d-]*\b"),
    _rule("phone", _PHONE, _is_phone),
    _rule("number", r"(?<![\d.,])\d{7,}+(?![.,]\d)"),
    _rule("address", _STREET),
    _rule("address", _POSTCODE),
)
_OF_OTHERS = (
    _rule("name", _SALUTED, _is_name),
    _rule("name", _SIGNED, _is_name),
)
