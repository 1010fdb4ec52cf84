"""Finds and masks a one-time code in what a customer writes, and the wish for another one."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from deskhand.text.words import straight

MASK = "[one-time code]"
CODE_DIGITS = 6
MOST_FOUND = 20

_ONE = r"(?<![\w-])(?<!\d[.,:/])\d{6}(?![\w/]|-\w|[.,:]\d)"
_SPACED = (
    r"(?<![\w#-])(?<!\d[ \u00a0.,:/])"
    r"(?:\d(?:[ \u00a0]\d){5}|\d{3}[ \u00a0-]\d{3}|\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2})"
    r"(?![\w/]|-\w|[.,:]\d|[ \u00a0]\d)"
)
_SIX_DIGITS = re.compile(f"{_ONE}|{_SPACED}")
_RUN_OF_DIGITS = re.compile(r"\d(?:[\s.,:/-]?\d){5,}")
_NAMED_OTHERWISE = re.compile(
    r"\b(?:order|orders|invoice|ticket|tracking|parcel|article|item|postcode|zip|phone|reference|"
    r"customer|account|case)(?: (?:number|no\.?|id|code|nr\.?))?[\s:#]*(?:is |was )?#?$|"
    r"(?:^|(?<!code)(?<!code[ :])(?<!code: )(?<!is ))#$",
    re.IGNORECASE,
)
"""What stands right before a number that says itself what it is."""
_AROUND_A_CODE = re.compile(
    r"\b(?:hi|hello|hey|dear|here|is|it's|it|this|that|the|my|your|a|code|codes|one|time|pin|"
    r"verification|security|number|i|got|received|have|was|sent|you|me|to|just|now|please|thanks|"
    r"thank|many|very|much|says|reads|ok|okay|sure|and|regards|kind|best|so|we|go|there)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:another|new|fresh|second|different) (?:one[- ]time )?(?:code|pin)\b|"
    r"\bre-?send\b[^.!?]{0,30}\b(?:code|pin|it)\b|"
    r"\bsend\b[^.!?]{0,40}\b(?:code|pin|it|one)\b[^.!?]{0,20}\b(?:again|once more|anew)\b|"
    r"\b(?:code|pin)\b[^.!?]{0,30}\b(?:(?:has|did|does|is)(?:n't| not)|never|expired|lost|"
    r"too (?:old|late))\b|"
    r"\b(?:no|without(?: a| any)?|lost(?: the| my)?) (?:code|pin)\b|"
    r"(?:\bnot|\bnever|n't|\bnothing)\b[^.!?]{0,30}\b(?:get|got|gotten|receive|received|see|find|"
    r"found|arrived|come|came)\b[^.!?]{0,30}\b(?:code|pin)\b",
    re.IGNORECASE,
)
_ABOUT_THE_CODE = re.compile(
    r"\b(?:codes?|pin|re-?send|again|spam|junk|inbox|mailbox|e-?mails?|nothing (?:came|arrived)|"
    r"hi|hello|hey|dear|thanks|thank you|regards)\b",
    re.IGNORECASE,
)
_ANOTHER_KIND_OF_CODE = re.compile(
    r"\b(?:discount|promo\w*|voucher|coupon|gift|error|qr|bar|zip|post\w*|tracking|product)\b",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_WISH = 30


def codes_in(text: str) -> tuple[str, ...]:
    """Everything that is meant as a code of six digits, in order, each once: `123 456` is `123456`.

    A number that says itself that it is something else (an order, a postcode) is none.
    """
    found = _SIX_DIGITS.finditer(text)
    meant = (one for one in found if not _NAMED_OTHERWISE.search(text[: one.start()][-40:]))
    return tuple(dict.fromkeys(_digits(match[0]) for match in meant))[:MOST_FOUND]


def six_digits_in(text: str) -> tuple[str, ...]:
    """Any six digits in a row, each once, wherever they stand and whatever stands between two."""
    return tuple(dict.fromkeys(digits for digits, _, _ in _windows(text)))


def without_codes(text: str, codes: Collection[str]) -> str:
    """The text with a mask in place of each of these codes, wherever its digits stand in a row."""
    masked, at = [], 0
    for digits, start, end in _windows(text):
        if digits in codes and start >= at:
            masked += [text[at:start], MASK]
            at = end
    return "".join([*masked, text[at:]])


def is_only_a_code(masked: str) -> bool:
    """Whether a masked text says nothing besides: "here is my code: …, thanks"."""
    if MASK not in masked:
        return False
    rest = _AROUND_A_CODE.sub(" ", straight(masked.replace(MASK, " ")))
    return not re.search(r"\w", rest)


def asks_for_another_code(text: str) -> bool:
    """Whether the customer wants the code sent again: "I never got the code"."""
    short = len(text.split()) <= _MOST_WORDS_OF_A_WISH
    return short and bool(
        _ANOTHER.search(straight(text)) and not _ANOTHER_KIND_OF_CODE.search(text)
    )


def is_only_about_the_code(text: str) -> bool:
    """Whether every sentence is about the code, so that nothing else is asked."""
    sentences = [one for one in re.split(r"[.!?\n]+", straight(text)) if re.search(r"\w", one)]
    return all(_ABOUT_THE_CODE.search(one) for one in sentences)


def _windows(text: str) -> Iterator[tuple[str, int, int]]:
    """Each six digits in a row: the digits, where they begin, and where they end."""
    for run in _RUN_OF_DIGITS.finditer(text):
        places = [at for at in range(run.start(), run.end()) if text[at].isdecimal()]
        for first, last in zip(places, places[CODE_DIGITS - 1 :], strict=False):
            yield _digits(text[first : last + 1]), first, last + 1


def _digits(found: str) -> str:
    """Plain digits, whatever script they were typed in."""
    return "".join(str(unicodedata.decimal(sign)) for sign in found if sign.isdecimal())
