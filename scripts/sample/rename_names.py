"""Gives everything in the sample that has a name another one, by a seed."""

import random
import re
from collections.abc import Callable, Iterable, Mapping

from scripts.sample.rename_words import (
    BRANDS,
    FIRST_NAMES,
    LAST_NAMES,
    MADE_UP,
    SHOP,
    THINGS,
    TITLES,
)

_ORDER_SHAPES: tuple[Callable[[int], str], ...] = (
    lambda number: f"KB{number}",
    lambda number: f"{number}-ZX",
    lambda number: f"QT-{number}-7",
    lambda number: str(number),
)
_ORDER = re.compile(r"\b(HR)([ -]?)(\d{4})\b", re.IGNORECASE)
_TRACKING = re.compile(r"\b(?:PW|HP)\d{6,}\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NO_NAME = {"Admin", "Mail", "Delivery", "System", "Parcel", "Weekly", "Radio", "Coast", "de"}


class Renaming:
    """Which name becomes which; made once from the whole sample and a seed."""

    def __init__(self, names: Iterable[str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._other_dice = random.Random(-1 - seed)
        self._order_shape = self._dice.choice(_ORDER_SHAPES)
        self._title = self._dice.choice(TITLES)
        self._made: dict[tuple[str, str], str] = {}
        made_up, first, last = (
            self._dice.sample(words, len(words)) for words in (MADE_UP, FIRST_NAMES, LAST_NAMES)
        )
        which = self._dice.randrange(3)
        words = {thing: others[which] for thing, others in THINGS.items()}
        words |= {brand.lower(): made_up.pop() for brand in BRANDS}
        shop = f"{made_up.pop()} & {made_up.pop()}"
        words |= dict(zip(map(str.lower, SHOP), _spellings(shop), strict=True))
        words |= _people(names, first, last)
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._any_word = re.compile(
            rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE
        )

    def text(self, text: str) -> str:
        """A text with everything in it that has a name renamed."""
        text = _ORDER.sub(self._order, text)
        text = _TRACKING.sub(lambda match: self._new("tracking", match.group()), text)
        pieces = re.split(rf"({_EMAIL.pattern})", text)
        return "".join(
            self._new("e-mail", piece) if place % 2 else self._any_word.sub(self._word, piece)
            for place, piece in enumerate(pieces)
        )

    def customer_id(self, id_: str) -> str:
        """Another id for a customer."""
        return self._new("customer", id_)

    def id_of(self, kind: str, id_: str) -> str:
        """Another id for something else of that kind."""
        return self._other(kind, id_, lambda dice: f"{kind[:2]}{dice.randrange(1_000, 10_000)}")

    def address(self, address: Mapping[str, str]) -> dict[str, str]:
        """Another address in the same country."""
        line1 = self._other("street", address["line1"], _street)
        city = self._other("city", address["city"], _city)
        postcode = self._other("postcode", address["postcode"], _postcode)
        return {**address, "line1": line1, "city": city, "postcode": postcode}

    def digits(self, text: str) -> str:
        """The text with other digits: a telephone number, the end of a card."""
        return re.sub(
            r"\d{3,}",
            lambda match: self._other(
                "digits", match.group(), lambda dice: _number(dice, len(match.group()))
            ),
            text,
        )

    def title(self, title: str) -> str:
        """Another title for an article."""
        return self._title.format(self.text(title))

    def _word(self, match: re.Match[str]) -> str:
        old, new = match.group(), self._words[match.group().lower()]
        if old.isupper():
            return new.upper()
        return new[0].upper() + new[1:] if old[0].isupper() else new.lower()

    def _order(self, match: re.Match[str]) -> str:
        letters, separator, number = match.groups()
        new = self._new("order", number)
        if separator == " ":
            new = re.sub(r"(?<=[A-Z])-?(?=\d)|(?<=\d)-?(?=[A-Z])", " ", new)
        return new.lower() if letters.islower() else new

    def _new(self, kind: str, old: str) -> str:
        """The new name of this old one: another one for each, the same one each time."""
        old = old.lower()
        while (kind, old) not in self._made:
            new = self._invent(kind)
            if new not in self._made.values():
                self._made[kind, old] = new
        return self._made[kind, old]

    def _other(self, kind: str, old: str, invent: Callable[[random.Random], str]) -> str:
        """As `_new`, by dice of its own: one more such name leaves all others as they are."""
        key = (kind, old.lower())
        while key not in self._made:
            new = invent(self._other_dice)
            if new not in self._made.values() and new.lower() != key[1]:
                self._made[key] = new
        return self._made[key]

    def _invent(self, kind: str) -> str:
        match kind:
            case "order":
                return self._order_shape(self._dice.randrange(20_000, 90_000))
            case "tracking":
                return f"TR{self._dice.randrange(10**7, 10**8)}"
            case "e-mail":
                user = self._dice.choice(FIRST_NAMES).lower().replace("ö", "o")
                return f"{user}{self._dice.randrange(10, 10_000)}@mail.example"
            case _:
                return f"k{self._dice.randrange(1_000, 10_000)}"


def _street(dice: random.Random) -> str:
    return (
        f"{dice.choice(MADE_UP)} {dice.choice(('Road', 'Street', 'Lane'))} {dice.randrange(2, 99)}"
    )


def _city(dice: random.Random) -> str:
    return dice.choice(MADE_UP) + dice.choice(("ford", "bridge", "bury", " on Sea", " Hill"))


def _postcode(dice: random.Random) -> str:
    return str(dice.randrange(10_000, 100_000))


def _number(dice: random.Random, digits: int) -> str:
    return str(dice.randrange(10 ** (digits - 1), 10**digits))


def _people(names: Iterable[str], first: list[str], last: list[str]) -> dict[str, str]:
    renamed: dict[str, str] = {"maartje": first.pop(), "ruben": first.pop()}
    for name in names:
        words = [word for word in re.findall(r"[^\W\d_]{2,}", name) if word not in _NO_NAME]
        for place, word in enumerate(words):
            if word.lower() not in renamed:
                renamed[word.lower()] = last.pop() if place and last else first.pop()
    return renamed


def _spellings(shop: str) -> tuple[str, str, str]:
    joined = shop.replace(" & ", "and").lower()
    return shop, joined, joined.replace("and", "").upper()
