"""Whether the reply keeps our manners: no promise, no second apology, short, and honest."""

import re
from collections.abc import Iterator

from deskhand.domain.draft import Claim
from deskhand.domain.evidence import Fact
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection
from deskhand.stages.objections.reading import cited_by, spoken, texts_of
from deskhand.text.wishes import mentioned, mentions
from deskhand.text.words import straight, words

_DONE = (
    r"refunded|cancell?ed|issued|credited|reimbursed|reshipped|resent|deleted|replaced|escalated|"
    r"forwarded|transferred|waived|compensated"
)
_DONE_TO_YOURS = r"updated|changed|sent|processed|removed|added|approved|arranged|booked|returned"
_DO = (
    r"refund|cancel|issue|credit|reimburse|reship|resend|delete|replace|escalate|forward|transfer|"
    r"waive|compensate"
)
_BY_US = re.compile(
    rf"\b(?:i|we)(?:'ve| have)?(?: (?:just|already|now|also|successfully))* (?:{_DONE})\b"
    rf"|\b(?:i|we)(?:'ve| have)?(?: (?:just|already|now|also|successfully))* (?:{_DONE_TO_YOURS})"
    r" (?:\w+ ){0,2}?your\b"
    rf"|\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)"
    rf"(?: (?:now|also|immediately|gladly|happily|then))* (?:{_DO})\b",
    re.IGNORECASE,
)
_DONE_AT_ALL = re.compile(
    r"\b(?:your|the|order|refund) (?:\S+ ){0,5}?(?:has|have|was|were|is|are)"
    rf"(?: (?:now|already|just|been|being))* (?:{_DONE}|{_DONE_TO_YOURS})\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:once|when|whenever|if|after|until|before|unless|as soon as|while|where)\b", re.IGNORECASE
)
_APOLOGY = re.compile(
    r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|my bad|regret the)\b", re.IGNORECASE
)
_HUMAN = re.compile(
    r"\b(?:i am|i'm|this is|you are (?:talking|speaking|chatting) (?:to|with)) "
    r"(?:(?:not|no longer) (?:a |an )?(?:\w+ )?(?:bot|ai|robot|machine|computer|assistant)"
    r"|(?:a |an )?(?:real |actual |live )?(?:human|person)\b)",
    re.IGNORECASE,
)


def nothing_is_promised(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """No promise, and nothing told as done or about to be done that no record shows; in a question
    back, which stands on nothing, none at all.

    What an article says in the same words is its promise, not the agent's.
    """
    for claim in spoken(turn):
        cited = "\n".join(text for found in cited_by(turn, claim) for text in texts_of(found))
        phrases = mentioned(claim.text, policy.replies.forbidden_promises)
        promised = [phrase for phrase in phrases if not mentions(cited, [phrase])]
        if promised or _tells_deeds(turn, claim, cited):
            yield _promise(claim.text)
    asked = turn.draft.question
    if mentioned(asked, policy.replies.forbidden_promises) or _BY_US.search(straight(asked)):
        yield _promise(asked)


def reply_is_short(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """No longer than the policy's manners allow."""
    said = (*(claim.text for claim in spoken(turn)), turn.draft.question)
    length = sum(len(words(text)) for text in said)
    if length > policy.replies.max_words:
        words_ = f"has {length} words, of at most {policy.replies.max_words}"
        yield Objection(code="TOO_LONG", words=words_, cure="rewrite")


def one_apology_is_enough(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """One apology in a conversation; the reply itself begins with it where a customer is upset."""
    before = any(_APOLOGY.search(said.text) for said in turn.history if said.author == "agent")
    upset = turn.classification.sentiment in {"angry", "unhappy"}
    in_draft = sum(bool(_APOLOGY.search(claim.text)) for claim in turn.draft.claims)
    if in_draft and in_draft + (before or upset) > 1:
        words_ = "apologises more than once in this conversation"
        yield Objection(code="SECOND_APOLOGY", words=words_, cure="rewrite")


def nobody_is_deceived(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """The agent is an AI and never says otherwise."""
    for text in (*(claim.text for claim in turn.draft.claims), turn.draft.question):
        if _HUMAN.search(straight(text)):
            words_ = f"passes itself off as a person: “{text}”"
            yield Objection(code="CLAIMS_TO_BE_HUMAN", words=words_, cure="rewrite")


def replies_come_to_an_end(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Two machines that answer each other are stopped."""
    replies = sum(said.author == "agent" for said in turn.history)
    if replies >= policy.replies.max_replies_per_episode:
        words_ = f"{replies} replies in one episode are enough"
        yield Objection(code="TOO_MANY_REPLIES", words=words_, cure="person")


def _promise(text: str) -> Objection:
    words_ = f"promises what nobody has seen happen: “{text}”"
    return Objection(code="PROMISE", words=words_, cure="rewrite")


def _tells_deeds(turn: Drafted, claim: Claim, cited: str) -> bool:
    said = straight(claim.text)
    by_us = _BY_US.search(said)
    if by_us:
        return not mentions(cited, [by_us.group()])
    done = _DONE_AT_ALL.search(said)
    if not done or _ONCE.search(said[: done.start()]):
        return False
    return not any(isinstance(found, Fact) for found in cited_by(turn, claim))
