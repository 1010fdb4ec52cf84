"""Whether the links and the names of a claim stand in its sources."""

import re
from collections.abc import Iterable, Iterator, Sequence

from deskhand.text.grounding.statements import Statement, Token
from deskhand.text.links import LINK, PAGE
from deskhand.text.words import listed, straight, words

_ACRONYM = re.compile(r"(?<!\w)[A-Z]{2,6}(?!\w)")
_SKIPPED = listed("of and the for de")
_CURRENCY = listed("eur usd gbp chf euro euros dollar dollars ok faq ai")
_LONG_NAME = 4


def strange_links(claim: str, sources: Sequence[str]) -> Iterator[str]:
    """The links and addresses of a claim that no source has."""
    found = dict.fromkeys((*LINK.findall(claim), *PAGE.findall(claim)))
    yield from _not_in(sources, found)


def strange_pages(text: str, sources: Sequence[str]) -> list[str]:
    """The pages that a text names and no source does, with and without `https://`; an address of
    e-mail is none."""
    return list(_not_in(sources, PAGE.findall(text)))


def _not_in(sources: Sequence[str], links: Iterable[str]) -> Iterator[str]:
    lowered = straight("\n".join(sources)).lower()
    for link in links:
        bare = link.rstrip(".,;:!?")
        if bare.lower() not in lowered:
            yield bare


def strange_names(claim: Statement, new: Sequence[Token], sources: Sequence[str]) -> Iterator[str]:
    """The names among the new words of a claim that no source has in any form."""
    names = [token for token in new if token.is_name and token.word not in _CURRENCY]
    if not names:
        return
    there = frozenset(word for source in sources for word in words(source))
    short = {found.lower() for source in sources for found in _ACRONYM.findall(source)}
    spelled = set(_spelled_out(claim, short))
    abbreviated = _initials("\n".join((claim.text, *sources)))
    for token in names:
        if token.word in spelled or token.word in abbreviated:
            continue
        if not all(_is_there(part, there) for part in words(token.word)):
            yield _as_written(claim.text, token.word)


def _as_written(text: str, word: str) -> str:
    at = text.lower().find(word)
    return text[at : at + len(word)] if at >= 0 else word


def _is_there(part: str, there: frozenset[str]) -> bool:
    """Whether a word is there, alone, within another, or as `German` for `Germany`."""
    bare = part.removesuffix("'s")
    if bare in there or f"{bare}'s" in there:
        return True
    return len(bare) >= _LONG_NAME and any(
        bare in word or (len(word) > _LONG_NAME and _is_form(bare, word)) for word in there
    )


def _is_form(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    alike = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return alike >= max(_LONG_NAME, max(len(one), len(other)) - 3)


def _spelled_out(claim: Statement, short: set[str]) -> Iterator[str]:
    """The words of the claim that say in full what the sources abbreviate."""
    said = [word for word in words(claim.text) if word not in _SKIPPED]
    letters = "".join(word[0] for word in said)
    for acronym in short:
        at = letters.find(acronym)
        while at >= 0:
            yield from said[at : at + len(acronym)]
            at = letters.find(acronym, at + 1)


def _initials(text: str) -> set[str]:
    """The abbreviations that names of the text could have."""
    found = re.findall(r"(?:[A-Z][\w'-]*+(?: (?:of|and|for|the))?+ ?+){2,6}", text)
    return {"".join(word[0] for word in words(name) if word not in _SKIPPED) for name in found}
