"""Tells how a customer feels and how pressing it is, from what they write and how they write it."""

import re
from functools import lru_cache

from deskhand.domain.classification import Sentiment, Urgency
from deskhand.text.words import listed, straight, words

# What an angry customer writes and an unhappy one does not.
_RAGE = re.compile(
    r"\b(?:"
    r"furious|outrag(?:e|ed|eous)|disgust(?:ed|ing)|livid|fuming|enraged|infuriat\w+|ridiculous|"
    r"pathetic|appalling|shameful|disgrace(?:ful)?|unacceptable|not acceptable|inexcusable|"
    r"scam(?:mers?|med)?|fraudsters?|(?:you are|you're|this is|its|it's) (?:a )?fraud|thie(?:f|"
    r"ves)|"
    r"crooks?|robbery|rip(?:ped)?[- ]?(?:me )?off|"
    r"liars?|lying to|idiots?|morons?|imbeciles?|stupid|dumb|useless|incompetent|clowns?|"
    r"fuck\w*|f\*+k?\w*|shit\w*|bullshit|bs|crap|damn|goddamn|wtf|bloody hell|hell is|pissed|ass|"
    r"asshole\w*|bastards?|screw you|shame on you|joke of an?|a (?:complete |total |real )?joke|"
    r"fed up|sick of|sick and tired|had enough|enough is enough|last straw|"
    r"lost (?:all |my )?patience|"
    r"how dare you|are you (?:kidding|serious|deaf|blind)|you people|what is wrong with you|"
    r"worst (?:\w+ ){0,3}(?:company|shop|store|service|experience)|worst ever|never again|"
    r"(?:absolute|complete|total|utter)(?:ly)? (?:garbage|rubbish|nonsense|shambles|nightmare|"
    r"disaster|terrible|horrible|disgrace|waste|shocking)|hate (?:you|this|your)|angry|mad at|"
    r"absolutely (?:awful|terrible|horrible|shocking|unbelievable)|stop wasting my time|"
    r"don't you (?:people )?(?:read|listen|understand)|can't you read"
    r")\b",
    re.IGNORECASE,
)
_INSISTING = re.compile(
    r"\b(?:(?:third|fourth|fifth|sixth|tenth|3rd|4th|5th|6th|10th|umpteenth|hundredth)"
    r" (?:time|e-?mail|message|mail|request|attempt|ticket)|"
    r"(?:three|four|five|six|ten|3|4|5|6|10|so many|a hundred|a thousand) times"
    r"(?: (?:now|already))?|"
    r"how (?:many times|often) (?:do|must|should|have) i|"
    r"(?:i have|i've|i) (?:already )?(?:written|asked|told you|said|explained|called|contacted)"
    r"[^.!?]{0,30}(?:three|four|five|several|many|multiple|\d+) times|"
    r"for the last time|over and over|again and again|nobody (?:answers|replies|cares|helps))\b",
    re.IGNORECASE,
)
_UNHAPPY = listed(
    """
    disappointed disappointing disappointment unhappy dissatisfied upset frustrated frustrating
    frustration annoyed annoying annoys terrible horrible awful bad worst worse poor sad sadly
    unfortunately problem problems issue issues broken damaged defective faulty cracked scratched
    torn smashed shattered ruined dirty leaking leaks wrong missing late delayed lost stuck failed
    fails failing error rejected declined overcharged complaint complain complaining mistake worried
    concerned confused confusing unfair rude nightmare disaster hopeless impossible misleading
    unprofessional unreliable slow nobody never refuse refused stolen waste wasted regret rubbish
    mess unbelievable incredible shocking shocked dissatisfaction mouldy useless inconvenient
    inconvenience poorly unsatisfied unsatisfactory letdown trouble troubles
    """
)
_HAPPY = listed(
    """
    great wonderful excellent amazing awesome fantastic perfect brilliant lovely love loved happy
    pleased delighted glad super thrilled beautiful best helpful appreciated appreciate cheers
    thankful grateful impressed superb good nice kind friendly enjoy enjoying fast quick
    """
)
_VERY_HAPPY = listed(
    """
    great wonderful excellent amazing awesome fantastic perfect brilliant lovely love loved happy
    pleased delighted glad super thrilled superb impressed grateful
    """
)
_NEGATIONS = listed(
    "not no never isn't wasn't don't didn't doesn't aren't can't cannot without nothing hardly "
    "neither nor won't couldn't wouldn't haven't hasn't"
)
_TROUBLE = re.compile(
    r"\b(?:still (?:no|not|haven't|hasn't|waiting|nothing)|(?:not|isn't|doesn't|didn't|won't|never)"
    r" (?:\w+ )?(?:work(?:ing|ed|s)?|arriv(?:e|ed)|turn(?:ed)? up|happy|satisfied|good|help(?:ed|"
    r"ful)?|"
    r"answer(?:ed)?|ok|okay|right|fair|what i expected)|let (?:me|us) down|no (?:reply|answer|"
    r"response)"
    r"|too long|waiting for (?:ages|weeks|days|so long)|not (?:at all )?(?:pleased|impressed|"
    r"amused))\b",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|immediately|right (?:now|away)|at once|emergency|"
    r"as (?:soon|quickly|fast) as (?:possible|you can)|time[- ]sensitive|"
    r"deadline|before it's too late|top priority|this (?:minute|instant))\b"
    r"|\b(?:need|needs|needed|must|has to|have to|want|require)\b[^.!?]{0,40}\b(?:by|before|"
    r"until|for)"
    r" (?:today|tonight|tomorrow|this (?:evening|afternoon|week|weekend)|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|the weekend|noon)\b"
    r"|\b(?:leaving|leave|travel(?:ling)?|fly(?:ing)?|wedding|party|birthday) (?:is |on )?"
    r"(?:today|tonight|tomorrow)\b",
    re.IGNORECASE,
)
_RELAXED = re.compile(
    r"\b(?:no (?:rush|hurry|pressure)|not urgent|isn't urgent|whenever you (?:can|have|find|get)|"
    r"when you (?:have|find) (?:a )?(?:time|moment|minute)|take your time|just (?:curious|"
    r"wondering)|"
    r"out of (?:curiosity|interest)|nothing urgent|can wait)\b",
    re.IGNORECASE,
)
_NOT_RAGE = re.compile(
    r"\b(?:not (?:angry|furious|mad|stupid)|(?:i'm|i am|feel) (?:\w+ ){0,2}(?:stupid|dumb|idiot)|"
    r"(?:stupid|dumb) (?:of me|question|me|mistake)|my (?:own )?(?:stupid|dumb)\w*|damn good|"
    r"never again (?:had|have) (?:a |any )?problem)\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:'[A-Z]+)?\b")
