"""Reads an answer to what we asked: an explicit yes, an explicit no, or neither."""

import re
from typing import Literal

from deskhand.text.said_again import says_only
from deskhand.text.words import straight, words

Answer = Literal["yes", "no", ""]

_YES = re.compile(
    r"\A\s*(?:oh |well |ok(?:ay)? |um |hi,? |hello,? )*(?:yes|yep|yeah|yea|yup|ja|sure|certainly|"
    r"of course|absolutely|definitely|correct|right|exactly|agreed|confirmed|i (?:do )?(?:confirm|"
    r"agree|approve)|please do|go ahead|do it|do that|that's (?:right|correct|fine|ok(?:ay)?)|"
    r"that is (?:right|correct|fine|ok(?:ay)?)|sounds good|fine (?:by|with) me|ok(?:ay)?|alright|"
    r"all right|proceed|please proceed|confirm|y|make it so|it is|works for me)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\A\s*(?:oh |well |um |hi,? |hello,? |actually,? )*(?:no|nope|nah|not (?:really|now|any ?more|"
    r"yet)|"
    r"don't|do not|stop|wait|never ?mind|forget it|rather not|i'd rather "
    r"not|i don't (?:want|"
    r"agree)|"
    r"i do not (?:want|agree|confirm)|please don't|cancel that|leave it)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:but|instead|rather|except|only if|unless|however|change|different|another|other|wait|"
    r"where|when|who|which|why|"
    r"first|not|don't|no|only|just the|half|part of|actually|though|question|before (?:you|that)|"
    r"what (?:about|if|does|is)|how (?:much|long|about)|if|"
    # What is only perhaps so, later so, or done by themselves.
    r"may|maybe|might|could|should|possibl[ey]|soon|for now|to be|let me|"
    r"(?:i|we)(?:'ll| will| can))\b|\?",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\b(?:no (?:problem|worries|need to wait|questions?)|why not|don't (?:worry|hesitate)|"
    r"not a problem|just do it|if you (?:please|would|could|don't mind)|"
    r"that works(?: for me)?|works for me|as soon as (?:possible|you can)|"
    r"(?:you|please) (?:may|can)|could you)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\n|\b(?i:thanks|thank you|regards|wishes|cheers|best)[,.!\s]+)"
    r"[A-ZÀ-ÖØ-Þ][\w'-]*(?: [A-ZÀ-ÖØ-Þ][\w'-]*)?$"
)
"""A name at the end of a message."""


def answer_to_question(text: str, asked: str) -> Answer:
    """An explicit yes or no to what was asked; a yes with any change to it (`yes, but …`) is
    neither.

    Beside the yes there may only be what we asked in its own words, and words that say no more:
    whatever else somebody says may be a condition, a doubt, or another wish.
    """
    plain = straight(text).strip(" \t\r\n.!,*_\"'")
    if _NO.match(plain) and not re.match(r"\s*no (?:problem|worries)\b", plain, re.IGNORECASE):
        return "no"
    if match := _YES.match(plain):
        rest = _HARMLESS.sub(" ", plain[match.end() :])
        if not _CHANGE.search(_without_the_deed(rest, asked)) and says_only(
            _SIGNED.sub("", rest), asked
        ):
            return "yes"
    return ""


def _without_the_deed(rest: str, asked: str) -> str:
    """Where a change is what we asked about, `change` in the answer changes nothing of it."""
    return re.sub(r"\bchange\b", " ", rest) if "change" in words(asked) else rest
