"""Puts placeholders where something personal stands, and takes them away again.

What was told of one customer can so be written down, and be given back to that customer, or to
another one of whom the same was told.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deskhand.text.masks import masked, plainly
from deskhand.text.personal import Personal

LEFT, RIGHT = "\u27e6", "\u27e7"
"""What a placeholder stands between; no text of ours has them."""
_PLACEHOLDER = re.compile(f"{LEFT}([^{LEFT}{RIGHT}]*){RIGHT}")
_WORD = re.compile(r"[^\W_]+")
_BY_NUMBER = re.compile(r"\\u[0-9a-fA-F]{4}")
"""A letter in a text of JSON, as in arguments: nobody would find a name that is spelled so."""
WHOLE = 4
"""From so many letters on a word is hidden also where another ending follows."""
_CASES: Mapping[str, Callable[[str], str]] = {
    "": lambda word: word,
    "^": lambda word: word[:1].upper() + word[1:],
    "^^": str.upper,
    "_": str.lower,
    "=": str.title,
}
"""How a word of theirs may be spelled in an answer."""


class UnveiledError(ValueError):
    """Something would be written down that cannot be hidden so that it comes back as it was."""


@dataclass(frozen=True)
class Veil:
    """What is personal in one text, and the words in it that are nobody's but the customer's."""

    names: tuple[str, ...]
    """Of people, however they are spelled."""
    values: tuple[tuple[str, str], ...]
    """Each personal value after its placeholder."""
    words: tuple[str, ...]
    """What else is written from outside and is no word of the desk, in the order of the text."""

    @classmethod
    def over(cls, text: str, personal: Personal, *, known: Iterable[str] = ()) -> "Veil":
        """The veil over a text from outside; the words of the `known` texts are the desk's own
        and may stay."""
        text = _told(text)
        found = [("known", _told(value)) for value in personal.values]
        found += masked(text, names=personal.names).values
        veil = cls(personal.names, tuple(_numbered(text, found)), ())
        ours = {word.casefold() for one in known for word in _WORD.findall(_told(one))}
        others = _WORD.findall(_PLACEHOLDER.sub(" ", veil.over_request(text)))
        theirs = dict.fromkeys(word for word in others if word.casefold() not in ours)
        return replace(veil, words=tuple(theirs))

    def over_request(self, text: str) -> str:
        """The text with its personal values hidden and all else as it is; it need not come back."""
        return _replaced(_told(text), {value: name for name, value in self.values})

    def over_answer(self, text: str) -> str:
        """The answer with everything hidden that is not the desk's own. `UnveiledError`: something
        personal is left, or it would not come back as it is."""
        names = {value: name for name, value in self.values}
        hidden = _replaced(text, names)
        pieces = _pieces(hidden)
        hidden = "".join(
            piece if piece.startswith(LEFT) else self._without_words(piece) for piece in pieces
        )
        self._refuse(text, hidden)
        return hidden

    def lifted(self, text: str) -> str:
        """The text with the values of this veil where the placeholders stand. `UnveiledError`: it
        has others than this veil."""
        values = dict(self.values)
        return _PLACEHOLDER.sub(lambda match: self._value(match[1], values), text)

    def _without_words(self, piece: str) -> str:
        places = {word.casefold(): place for place, word in reversed([*enumerate(self.words)])}
        if not places:
            return piece
        pattern = "|".join(_bounded(word) for word in sorted(places, key=len, reverse=True))
        return re.sub(
            pattern,
            lambda match: self._placed(match[0], places),
            piece,
            flags=re.IGNORECASE,
        )

    def _placed(self, word: str, places: Mapping[str, int]) -> str:
        if word in self.words:
            return f"{LEFT}word {self.words.index(word) + 1}{RIGHT}"
        place = places.get(word.casefold())
        if place is None:
            raise UnveiledError("a word is spelled in a way that cannot be told")
        said = self.words[place]
        for case, spelled in _CASES.items():
            if spelled(said) == word:
                return f"{LEFT}word {place + 1}{case}{RIGHT}"
        raise UnveiledError("a word of the customer is spelled in a way of its own")

    def _value(self, name: str, values: Mapping[str, str]) -> str:
        if name in values:
            return values[name]
        match = re.fullmatch(r"word (\d+)([\^_=]*)", name)
        if match is None or not 1 <= int(match[1]) <= len(self.words) or match[2] not in _CASES:
            raise UnveiledError(f"nothing of this text belongs where {name!r} stands")
        return _CASES[match[2]](self.words[int(match[1]) - 1])

    def _refuse(self, text: str, hidden: str) -> None:
        if LEFT in text or RIGHT in text:
            raise UnveiledError("the answer has signs that only placeholders have")
        if _BY_NUMBER.search(text):
            raise UnveiledError("the answer spells letters by their numbers")
        if self.lifted(hidden) != text:
            raise UnveiledError("the answer would not come back as it is")
        left = _PLACEHOLDER.sub(" ", hidden)
        if found := masked(left, names=self.names).kinds:
            kinds = ", ".join(found)
            raise UnveiledError(f"the answer has what nobody has told the model: {kinds}")
        if any(re.search(_bounded(value), plainly(left)) for _, value in self.values):
            raise UnveiledError("something personal is spelled in a way of its own")


def _told(text: str) -> str:
    """As the masks write it, without signs that only placeholders have."""
    return plainly(text).replace(LEFT, "[").replace(RIGHT, "]")


def _numbered(text: str, found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each value once, after its placeholder, numbered by where it first stands in the text."""
    kinds: dict[str, str] = {}
    for kind, value in found:
        for one in (value, *_parts(kind, value)):
            if one.strip() and one in text:
                kinds.setdefault(one, kind)
    counts: dict[str, int] = {}
    for value in sorted(kinds, key=lambda one: (text.find(one), -len(one))):
        kind = kinds[value]
        counts[kind] = counts.get(kind, 0) + 1
        yield f"{kind} {counts[kind]}", value


def _parts(kind: str, value: str) -> Iterator[str]:
    """The words of a name or an address that mean somebody by themselves."""
    if kind in ("name", "address", "known") and " " in value:
        for word in _WORD.findall(value):
            if (len(word) > 1 and word[0].isupper()) or (len(word) >= WHOLE and word.isdigit()):
                yield word


def _replaced(text: str, names: Mapping[str, str]) -> str:
    """The text with a placeholder for each value, the longest that fits first."""
    if not names:
        return text
    pattern = "|".join(_bounded(value) for value in sorted(names, key=len, reverse=True))
    return re.sub(pattern, lambda match: f"{LEFT}{names[match[0]]}{RIGHT}", text)


def _bounded(value: str) -> str:
    """A value as a pattern: it begins where a word does, and only a long word may go on."""
    before = r"(?<![^\W_])" if _WORD.match(value) else ""
    goes_on = len(value) >= WHOLE and value.isalpha()
    behind = r"(?![^\W_])" if _WORD.match(value[-1:]) and not goes_on else ""
    return f"{before}{re.escape(value)}{behind}"


def _pieces(text: str) -> Sequence[str]:
    """The text cut before and behind each placeholder."""
    return [piece for piece in re.split(f"({LEFT}[^{RIGHT}]*{RIGHT})", text) if piece]
