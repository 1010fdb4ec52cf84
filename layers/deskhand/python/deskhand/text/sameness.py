"""Tells whether a message asks what another one has asked already, and says nothing new.

Precision first: two answers to one question are a nuisance, a question without an answer is a loss.
So every word that could make a difference has to stand in the earlier message too, and what is to
be done, what is asked and what is denied have to be the same.
"""

import re
from dataclasses import dataclass

from deskhand.text.repeats import says_it_failed
from deskhand.text.words import STOP_WORDS, listed, stem, straight, words

_NOT_COME = re.compile(
    r"\b(?:has|have|is|did|does|was|still|had)(?:n't| not) (?:yet )?(?:arrived?|come|received|"
    r"been delivered|reached me|shown up|turned up)\b|"
    r"\b(?:not|never) (?:yet )?(?:arrived?|come|came|received|shown up|turned up)\b|"
    r"\bwaiting (?:for|on)\b|\b(?:any|some) (?:news|updates?|word)\b|\b(?:status|whereabouts) of\b",
)
_BACK = re.compile(r"\b(?:send|sending|sent|give|giving) (?:\w+ ){0,3}?back\b")
_MONEY_BACK = re.compile(r"\bmoney back\b")
_MAY = re.compile(
    r"\b(?:can|may|could|am|are|is) (?:i|we|it) (?:still |just |also )?(?:\w+)|\bpossible to\b"
)

_NEGATIONS = listed("not never no none nothing nobody cannot without neither nor")
_ASKING = listed("how why what what's which who much many long cost costs price")
_PLACES = listed("where where's wheres when when's eta")
_DIFFERENT = listed(
    """
    again another also but else instead other others too only before after until both back more less
    first second third next last old new
    """
)
_SAID_AROUND = listed(
    """
    hi hello hey dear sir madam team thanks thank lot please pls plz kindly want wants wanted wish
    would like need tell know let say said ask asking help could can will yet still already now
    today soon urgent urgently asap really very much possible number nr no. send give order orders
    parcel package packet shipment
    """
)
_ONE_THING = {
    "broken": "broken broke damaged damage defective faulty cracked",
    "refund": "refund refunds refunded refunding reimburse reimbursed reimbursement",
    "cancel": "cancel cancels canceled cancelled canceling cancelling cancellation",
    "return": "return returns returned returning",
    "exchange": "exchange exchanged exchanging swap swapped replace replaced replacement",
    "change": "change changed changing update amend correct",
    "delete": "delete deleted deletion erase close",
    "pause": "pause paused suspend",
    "invoice": "invoice invoices bill receipt",
    "mail": "mail email e-mail letter",
    "came": "arrive arrived arrives came come received",
}
_CONCEPTS = {word: concept for concept, alike in _ONE_THING.items() for word in alike.split()}
_DEEDS = listed("refund cancel return exchange change delete pause")
_DAMAGE = listed("broken scratch miss wrong leak incomplet")

_FEWEST_WORDS = 2
_LEAST_SHARE = 0.4
_LEAST_STOP_WORDS = 0.2


@dataclass(frozen=True)
class _Matter:
    """What a message is about, as far as two of them have to agree."""

    concepts: frozenset[str]
    asks: frozenset[str]
    different: frozenset[str]
    denies: bool
    permitted: bool
    """Whether it asks only if something may be done."""

    @property
    def deeds(self) -> frozenset[str]:
        return self.concepts & _DEEDS


def says_nothing_new(later: str, earlier: str) -> bool:
    """Whether the later message is about the same thing as the earlier one and adds nothing."""
    if says_it_failed(_NOT_COME.sub("", straight(later).lower())):
        return False
    new, old = _matter(later), _matter(earlier)
    if not new.concepts or not new.concepts <= old.concepts or not new.different <= old.different:
        return False
    if (new.asks, new.denies, new.deeds) != (old.asks, old.denies, old.deeds):
        return False
    if new.deeds and new.permitted != old.permitted:
        return False
    return new.concepts == old.concepts or _is_most_of(new, old, later)


def _is_most_of(new: _Matter, old: _Matter, later: str) -> bool:
    """Whether what was left out the second time can have made no difference."""
    share = len(new.concepts) / len(old.concepts)
    return (
        len(new.concepts) >= _FEWEST_WORDS
        and share >= _LEAST_SHARE
        # Of another language we do not know which word says no.
        and sum(word in STOP_WORDS for word in words(later))
        >= _LEAST_STOP_WORDS * len(words(later))
    )


def _matter(text: str) -> _Matter:
    plain = straight(text).lower()
    plain = _MONEY_BACK.sub(" refund ", _BACK.sub(" return ", _NOT_COME.sub(" where ", plain)))
    said = words(plain.replace("n't", " not"))
    concepts = frozenset(_concepts(said))
    if concepts & _DAMAGE:
        concepts -= {"came"}
    return _Matter(
        concepts=concepts,
        asks=frozenset(said) & _ASKING,
        different=frozenset(said) & _DIFFERENT,
        denies=bool(_NEGATIONS & set(said)),
        permitted=bool(_MAY.search(plain)),
    )


def _concepts(said: tuple[str, ...]) -> list[str]:
    found = []
    for word in said:
        if word in _PLACES:
            found.append("where")
        elif word in _CONCEPTS:
            found.append(_CONCEPTS[word])
        elif word not in STOP_WORDS and word not in _SAID_AROUND:
            found.append(stem(word))
    return found
