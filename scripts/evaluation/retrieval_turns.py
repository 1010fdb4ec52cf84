"""A question as the turn that a customer's message would start, read as open and in scope."""

from datetime import datetime

from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.ticket import Asker, Message
from deskhand.domain.turn import Classified, turn_id_for
from deskhand.text.followups import standalone_question
from deskhand.text.language import language_of
from scripts.evaluation.question_set import Question

DOCUMENTS_RANKED = 10
PASSAGES_RANKED = 30
"""Of so many passages ten documents can be ranked, though several are often of one document."""
OPEN = Intent(
    name="question",
    description="Anything at all that is asked.",
    examples=("What?", "How?", "When?", "Where?", "Why?"),
    resolved_when="it is answered from an article",
    evidence=("passage",),
)
"""The one intent there is: whatever is asked, an article has to answer it."""
ABOUT_EVIDENCE = ("low_confidence", "policies_in_conflict", "language")
"""The triggers that stay. Tone, wishes and the length of a conversation say nothing of what was
found, and would pass for caution here."""
REPLIES_WITHOUT_END = 1_000


def open_policy(policy: Policy) -> Policy:
    """The policy with one open intent in place of the shop's, and without what looks at more than
    the evidence."""
    replies = policy.replies.model_copy(update={"max_replies_per_episode": REPLIES_WITHOUT_END})
    triggers = {name: policy.triggers[name] for name in ABOUT_EVIDENCE if name in policy.triggers}
    return policy.model_copy(
        update={"intents": {OPEN.name: OPEN}, "replies": replies, "triggers": triggers}
    )


def ranking_policy(policy: Policy) -> Policy:
    """The same policy with as many passages a turn as it takes to rank documents."""
    replies = policy.replies.model_copy(update={"max_passages": PASSAGES_RANKED})
    return policy.model_copy(update={"replies": replies})


def turn_of(question: Question, *, now: datetime) -> Classified:
    """The turn with what was said before, and with the question as it stands alone."""
    history = tuple(
        Message.model_validate(
            {"id": f"h{place}", "author": said.author, "text": said.text, "said_at": now}
        )
        for place, said in enumerate(question.history)
    )
    message = Message(id="m1", author="customer", text=question.query, said_at=now)
    turn = Classified(
        id=turn_id_for("evaluation", "m1"),
        conversation_id="evaluation",
        helpdesk="evaluation",
        ticket_id="evaluation",
        subject="",
        asker=Asker(email="customer@example.com"),
        episode=1,
        started_at=now,
        messages=(message,),
        history=history,
        classification=_reading(question.query, question.query),
    )
    reading = _reading(question.query, standalone_question(turn))
    return turn.model_copy(update={"classification": reading})


def bare_turn_of(question: Question, *, now: datetime) -> Classified:
    """The turn of somebody who says the same words to us first."""
    return turn_of(Question(query=question.query, gold=question.gold), now=now)


def _reading(text: str, question: str) -> Classification:
    return Classification(
        intents=(IntentGuess(intent=OPEN.name, confidence=1.0, part=text),),
        question=question,
        language=language_of(text),
    )
