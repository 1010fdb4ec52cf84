"""Tells what a customer wants done from what they want explained or want news of."""

import re

from deskhand.text.entities import references_in
from deskhand.text.sentences import clauses
from deskhand.text.words import listed, straight, words

# --- news -----------------------------------------------------------------------------------------

_NEWS = re.compile(
    r"\b(?:any|some|got) (?:\w+ )?(?:news|updates?|progress|word)\b|\banything new\b|"
    r"\bwhat(?:'s| is) (?:the (?:status|state) of|happening with|going on with) (?:my|this|the) "
    r"(?:request|case|refund|enquiry|inquiry|question|ticket|claim|complaint)\b|"
    r"\b(?:have|has|did) (?:you|it|he|she|they|anyone|anybody|somebody|someone|your \w+) (?:\w+ )?"
    r"(?:decided?|approved?|look(?:ed)?|check(?:ed)?|heard|answered)\b|\bbeen approved\b|"
    r"\b(?:following up|follow up|chasing|bump|checking in)\b|\bheard back\b|"
    r"\bhow long (?:until|till|before|will (?:it|that|this) take)\b|\bstill being looked at\b|"
    r"\bwhen will (?:you|i|it|he|she|they) (?:hear|decide|know|answer|be decided|be approved)\b",
    re.IGNORECASE,
)


def asks_for_news(text: str) -> bool:
    """Whether the customer asks how far something is that they asked for before."""
    return bool(_NEWS.search(straight(text)))


# --- something to be done -------------------------------------------------------------------------

_INFORMS = re.compile(
    r"\b(?:how (?:do|does|can|could|would|long|many|much|is|are|should|will|soon|to)|what(?:'s| "
    r"is| are|"
    r" if| happens| do i have| does)|when (?:do|does|will|can|is|are|would)|where (?:do|does|is|"
    r"are|"
    r"can|will|has)|which|what (?:can|options|could)|why (?:did|do|does|is|was|has|have|can)|who "
    r"(?:pays?|do|does|can)|"
    r"polic(?:y|ies)|terms|conditions|in general|generally|normally|usually|typically|"
    r"do you (?:offer|give|accept|have|do|provide|take|allow|also)|are there|is there|"
    r"does (?:it|that|this|your)|would (?:it|that|there) be|before i (?:buy|order|decide)|"
    r"(?:just )?(?:wondering|curious|want to know|wanted to know|like to know)|"
    r"is it (?:possible|too late)|in case|hypothetical\w*|what would)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\bif (?:i|we|it|he|she|they) (?:\w+ )?(?:buy|bought|order|ordered|don't like|do not like|"
    r"doesn't (?:fit|suit|work)|does not (?:fit|suit|work)|wanted|were|return|returned|cancel|"
    r"breaks?|"
    r"changes?|change my mind)\b|\bbefore i (?:buy|order|decide)\b|\bpolic(?:y|ies)\b",
    re.IGNORECASE,
)
_ANY = (
    r"(?:an?|any|some|used|worn|opened|unopened|reduced|discounted|things?|items?|goods|something|"
    r"anything|orders|products|presents|gifts|people|customers)"
)
_OF_ANY = re.compile(
    rf"\b(?:would|do|does|could|can|will|may) (?:you|i|we|one|people|customers|your shop) "
    rf"(?:\w+ ){{0,2}}?"
    rf"(?:(?:refund|cancel|reimburse|return|send back|take back) {_ANY}\b(?! refund)|"
    rf"(?:refunds?|money back|reimbursed) (?:for|on|of|when|if) {_ANY}\b)",
    re.IGNORECASE,
)
"""Asked of any thing, not of one's own: "would you refund a lamp that was used for a week?"."""
_SUPPOSED = re.compile(
    r"\bbefore (?:i|we) (?:buy|order|decide|purchase)\b|\bjust (?:asking|wondering|curious)\b|"
    r"\bif (?:i|we|it|she|he|they|the \w+|my \w+) (?:\w+ )?(?:turned out|bought|ordered|decided|"
    r"changed (?:my|our|her|his|their) mind|did not (?:fit|like|suit)|didn't (?:fit|like|suit))\b|"
    r"\b(?:suppose|supposing|assuming|say) (?:i|we|it)\b|\bhypothetical\w*\b",
    re.IGNORECASE,
)
_HOW_WISH = re.compile(
    r"\b(?:how (?:do|can|could|would|might) (?:i|we) (?:get|cancel|have|claim|request|obtain|stop)|"
    r"what (?:do|must|should) i do to (?:get|cancel|have)|"
    r"what(?:'s| is) the (?:\w+ )?way to (?:get|cancel|have|claim|stop))\b[^?.!]*\b"
    r"(?:my|this|it|the one|for (?:it|this)|order|"
    r"purchase)\b",
    re.IGNORECASE,
)
_PLAIN_WISH = re.compile(
    r"\b(?:i|we|me)(?:'d| would)? (?:\w+ ){0,2}?(?:want|wanna|need|like|demand|request|expect|"
    r"insist|wish|ask|(?:glad|happy|grateful|thankful) (?:to get|to have|for|if))\b"
    r"(?! to (?:know|understand|ask|learn|hear|find out))"
    r"|\b(?:please|pls|plz|kindly)\b|\b(?:can|could|would|will|may) (?:you|u|i|we)\b(?! "
    r"(?:please )?"
    r"(?:tell|explain|let me know|send me(?! (?:a|the|another|my) (?:\w+ )?(?:link|letter|mail))|"
    r"check|confirm|clarify|help me understand|ask))"
    r"|\b(?:give|get) me\b(?! (?:some |more |an |any )?(?:info|information|idea|details|update))"
    r"|\b(?:i|we) would (?:cancel|return|send)\b(?![^.!?]*\bif\b)"
    r"|\bis it possible to (?:get|cancel|have|be)\b|\bam i entitled\b|\bi am owed\b|\bgo ahead\b",
    re.IGNORECASE,
)
_DONE_ALREADY = re.compile(
    r"\b(?:where(?:'s| is| are)|when (?:will|do|does|is|can|should)|still waiting for|"
    r"haven't (?:received|got|gotten|seen)|have not (?:received|got|seen)|(?:not|never) (?:yet )?"
    r"(?:received|got|seen|arrived)|has (?:my|the) \w+ been|was (?:my|the) \w+|did you|have you|"
    r"status of|has(?:n't| not) (?:arrived|come|been)|waiting (?:for|on)|any news|"
    r"how long (?:does|will|until))\b[^.!?]{0,40}\b(?:refund(?:ed)?|cancell?ation|cancell?ed|"
    r"reimbursement|money|compensation)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:don't|do not|didn't|did not|never|not) (?:\w+ ){0,2}?(?:want|need|ask(?:ed)? for|like|"
    r"looking for) (?:to )?(?:an? |the |any |my |your )?(?:refund|cancel|money back|reimburse)"
    r"|\b(?:don't|do not|never|not|not to) (?:cancel|refund|reimburse)\b|\bno refund\b"
    r"|\b(?:instead of|rather than|without) (?:a |the |any )?(?:refund|cancel)",
    re.IGNORECASE,
)
_TO_SEE = re.compile(
    r"\b(?:in (?:what|which) (?:\w+ )?(?:cases?|situations?)|"
    r"under (?:what|which) (?:\w+ )?(?:circumstances|conditions))\b|"
    r"\b(?:check(?:ing)?|see(?:ing)?|view(?:ing)?|show(?:ing)?|find(?:ing)? out|look(?:ing)? up) "
    r"(?:\w+ ){0,4}?(?:(?:refunds?|rebates?|reimbursements?|restitutions?|compensations?|"
    r"cancell?ations?|withdrawals?|terminations?|policy|status|news|updates?|fees?|charges?|"
    r"penalt(?:y|ies)|how|if|whether|what|which|when|where|why)\b|anything new\b|"
    r"money back g\w+)|"
    r"\b(?:has|was|is) (?:it|this|that) (?:been )?(?:already )?processed\b",
    re.IGNORECASE,
)
"""Wants to be shown it: "I need help to check in what cases I can ask for a refund"."""
_VERB_FIRST = re.compile(
    r"(?:^\W*|[,;:!.-]\s*)(?:(?:hi|hello|hey|yes|ok|okay|so|and|then|also|just|now|thanks|well|but|"
    r"please|yo|mate|kindly)\b[\s,!]{0,3}){0,5}(?:cancel|refund|stop|reimburse|return|pay|annul|void|"
    r"withdraw|send|give|gimme|scrap|abort|undo|delete|call off|exchange|replace|want|wanna|need|"
    r"(?:don't|dont|do not) (?:send|ship|post|dispatch|pack|deliver))\b"
    r"|\b(?:rather|no longer|don't|do not) (?:not )?(?:have|want|need) (?:it|them|this|that) "
    r"(?:any ?more|any longer|please)\b|\b(?:cash|money) back\b"
    r"|\b(?:i|we)(?:'ve| have|'m| am|'re| are|'d| was| were)? (?:got to|have to|must|going to|"
    r"gonna|"
    r"rather|hoping for|hoping to)\b",
    re.IGNORECASE,
)
_UNDONE = (_DONE_ALREADY, _NEGATED, _HYPOTHETICAL, _OF_ANY, _TO_SEE)
_BARE = listed(
    "refund refunds cancel cancellation money back please pls plz order my the full a now"
)


