"""Asks back, once, where a customer's words are too open to tell what they are about."""

import re
from collections.abc import Sequence

from deskhand.domain.evidence import Passage
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Turn
from deskhand.text.words import STOP_WORDS, listed, stem, stems, words

LEAD = "Could you tell me a little more about what you mean?"
"""How every such question begins: by it we know later that we have asked."""
NEARLY_AS_NEAR = 0.1
"""Articles that are less near than the nearest by no more than this could be meant as well, and
are named."""
LEAST_SIMILARITY = 0.2
"""An article that is further off is not named: it would be named at random."""
CLEARLY_NEAR = 0.45
"""An article that is so near is what is meant, where the reading is sure, too. Flat between 0.35
and 0.55."""
MOST_NAMED = 3
MOST_WORDS_CHOOSING = 14
_OPEN = listed(
    """
    hi hello hey dear thanks thank good morning afternoon evening night sir madam team
    help need want wish like love know think guess believe feel say says said saying tell told ask
    asked asking mean means meant look looks looking see seen find found try tried use used using
    make makes made take takes took give gave put go goes going went gone come comes came keep kept
    let lets work works working worked fit fits change changed do done happen happens happened
    wrote written sort show shown start started stop stopped
    thing things stuff something someone somebody anything anyone everything nothing way ways kind
    bit lot problem problems issue issues question questions matter idea case
    one ones mine much many long often soon far big small old new better best bad
    same other another else different next last first second third wrong right fine great ok okay
    well really quite maybe perhaps possible still already yet actually exactly honest honestly
    sure happy sorry sad never ever always sometimes again here there
    today yesterday tomorrow day days week weeks month months year years time times moment
    might may must shall us hmm um oh uh yeah yep nope neither none both either
    how's who's thats whats hows
    """
)
"""Words that may be said of anything: alone they do not tell what a message is about."""
_NAMED = re.compile("“([^”]+)”")
_PLACES = (("first", "1st", "former", "1"), ("second", "2nd", "2"), ("third", "3rd", "3"))
_LAST = ("last", "latter")
_PLACING = {word for place in (*_PLACES, _LAST) for word in place} | {"option", "number"}


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that tell what it is about."""
    return tuple(word for word in words(text) if word not in STOP_WORDS and word not in _OPEN)


def is_open(turn: Turn) -> bool:
    """Whether the words could be about anything: none of them tells, and nothing was said or sent
    that they could lean on, a question of ours what they mean included."""
    if turn.pending or any(one.attachments for one in turn.messages):
        return False
    before = (said.text for said in turn.history)
    return not any(telling(text) for text in (turn.subject, turn.text, *before))


def question_back(turn: Turn, passages: Sequence[Passage]) -> str:
    """The question that names what could be meant, by the titles of public articles; empty where
    the words are clear."""
    if not is_open(turn):
        return ""
    titles = dict.fromkeys(" ".join(one.title.split()) for one in _nearest(passages))
    ways = ", ".join(f"about “{title}”" for title in [*filter(None, titles)][:MOST_NAMED])
    return f"{LEAD} Is it {ways}, or about something else?" if ways else LEAD


def is_clearly_near(passages: Sequence[Passage]) -> bool:
    """Whether a public article is so near to open words that it is what they are about."""
    return any(one.similarity >= CLEARLY_NEAR for one in _nearest(passages))


def was_asked(history: Sequence[Message]) -> bool:
    """Whether the last thing that was said is such a question of ours."""
    return bool(history) and history[-1].author == "agent" and LEAD in history[-1].text


def says_what_is_meant(turn: Turn) -> bool:
    """Whether our question was answered in words that tell something by themselves."""
    return was_asked(turn.history) and bool(telling(turn.text))


def chosen(text: str, asked: str) -> str:
    """Which of the things that we named is meant, by its words or its place; empty when none, or
    more than one."""
    titles = _NAMED.findall(asked[asked.find(LEAD) :])
    said = [word for word in telling(text) if word not in _PLACING]
    if not said:
        return _only(_by_place(words(text), titles))
    return _only([title for title in titles if {*map(stem, said)} & {*stems(title)}])


def with_question(text: str, before: str, asked: str) -> str:
    """What was asked before, together with what the customer says to our question about it: what
    they chose, and their words where these tell anything."""
    said = text if telling(text) else ""
    return "\n".join(part for part in (before, chosen(text, asked), said) if part)


def is_still_open(turn: Turn) -> bool:
    """Whether our question was answered, and we know no more than before."""
    if not was_asked(turn.history) or says_what_is_meant(turn):
        return False
    return not chosen(turn.text, turn.history[-1].text)


def _nearest(passages: Sequence[Passage]) -> list[Passage]:
    """The public passages that are about equally near, best first."""
    public = sorted(
        (one for one in passages if one.audience == "public"), key=lambda one: -one.similarity
    )
    least = max(LEAST_SIMILARITY, public[0].similarity - NEARLY_AS_NEAR) if public else 0.0
    return [one for one in public if one.similarity >= least]


def _by_place(said: Sequence[str], titles: Sequence[str]) -> list[str]:
    if {*said} & {*_LAST}:
        return [*titles[-1:]]
    return [one for one, names in zip(titles, _PLACES, strict=False) if {*said} & {*names}]


def _only(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else ""
