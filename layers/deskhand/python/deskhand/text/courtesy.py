"""Tells sentences that say nothing which could be wrong: greetings, thanks, goodbyes."""

import re
from collections.abc import Sequence

from deskhand.text.figures import says_no
from deskhand.text.words import STOP_WORDS, listed, words

_COURTESY = listed(
    """
    hello hi hey dear thank thanks welcome happy glad pleased pleasure delighted sorry hear help
    helps helping hope hopes question questions know anything else contact reach reaching write
    message reply replying time great good nice lovely day week weekend best kind regards wish feel
    team support assist assistance patience understand frustrating frustration trouble
    inconvenience apologize apologise apologies further happily gladly need course certainly sure
    writing getting touch appreciate always love hearing want like
    """
)

_ANSWERING = listed("course certainly sure always like want need")
"""Those that agree to something without being kind."""
_FEEL_FREE = re.compile(r"\bfeel free\b", re.IGNORECASE)
"""The one way of being free that gives nothing away."""


def is_courtesy(text: str, names: Sequence[str] = ()) -> bool:
    """Whether a sentence needs nothing to stand on; the names are those of the customer, who may
    call themselves what they like: only as they write it is it a name."""
    said = set(words(_FEEL_FREE.sub("feel", _without_names(text, names))))
    # "Yes, certainly you can." is all of such words, and an answer.
    answers = len(said) > 1 and said <= STOP_WORDS | _ANSWERING
    return said <= _COURTESY | STOP_WORDS and not answers and not says_no(text)


def _without_names(text: str, names: Sequence[str]) -> str:
    """The text without whole names and first names."""
    for name in names:
        for called in (name.strip(), *name.split()[:1]):
            if called:
                text = re.sub(rf"(?<!\w){re.escape(called)}(?!\w)", " ", text)
    return text
