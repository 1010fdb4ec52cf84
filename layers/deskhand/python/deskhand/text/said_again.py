"""Tells whether somebody says again what they were asked, and nothing that they were not."""

import re
from collections.abc import Iterable, Iterator

from deskhand.text.amounts import amounts_in
from deskhand.text.words import listed, stem, straight, words

_ADDS_NOTHING = listed(
    """
    a absolutely agree agreed ahead all alright am an and anyway appreciated are as asap at be best
    brilliant by can cheers confirm confirmed continue correct could course dear definitely do done
    exactly excellent fine for go good great happy have hello hey hi i i'd i'll i'm immediately in
    is it it's kind kindly let let's like lovely many may me much my now of ok okay on our perfect
    please pls possible proceed quickly really regards right shall should so soon sounds super sure
    thank thanks thats that that's the these they this those to today very want we will wishes with
    wonderful would yeah yep yes you your
    """
)
"""Words that add nothing to a yes, and take nothing from it."""
_MOST_WORDS = 15
_FEWEST_LETTERS_ALIKE = 4
_DEEDS = {
    "cancellation": listed("end terminate"),
    "change": listed("change replace swap switch update"),
    "deletion": listed("close erase remove"),
    "exchange": listed("replace swap switch"),
    "pause": listed("suspend"),
    "pay": listed("additional charge extra"),
    "paying": listed("charge"),
    "refund": listed("back give pay reimburse"),
    "return": listed("back open send start"),
    "sending": listed("post resend ship"),
}
"""What we call it when we ask, and what else customers call the same."""
_TURNS = ("change", "exchange", "replace", "swap", "switch", "update")
_INTO = listed("for into to with")
"""Of a change, both what is there and what takes its place are in the question: who says which way
it goes may have turned it round."""
_OF_THE_THING = re.compile(
    r"\border (?:it|this|that|them)\b|\bi (?:have|like|love)\b|\bhappy with\b"
    r"|\b(?:orders?|account|subscription) (?:is|was|are)\b"
    r"|\b(?:want|like|love|have) (?:it|them|(?:(?:all|of|the|my|this|that|these|those) )*"
    r"(?:orders?|account|subscription))\b"
    r"|\b(?:is|are|was|it's|that's) (?:for )?(?:(?:the|my|this) )?"
    r"(?:orders?|account|subscription)\b"
    r"|\ball (?:(?:of|the|my|these|those) )*orders\b"
)
"""“Yes, I like the order” has only words that we asked with, and wants the contrary; so does “yes,
I want my order”, and “yes, this is my account” answers another question."""
_STATES = listed("am are be been being i'm is it's that's the they're was were we're")
"""After these it is no deed: “it is open” tells of the box, not of the return."""
_ON_TOP = listed("additional extra")
"""Of these only an amount can be: anything else that is extra is another thing."""
_ONE_NAME = (
    (re.compile(r"\bgift[ -]?cards?\b", re.IGNORECASE), " giftcard "),
    (re.compile(r"€|\beuros?\b", re.IGNORECASE), " eur "),
    (re.compile(r"\$|\b(?:dollars?|bucks?)\b", re.IGNORECASE), " usd "),
    (re.compile(r"£|\b(?:pounds?|quid)\b", re.IGNORECASE), " gbp "),
)
"""A card is no gift card, and a euro is no dollar, however each is written."""
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)+(?![\w])")
_CENTS = re.compile(r"[.,](\d{1,2})\Z")


def says_only(said: str, asked: str) -> bool:
    """Whether nothing stands there but what was asked, in its own words or in others for the same
    deed, and words that add nothing. An amount is only itself, whatever else was asked has its
    number."""
    tokens, known = _tokens(said), _tokens(asked)
    line = " ".join(tokens)
    if len(tokens) > _MOST_WORDS or _turns_into(tokens) or _OF_THE_THING.search(line):
        return False
    return set(amounts_in(said)) <= set(amounts_in(asked)) and all(
        token in _ADDS_NOTHING or is_known for token, is_known in _each(tokens, known)
    )


def speaks_of_other(said: str, what: str, besides: str) -> bool:
    """Whether of all that was asked at once only the rest is named: `yes, cancel order 1002` is no
    yes to the cancellation of order 1001."""
    tokens = _tokens(said)
    here = {token for token, is_known in _each(tokens, _tokens(what)) if is_known}
    there = {token for token, is_known in _each(tokens, _tokens(besides)) if is_known}
    return bool(there - here - _ADDS_NOTHING) and not here - there - _ADDS_NOTHING


def _turns_into(tokens: tuple[str, ...]) -> bool:
    """Whether something is changed, and after that said what it becomes."""
    turned = (at for at, token in enumerate(tokens) if token.startswith(_TURNS))
    return not _INTO.isdisjoint(tokens[next(turned, len(tokens)) :])


def _each(tokens: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Each word said, and whether it is one of what was asked."""
    deeds = frozenset(word for name in known for word in _DEEDS.get(name, ()))
    for before, token, after in zip(("", *tokens), tokens, (*tokens[1:], ""), strict=False):
        is_deed = token in deeds and (
            after[:1].isdigit() if token in _ON_TOP else before not in _STATES
        )
        if token == "send" and "back" not in tokens:
            is_deed = False  # "send it now" is what people say who want the thing itself
        is_same = token == "same" and _stands_in(after, known)
        yield token, is_deed or is_same or _stands_in(token, known)


def _tokens(text: str) -> tuple[str, ...]:
    plain = straight(text)
    for pattern, name in _ONE_NAME:
        plain = pattern.sub(name, plain)
    return words(_NUMBER.sub(lambda match: _one_number(match.group()), plain))


def _one_number(written: str) -> str:
    """`25.00` and `25` are one number, and `1,000` is a thousand."""
    match = _CENTS.search(written)
    whole = re.sub(r"\D", "", written[: match.start()] if match else written)
    cents = match[1].ljust(2, "0") if match else "00"
    return whole if cents == "00" else f"{whole}p{cents}"


def _stands_in(word: str, asked: Iterable[str]) -> bool:
    return any(_are_alike(word, one) for one in asked)


def _are_alike(one: str, other: str) -> bool:
    """Whether two words are one in another form: `cancel` and `cancellation`; a number is only
    itself."""
    if not (one.isalpha() and other.isalpha()):
        return one == other
    alike = one.startswith(other) or other.startswith(one)
    long_enough = min(len(one), len(other)) >= _FEWEST_LETTERS_ALIKE
    return stem(one) == stem(other) or (alike and long_enough)
