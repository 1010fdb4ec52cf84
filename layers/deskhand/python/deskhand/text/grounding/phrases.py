"""Says as one word what people say in several: `send it back` is a return."""

import re

_PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), said)
    for pattern, said in (
        (r"not only", " "),
        (r"or not", " "),
        (r"no longer|no more(?! than)|not any ?more", "not"),
        (r"(?:no|without(?: any| a| an)?) (?:extra |additional |further )?(?:costs?|charges?|fees?)"
         r"(?= for|$|[.,;])|at no (?:extra |additional )?(?:costs?|charges?)|free of charge|"
         r"for free|(?:pay|costs?) (?:you )?nothing", "free"),
        (r"(?:do|does|did|need) ?(?:not|n't) (?:have|need) to|need(?:n't| not)(?: be)?|"
         r"no need (?:to|for)|(?:is|are|but)(?: not|n't) (?:required|necessary|needed|mandatory)|"
         r"(?:do|does)(?: not|n't) need", "optional need"),
        (r"(?:is|are) not (?:able|allowed|permitted|possible)(?: to)?|unable to|not possible to|"
         r"(?:is|are)n't (?:able|allowed|permitted|possible)(?: to)?", "cannot"),
        (r"(?:is|are) able to|(?:is|are) allowed to|(?:is|are) permitted to|possible to", "can"),
        (r"(?:have|has|had) to(?= [a-z])", "must"),
        (r"leav(?:es?|ing) out|skip(?:s|ping)?|omit(?:s|ting)?", "without"),
        (r"(?:come|comes|bring|brings|brought|send|sends|sending|sent|give|given|giving|go|goes) "
         r"(?:\w+ ){0,3}?back", "return"),
        (r"(?:take|takes|taking|took|taken) (?:\w+ ){0,3}?back(?! (?:a|the|your) request)",
         "accept return"),
        (r"(?:money|paid|pays?|paying|get|gets|getting) (?:\w+ ){0,3}?back", "refund"),
        (r"money back", "refund"),
        (r"sign(?:ed|ing|s)? in|log(?:ged|ging|s)? (?:in|on)", "login"),
        (r"turn(?:ed|s)? up|show(?:ed|s)? up|reach(?:es|ed)? (?:you|us)|get(?:s)? here", "arrive"),
        (r"out of stock|sold out", "unavailable"),
        (r"right away|straight away|at once|on the spot|without delay", "immediately"),
        (r"at (?:the )?(?:moment|present)|for now|right now", "currently"),
        (r"as long as", "while"),
        (r"by (?:itself|themselves)|on (?:its|their) own|of its own accord", "automatically"),
        (r"(?:goes|go|runs|run) through", "needs"),
        (r"e-mails?", "email"),
        (r"such as|for example|for instance", " "),
        (r"look(?:s|ed)? (?:after|at)", "examine"),
        (r"as well|in addition", "also"),
        (r"per cent", "percent"),
        (r"more than one|a number of", "several"),
        (r"put together", "assemble"),
        (r"hold (?:\w+ ){0,2}back|hold on to", "keep"),
        (r"leaves? (?:us|our (?:shop|warehouse))|left us|on (?:its|the|their) way", "sent"),
        (r"used up", "empty"),
        (r"weekends?", "Saturday Sunday"),
    )
)  # fmt: skip


def phrased(text: str) -> str:
    """The text with the phrases that say one thing as one word."""
    for phrase, said in _PHRASES:
        text = phrase.sub(said, text)
    return text
