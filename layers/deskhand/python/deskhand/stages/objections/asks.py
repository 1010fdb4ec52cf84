"""What only the customer can lift: who they are, which record they mean, what they left out."""

from collections.abc import Iterator

from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection
from deskhand.stages.objections.reading import intents_of, waits_for_identity

UNVERIFIED = Objection(
    code="VERIFY", words="nobody has shown yet that this account is theirs", cure="verify"
)
LOCKED = Objection(
    code="CODE_LOCKED",
    words="somebody gave a wrong one-time code too often",
    cure="person",
    priority="high",
)


def identity_is_known(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Nothing of an account is said or done before its owner has shown who they are."""
    unknown = turn.evidence.customer is None
    if unknown and any(one.code and one.code.result == "locked" for one in turn.messages):
        yield LOCKED
    if any(waits_for_identity(turn, intent) for intent in intents_of(turn, policy)):
        yield UNVERIFIED


def records_are_clear(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Where several records fit, or the named one is not there, the customer is asked."""
    found = turn.evidence
    asked = bool(turn.draft.question)
    for code, words in (
        ("WHICH_RECORD", f"could be {' or '.join(found.choices)}" if found.choices else ""),
        (
            "UNKNOWN_REFERENCE",
            f"there is not {' or '.join(found.missing)}" if found.missing else "",
        ),
    ):
        if words and asked:
            yield Objection(code=code, words=words, cure="ask")
        elif words:
            yield Objection(code=code, words=f"{words}: the draft has to ask", cure="rewrite")
    if asked and not (found.choices or found.missing):
        words = f"asks back: {turn.draft.question}"
        yield Objection(code="QUESTION", words=words, cure="ask")
