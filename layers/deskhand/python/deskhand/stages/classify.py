"""Reads what the messages of a turn want, before anything is looked up."""

from deskhand.domain.classification import Classification, Entities, IntentGuess
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Turn
from deskhand.ports import Embedder, LanguageModel, Spending
from deskhand.stages.budget import why_withheld
from deskhand.text.answers import answer_to_question
from deskhand.text.entities import entities_of
from deskhand.text.followups import answers_us, entities_so_far, standalone_question
from deskhand.text.intents import SURE_SECOND, FittedIntents, read_intents
from deskhand.text.language import language_of
from deskhand.text.requests import asks_for_news
from deskhand.text.sentiment import sentiment_of, urgency_of
from deskhand.text.unclear import says_what_is_meant, was_asked
from deskhand.text.wishes import wants_person, withdraws

BY_RULE = 0.95
"""How sure a reading is that a rule of plain words makes."""


def classify(
    turn: Turn,
    *,
    embedder: Embedder,
    fitted: FittedIntents,
    model: LanguageModel,
    policy: Policy,
    spending: Spending | None = None,
) -> Classification:
    """The whole reading: the local classifier's where it is sure, else the model's, unless the
    budget is spent.

    Language, feelings, urgency, what is named and the wish for a person are read by rule in both.
    """
    question = standalone_question(turn)
    intents = _by_rule(turn)
    by_itself = says_what_is_meant(turn) or not answers_us(turn.text, turn.history)
    if not intents and question != turn.text and by_itself:
        # What leans on the question before may still want another thing, and say so by itself.
        alone = read_intents(turn.text, embedder, fitted, intents=policy.intents)
        intents = tuple(one for one in alone if one.confidence >= SURE_SECOND)
    intents = intents or read_intents(question, embedder, fitted, intents=policy.intents)
    if intents and intents[0].confidence >= fitted.sure_from:
        read = Classification(intents=intents, question=question)
    elif why := why_withheld(turn, spending, policy):
        unsure = f"local classifier alone, for {why}"
        read = Classification(intents=intents, question=question, read_by=unsure)
    else:
        read = model.classify(turn, intents=policy.intents)
    return read.model_copy(
        update={
            "question": read.question or question,
            "language": language_of(turn.text),
            "sentiment": sentiment_of(turn.text),
            "urgency": urgency_of(turn.text),
            "entities": _named(turn),
            "wants_person": _wants_person(turn, policy),
        }
    )


def _by_rule(turn: Turn) -> tuple[IntentGuess, ...]:
    """What plain words say of a request that we, or a person, are about to see to."""
    refuses = (
        answers_us(turn.text, turn.history)
        and answer_to_question(turn.text, turn.history[-1].text) == "no"
        # "No, it is about my jacket" tells us what is meant.
        and (not was_asked(turn.history) or withdraws(turn.text))
    )
    if refuses or (turn.pending and withdraws(turn.text)):
        return (IntentGuess(intent="withdraw_request", confidence=BY_RULE, part=turn.text),)
    if turn.pending and asks_for_news(turn.text):
        return (IntentGuess(intent="follow_up", confidence=BY_RULE, part=turn.text),)
    return ()


def _named(turn: Turn) -> Entities:
    """What is named now, and in an episode that goes on, what was named before."""
    if turn.history:
        return entities_so_far(turn.text, turn.history)
    here = entities_of(turn.text)
    return here if here.references else _with_subject(here, turn.subject)


def _with_subject(here: Entities, subject: str) -> Entities:
    references = entities_of(subject).references
    return here.model_copy(update={"references": references}) if references else here


def _wants_person(turn: Turn, policy: Policy) -> bool:
    trigger = policy.triggers.get("wish_for_a_person")
    opening = "" if turn.history else turn.subject
    return trigger is not None and any(
        wants_person(text, trigger) for text in (turn.text, opening) if text
    )
