"""Reads wishes that decide how a ticket goes on: for a person, for peace."""

import re
from collections.abc import Sequence
from functools import lru_cache

from deskhand.domain.policy import Trigger
from deskhand.text.sentences import clauses
from deskhand.text.words import listed, phrase_at, straight, words

# --- terms of a policy ----------------------------------------------------------------------------


def mentions(text: str, terms: Sequence[str], not_terms: Sequence[str] = ()) -> bool:
    """Whether a term stands in the text, word for word and not as part of a `not_term`."""
    return bool(mentioned(text, terms, not_terms))


def mentioned(text: str, terms: Sequence[str], not_terms: Sequence[str] = ()) -> tuple[str, ...]:
    """Which terms stand in the text, matched as words; inside a `not_term` they do not count."""
    said = _without(words(text), not_terms)
    return tuple(term for term in terms if phrase_at(said, _parts(term)))


@lru_cache(maxsize=10_000)
def _parts(term: str) -> tuple[str, ...]:
    """The words of a term of the policy, which every message is held against."""
    return words(term)


def _without(said: Sequence[str], phrases: Sequence[str]) -> list[str]:
    kept = list(said)
    for phrase in phrases:
        length = len(parts := _parts(phrase))
        for at in phrase_at(said, parts):
            kept[at : at + length] = [""] * length
    return kept


# --- a person -------------------------------------------------------------------------------------

_REACHES = re.compile(
    r"\b(?:talk|speak|chat|spk|converse|connect(?:ed)?|transfer(?:red)?|put|pass|hand|escalate|"
    r"refer|"
    r"forward|reach|contact|call|phone|handled by|deal with|answered by|help from|reply from|"
    r"looked at by|asking for|ask for)\b"
    r"|\b(?:get|give|have|want|need|require|prefer|like|send|find|involve|bring|there|through|"
    r"not|no)"
    r"(?: me| us)?(?: to (?:have|get|see|reach))?(?: an?| the| some| any| your| my)?(?: \w+)?$",
    re.IGNORECASE,
)
_WHO = (
    r"(?:humans?|agents?|representatives?|reps?|operators?|employees?|advis[oe]rs?|assistants?|"
    r"colleagues?|staff|supervisors?|managers?|boss|people|persons?)"
)
_BUILT_IN = re.compile(
    r"\b(?:real|actual|live|human|living|breathing) (?:person|people|human|being|agent|support|"
    r"someone|somebody|rep(?:resentative)?|operator|assistan(?:t|ce)|voice)s?\b"
    r"|\b(?:speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|connect me|put me through|transfer me|pass "
    r"me on) (?:\w+ )?(?:to|with)"
    r" (?:someone|somebody|anyone|anybody|customer (?:service|support|care)|your (?:boss|team|"
    r"manager|supervisor|staff)|support)\b"
    r"|\b(?:not|no|stop|instead of|rather than|sick of|tired of|hate)(?: (?:an?|the|this|these|"
    r"your|"
    r"more|another|stupid|want|to|talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|with|deal(?:ing)?|from|"
    r"sending|me))* (?:ro)?(?:bots?|chat ?bots?|machines?(?! wash)|robots?|computers?|ais?|"
    r"automated (?:\w+))\b"
    rf"|\b(?:contact(?:ing)?|reach(?:ing)?) (?:someone|somebody|anyone|(?:an? )?{_WHO})\b"
    rf"|\b(?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|connect|transfer|put|pass|escalate|forward|"
    rf"refer|hand)\b"
    rf"(?: \w+){{0,4}}? (?:to|with|by) (?:(?:an?|the|some|any|your|one of your) )?(?:\w+ "
    rf"){{0,2}}?{_WHO}\b"
    rf"|\b(?:get|give|find|send|need|want|prefer|reach|contact) (?:me |us )?"
    rf"(?:an?|some|any|one of your) (?:\w+ )?(?!person\b|people\b|manager\b|assistants?\b){_WHO}\b"
    rf"|^\W*(?:an? |the |real )?{_WHO}(?: please| now| pls| plz)*\W*$"
    r"|\b(?:can|could|would|will|may|is|let|have) (?:an? |some |any )(?:real )?(?:human|colleague|"
    r"employee|supervisor)\b"
    r"|\b(?:anyone|someone|somebody|anybody|people) (?:that |who |whom )?(?:i|we) (?:can|could|"
    r"may) "
    r"(?:talk|speak|chat)\b|\b(?:give|get|find|send) me (?:someone|somebody|anyone|anybody)\b"
    r"|\bdon't (?:want to |like to |wanna )?(?:talk|speak|chat|deal)\w* (?:to|with) (?:\w+ ){0,2}?"
    r"(?:ro)?(?:bots?|chat ?bots?|machines?|robots?|computers?|ais?)\b"
    r"|\b(?:call|ring|phone) me (?:back )?(?:please|now|today|asap)\b|\bplease (?:call|ring|"
    r"phone) me\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:spoke|talked|chatted|was (?:speaking|talking)|already (?:had|asked)|told|said|promised|"
    r"informed|have spoken|been speaking)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:(?:do not|don't|dont|didn't) (?:\w+ )?(?:need|want|have to|wish|like)|no need|"
    r"not necessary|without|rather not|instead of)\b",
    re.IGNORECASE,
)
_BOT_QUESTION = re.compile(r"\b(?:are you|is this|am i (?:talking|speaking|chatting))\b", re.I)
_ARTICLES = listed("a an the my your some any")
_FEW_WORDS = 4
_NEAR_WORDS = 7


