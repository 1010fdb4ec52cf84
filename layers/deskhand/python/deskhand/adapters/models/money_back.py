"""Where a customer wants their money to go: what they say is never passed over in silence."""

import re
from collections.abc import Sequence

from deskhand.domain.evidence import Fact
from deskhand.text.words import straight, words

_PLACE = re.compile(
    r"\b(?:to|on|onto|into)\s+(?P<place>(?:[\w']+\s+){0,4}?"
    r"(?:gift card|card|account|paypal|iban|voucher|wallet)s?)\b(?P<which>[^.!?\n]{0,30})",
    re.IGNORECASE,
)
_OTHER = frozenset({"another", "other", "different", "new", "else", "iban", "voucher", "wallet"})
_ENDING = re.compile(r"\b\d{4}\b")


def place_of(facts: Sequence[Fact], wish: str) -> str | None:
    """The payment method that the wish names for money that goes back; empty where it names none,
    or the one that paid. None: somewhere that is not among theirs, or nobody can tell which."""
    match = _PLACE.search(straight(wish))
    if match is None:
        return ""
    place, theirs = match["place"], [fact for fact in facts if fact.kind == "payment"]
    said = words(place)
    if _OTHER & {*said} or any(word.endswith("'s") for word in said):
        return None
    endings = _ENDING.findall(match["which"]) or _ENDING.findall(place)
    named = [one for one in theirs if _is_of_that_kind(one, said) and _ends_in(one, endings)]
    paid_with = [fact.attributes.get("payment_method") for fact in facts if fact.kind == "order"]
    if any(one.key in paid_with for one in named) or _is_plain(said, endings):
        return ""
    return named[0].key if len(named) == 1 else None


def _is_of_that_kind(method: Fact, said: Sequence[str]) -> bool:
    kind = method.attributes.get("kind")
    if "gift" in said:
        return kind == "gift_card"
    return kind == "paypal" if "paypal" in said else kind == "card"


def _is_plain(said: Sequence[str], endings: Sequence[str]) -> bool:
    """Whether it is called `my card`, `the account`, and nothing more."""
    return not endings and not {"gift", "paypal"} & {*said}


def _ends_in(method: Fact, endings: Sequence[str]) -> bool:
    return not endings or any(one in str(method.attributes.get("words")) for one in endings)