_QUIET = re.compile(r"\d|^\W*[A-Z]{2,}-[A-Z]")
_DEMAND = re.compile(r"\b(?:now|immediately|answer|want|give me|demand)\b", re.IGNORECASE)
_MANY_MARKS = re.compile(r"!{3,}|\?{3,}|[?!]*(?:!\?|\?!)[?!]+")

_SHOUTED_WORDS = 4
_SHOUTED_SHARE = 0.5


def sentiment_of(text: str) -> Sentiment:
    """How the writer feels."""
    plain = straight(text)
    dark, bright = _feelings(plain)
    if _is_rage(plain, dark=dark, bright=bright):
        return "angry"
    if dark and dark >= bright:
        return "unhappy"
    if bright and any(word in _VERY_HAPPY for word in words(plain)):
        return "happy"
    return "neutral"


def urgency_of(text: str) -> Urgency:
    """How pressing it is for the writer."""
    plain = straight(text)
    if _RELAXED.search(plain):
        return "low"
    if _URGENT.search(plain) or _INSISTING.search(plain):
        return "high"
    return "normal"


@lru_cache(maxsize=256)
def is_angry(text: str) -> bool:
    """Whether this is one of the messages that are counted as angry."""
    return sentiment_of(text) == "angry"


def _is_rage(plain: str, *, dark: int, bright: int) -> bool:
    without_harmless = _NOT_RAGE.sub(" ", plain)
    if _RAGE.search(without_harmless) or _INSISTING.search(plain):
        return True
    # Order numbers and product codes are written in capitals by nature.
    calm = " ".join(word for word in plain.split() if not _QUIET.search(word))
    capitals = len(_SHOUTED.findall(calm))
    spoken = [word for word in words(calm) if len(word) > 1]
    marks = bool(_MANY_MARKS.search(plain))
    shouts = capitals >= _SHOUTED_WORDS and capitals >= _SHOUTED_SHARE * len(spoken)
    if bright and not dark:
        return False
    return (shouts and (marks or dark > 0 or "!" in plain)) or (
        marks and capitals > 0 and (dark > 0 or bool(_DEMAND.search(plain)))
    )


def _feelings(plain: str) -> tuple[int, int]:
    """Points of unhappiness and of happiness; a negation just before turns happiness round."""
    said = words(plain)
    dark = len(_TROUBLE.findall(plain))
    bright = 0
    for at, word in enumerate(said):
        negated = any(before in _NEGATIONS for before in said[max(0, at - 3) : at])
        if word in _UNHAPPY:
            dark += not negated
        elif word in _HAPPY:
            bright += not negated
            dark += negated
    return dark, bright