def wants_person(text: str, trigger: Trigger) -> bool:
    """Whether the customer asks for a person instead of us.

    A phrase among the trigger's terms counts wherever it stands; a single word (`agent`, `human`)
    only where one asks to reach them: "get me an agent", "agent please", not "the agent was nice".
    """
    return any(
        _wants_person(clause, trigger) for clause in (*clauses(text), _first_words(text)) if clause
    )


def _wants_person(clause: str, trigger: Trigger) -> bool:
    plain = straight(clause)
    said = _without(words(plain), trigger.not_terms)
    left = " ".join(said)
    built_in = _BUILT_IN.search(left)
    if built_in and not _refuses(left[: built_in.start()], built_in.group()):
        return True
    for term in trigger.terms:
        phrase = words(term)
        for at in phrase_at(said, phrase):
            before = [word for word in said[max(0, at - _NEAR_WORDS) : at] if word]
            lead = " ".join(before)
            if _refuses(lead, term) or (_PAST.search(lead) and len(phrase) < 3):
                continue
            alone = len([word for word in said if word]) <= _FEW_WORDS
            if (
                not _is_one_noun(phrase)
                or _reaches(lead)
                or (alone and not _BOT_QUESTION.search(left))
            ):
                return True
    return False


def _is_one_noun(phrase: Sequence[str]) -> bool:
    """Whether a term is a noun by itself (`human`, `an agent`): half of all messages name such a
    noun without wishing for one."""
    return len([word for word in phrase if word not in _ARTICLES]) == 1


def _reaches(lead: str) -> bool:
    return bool(_REACHES.search(lead))


def _refuses(lead: str, term: str) -> bool:
    near = " ".join(lead.split()[-5:])
    return bool(_REFUSED.search(near)) and not re.match(r"(?:no|not|stop|without)\b", term)


def _first_words(text: str) -> str:
    said = text.split()
    return text if len(said) <= _FEW_WORDS else ""


# --- peace ----------------------------------------------------------------------------------------

_WITHDRAWS = re.compile(
    r"\b(?:forget (?:it|that|about (?:it|that|my|the)|my (?:request|question|last)|what i)|"
    r"never ?mind|nvm|(?:disregard|ignore|withdraw|retract|scrap|drop) (?:it|that|this|my|the)|"
    r"don't bother|no longer (?:needed|necessary|need (?:it|this|a refund|the refund))|"
    r"(?:it|this|that)(?:'s| is| has) (?:been )?(?:resolved|sorted|solved|settled|fixed)(?: "
    r"itself)?|"
    r"i take (?:it|that) back|(?:i(?:'ll| will| want to)|gonna) keep (?:it|them)(?: after all| "
    r"anyway)?|"
    r"(?:no|don't (?:want|need) (?:a|the|any|my)) refund (?:any ?more|needed|required|necessary|"
    r"after all)|"
    r"(?:don't|do not|please don't) (?:cancel|refund) (?:\w+ ){1,3}(?:after all|any ?more)|"
    r"hold off on (?:it|that|the|my)|changed my mind,? (?:leave|keep|i'll keep|don't))\b",
    re.IGNORECASE,
)
_WITHDRAWS_NOT = re.compile(
    r"\b(?:don't|do not|won't|never|can't|cannot|not) (?:\w+ )?(?:forget|ignore|disregard|drop)\b"
    r"|\b(?:you|to|did you|they) (?:just )?(?:forget|ignore|disregard)\b|\bforget (?:all "
    r")?(?:previous|"
    r"your|prior|the above)\b|\bignore (?:all |the |your |my )?(?:previous|prior|above|"
    r"instructions)\b",
    re.IGNORECASE,
)


def withdraws(text: str) -> bool:
    """Whether the customer takes back what they asked for: "forget it", "never mind"."""
    plain = straight(text)
    return bool(_WITHDRAWS.search(plain)) and not _WITHDRAWS_NOT.search(plain)