def asks_to_be_done(text: str) -> bool:
    """Whether something is to be done now ("I want my money back"), not explained ("how do refunds
    work?") and not reported on ("where is my refund?")."""
    if is_hypothetical(text):
        return False
    return any(_asks_to_be_done(clause) for clause in clauses(text))


def is_hypothetical(text: str) -> bool:
    """Whether nothing has happened yet: "if it did not fit", "just asking before I buy"."""
    return bool(_SUPPOSED.search(straight(text)))


def _asks_to_be_done(clause: str) -> bool:
    plain = straight(clause)
    if any(p.search(plain) for p in _UNDONE):
        return False
    if _HOW_WISH.search(plain):
        return True
    wish = _PLAIN_WISH.search(plain)
    informs = _INFORMS.search(plain)
    if informs and not (wish and wish.start() <= informs.start()):
        return False
    return bool(
        wish or _VERB_FIRST.search(plain) or set(words(plain)) <= _BARE or plain.endswith("refund?")
    )


# --- a question in general ------------------------------------------------------------------------

_OWN = re.compile(
    r"\b(?:my|mine|our|ours|i've|we've|i (?:have|had|bought|ordered|paid|received|got|sent|need|"
    r"want)|we (?:have|had|bought|ordered|paid|received|got|sent|need|want)|this order|"
    r"the order|it)\b",
    re.IGNORECASE,
)


def is_general(text: str) -> bool:
    """Whether a question is about how things are done here, and about nothing of the customer's
    own."""
    plain = straight(text)
    asked = "?" in plain or bool(_INFORMS.search(plain))
    return (
        asked and not _OWN.search(plain) and not references_in(plain) and not asks_to_be_done(plain)
    )
