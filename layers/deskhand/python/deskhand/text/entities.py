"""Finds what is named in a text: references such as order numbers, amounts of money, e-mails."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from deskhand.domain.classification import Entities
from deskhand.text.amounts import AMOUNT, SPELLED, amounts_in
from deskhand.text.words import straight, words

_T = TypeVar("_T")
_Keeps = Callable[[re.Match[str]], bool]

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)

# --- what looks like a reference and is none; longest shapes first --------------------------------

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NO = r"(?:0?[1-9]|1[0-2])"
_DATE = (
    r"\b(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:t[\d:.]+z?)?\b"
    rf"|\b(?:{_DAY}[./-]{_MONTH_NO}|{_MONTH_NO}[./-]{_DAY})[./-](?:\d{{4}}|\d{{2}})\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?!\d)"
    rf"|(?<![\d/#])\b{_DAY}/{_DAY}\b(?!/|\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}(?:\s*,?\s*(?:19|20)\d\d)?\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s*,?\s*(?:19|20)\d\d)?"
    rf"|\b{_MONTH}\s+(?:19|20)\d\d\b|\b{_MONTH_NO}/(?:19|20)\d\d\b"
)
_TIME = r"\b\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?|uhr|h|o'clock)|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b"
_PHONE = (
    r"\+\d[\d\s()./-]{6,25}\d"
    r"|\b(?:phone|tel|telephone|mobile|cell|call(?:\s+me)?(?:\s+(?:on|at|back))?|fax|whatsapp|"
    r"sms)\b"
    r"(?:\s+(?:number|no\.?|is|me|:|on|at|under)){0,4}[\s:.]{0,6}\(?[\d+][\d\s()./-]{5,25}\d"
    r"|\(\d{2,5}\)[\s\d/-]{5,25}\d|\b0\d{2,4}[\s/-]\d{3,8}(?:[\s/-]?\d{2,8}){0,4}\b"
    r"|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b"
)
_CARD = (
    r"\b(?:\d{4}[ -]){3}\d{1,4}\b"
    r"|\b(?:ending|ends|end)\s+(?:in|with|on)\s+\d{3,4}\b|\blast\s+(?:four|"
    r"4)(?:\s+digits)?\D{0,12}\d{4}\b"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}\s?[A-Z0-9]{0,3}\b"
)
_UNIT = (
    r"(?:business |working )?(?:days?|weeks?|wks?|months?|hours?|hrs?|minutes?|mins?|seconds?|"
    r"secs?|years?|yrs?|pcs|pieces?|pairs?|items?|units?|times|kg|kgs|g|grams?|mg|lbs?|oz|ml|cl|l|"
    r"litres?|liters?|cm|mm|km|m|metres?|meters?|inch(?:es)?|ft|feet|%|percent|per cent|watts?|kw|"
    r"w|v|volts?|mah|gb|mb|tb|stars?|people|persons?|guests?|degrees?|°c?|c|points?|miles|mph|x)"
)
_QUANTITY = (
    rf"(?<![\w#-])\d{{1,7}}(?:[.,]\d{{1,4}})?\s?(?:-|to|\u2013|or|"
    rf"and)?\s?(?:\d{{1,7}}(?:[.,]\d{{1,4}})?)?\s?-?{_UNIT}(?![\w-])"
    r"|\b\d+\s?x\s?\d+(?:\s?x\s?\d+)?\b|\b(?:size|page|step|version|chapter|level|gate|room|"
    r"floor)\s+\d+\b"
    r"|\b\d{1,3}(?:st|nd|rd|th)\b"
)
_CODE = (
    r"\b(?:promo(?:tion(?:al)?)?|discount|voucher|coupon|gift\s?card|pin|zip|postal|post|access|"
    r"security|one[- ]time|model|type|series|art(?:icle)?|iso|din)"
    r"(?:\s+(?:code|number|no\.?|nr\.?|is|called|"
    r"named))*[\s:.#]*[\"']?(?=\S{0,40}\d)[\w-]{1,40}[\"']?"
    r"|\bcode\s+[\"']?(?=\S{0,40}\d)[\w-]{1,40}[\"']?|"
    r"\b[\"']?(?=\w{0,40}\d)[\w-]{1,40}[\"']?\s+(?:code|coupon|"
    r"voucher)\b"
)
_ADDRESS = (
    r"(?<![\w#-])\d{1,5}[a-z]?\s+(?:(?!(?:to|at|in|on|into|please)\b)[A-Z][\w'-]{1,30}\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|"
    r"drive|dr|"
    r"way|"
    r"court|ct|close|place|square|boulevard|blvd)\b"
    r"|\b(?-i:[A-Z]{2})\s\d{5}\b"
    r"|\b[A-Z][\w-]{0,40}(?:str\.?|straße|strasse|weg|gasse|platz|allee)\s+\d{1,4}[a-z]?\b"
)

# --- references -----------------------------------------------------------------------------------

_TOKEN = r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_/.](?=[A-Za-z0-9])){0,39}"
_CUE = re.compile(
    r"\b(?:orders?|ordr|oder|ord|purchases?|bookings?|reference|refs?|shipments?|parcels?|"
    r"packages?|"
    r"invoices?|receipts?|tickets?|cases?|rma|tracking|transactions?|number|no|nr|num|id|"
    r"bestellung|po)\b\.?(?:\s*(?:number|numbers|numer|no|nos|nr|num|id|ids|code|ref|reference|"
    rf"is|was|are|it's|with|the|under|called)\b\.?)*[\s:.=(]*(?P<hash>[#№]?)\s?(?P<first>{_TOKEN})"
    rf"(?P<more>(?:\s*(?:,|&|/|and|or|\+)\s*(?:and\s+)?[#№]?\s?(?=\S{{0,40}}\d){_TOKEN})*)",
    re.IGNORECASE,
)
_HASHED = re.compile(rf"(?<![\w&])[#№]\s?(?P<token>{_TOKEN})")
_SHAPED = re.compile(
    r"(?<![\w/.-])(?P<token>(?:[A-Za-z]{1,6}[-_/]?\d{3,18}|\d{3,18}[-_/]?[A-Za-z]{1,4}\d{0,18}|"
    r"[A-Za-z]{1,6}[-_/]\d{2,18}|\d{2,18}[-_/][A-Za-z0-9]{2,20}|"
    r"[A-Za-z0-9]{1,6}[-_][A-Za-z0-9]{1,8}[-_][A-Za-z0-9]{1,8})"
    r"(?:[-_/][A-Za-z0-9]{1,20}){0,5})(?![\w-])"
)
_LONG = re.compile(r"(?<![\w.,/#-])(?P<token>\d{5,18})(?![\w/-]|[.,]\d)(?!\s+[A-Z][a-z])")
_GLUED = re.compile(r"\b(orders?|purchase|invoice|number|of|for)(?=\d{2})", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?:about|for|of|is|was|cancel|refund|return|track|regarding|concerning|re|it's|mean|"
    r"meant|and|or|not|but|one|also)\W{1,3}(?P<token>(?!(?:19|"
    r"20)\d\d\b)\d{3,4})(?=\s*(?:[?!.,;:)]|$|\band\b|\bor\b|"
    r"\bplease\b|\bnot\b))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w.,-])(?<!since )(?<!in )(?<!from )(?<!for )(?<!of )\d{3,}(?![\w-]|[.,]\d)"
    r"(?!\s+[A-Z][a-z])"
)
_SPLIT = re.compile(r"[\s,&+#№()]+|\b(?:and|or)\b", re.IGNORECASE)
_IS_TOKEN = re.compile(rf"[#№]?{_TOKEN}\Z")

_CUED_LENGTH = 3
_HASHED_LENGTH = 2
_ANSWER_WORDS = 5
_SHAPES = (
    (_HASHED, _HASHED_LENGTH),
    (_SHAPED, _CUED_LENGTH),
    (_LONG, _CUED_LENGTH),
    (_SHORT, _CUED_LENGTH),
)

_IN_ORDER = (_DATE, _PHONE, _CARD, _TIME, _QUANTITY, _CODE, _ADDRESS)
_NO_REFERENCE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _IN_ORDER)


def entities_of(text: str) -> Entities:
    """What a text names, in the order in which it names it, each once."""
    return Entities(
        references=references_in(text),
        amounts_cents=amounts_in(text),
        emails=_once(match.group() for match in _EMAIL.finditer(text)),
    )


def references_in(text: str) -> tuple[str, ...]:
    """Order numbers and the like, known by their shape and by the words around them."""
    plain = _blank(_EMAIL, _blank(_LINK, _GLUED.sub(r"\1 ", straight(text))))
    plain = _blank(SPELLED, _blank(AMOUNT, plain, keep=_stands_after_hash))
    for pattern in _NO_REFERENCE:
        plain = _blank(pattern, plain, keep=_stands_after_hash)
    found: dict[int, str] = {}
    for match in _CUE.finditer(plain):
        for at, token in _listed(match):
            hashed = match.group("hash") == "#"
            if _could_be_reference(token, shortest=_HASHED_LENGTH if hashed else _CUED_LENGTH):
                found.setdefault(at, token)
    for pattern, shortest in _SHAPES:
        for match in pattern.finditer(plain):
            if _could_be_reference(match.group("token"), shortest=shortest):
                found.setdefault(match.start("token"), match.group("token"))
    if not found:
        found = _bare_answer(plain)
    return _once(_without_parts(found))


def _listed(match: re.Match[str]) -> Iterable[tuple[int, str]]:
    yield match.start("first"), match.group("first")
    at = match.start("more")
    for piece in _SPLIT.split(match.group("more")):
        if piece:
            at = match.string.index(piece, at)
            yield at, piece
            at += len(piece)


def _bare_answer(plain: str) -> dict[int, str]:
    """The number in a message that says little else: `1042`, `the first one, 1042`."""
    said = words(plain)
    if len(said) > _ANSWER_WORDS:
        return {}
    numbers = list(_BARE.finditer(plain))
    return {match.start(): match.group() for match in numbers} if len(numbers) == 1 else {}


def _could_be_reference(token: str, *, shortest: int) -> bool:
    digits = sum(character.isdigit() for character in token)
    return (
        len(token) >= shortest
        and digits >= 2
        and bool(_IS_TOKEN.match(token))
        and not re.fullmatch(r"\d+(?:st|nd|rd|th|s)|\d+x|x\d+|[A-Za-z]+-?19", token, re.IGNORECASE)
    )


def _without_parts(found: dict[int, str]) -> Iterable[str]:
    """Where two patterns met in one place, what the longer of them read."""
    end = -1
    for at in sorted(found):
        if at >= end:
            yield found[at].rstrip(".-/_")
            end = at + len(found[at])


def _stands_after_hash(match: re.Match[str]) -> bool:
    return match.string[: match.start()].rstrip(" ").endswith("#")


def _blank(pattern: re.Pattern[str], text: str, *, keep: _Keeps = lambda _: False) -> str:
    def blanked(match: re.Match[str]) -> str:
        return match.group() if keep(match) else " ~ ".ljust(len(match.group()))

    return pattern.sub(blanked, text)


def _once(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))
