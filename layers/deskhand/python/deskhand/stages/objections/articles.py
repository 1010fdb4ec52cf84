"""Whether the articles hold what was asked: for the gate, the gap report and its alarm alike."""

from collections.abc import Iterable

from deskhand.domain.policy import Intent, Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Articles
from deskhand.stages.objections.reading import asks_what_is_meant, in_scope, intents_of


def wants_articles(turn: Drafted, policy: Policy) -> tuple[Intent, ...]:
    """The turn's intents that an article has to answer."""
    return tuple(one for one in intents_of(turn, policy) if "passage" in one.evidence)


def needed_similarity(intents: Iterable[str], policy: Policy) -> float:
    """From which cosine on an article may answer who wants that: a higher one where nothing of it
    is known, and the article alone has to show that the question is ours."""
    known = any(name in policy.intents for name in intents)
    return policy.replies.min_similarity if known else policy.replies.scope_similarity


def is_near_enough(turn: Drafted, policy: Policy) -> bool:
    """Whether an article is near enough to the question to answer it."""
    wanted = (guess.intent for guess in turn.classification.intents)
    return turn.evidence.best_similarity >= needed_similarity(wanted, policy)


def answers_by_article(turn: Drafted, policy: Policy) -> bool:
    """Whether an article by itself answers a question that no intent knows."""
    return is_near_enough(turn, policy) and bool(turn.draft.claims)


def articles_say(turn: Drafted, policy: Policy) -> Articles:
    """Whether the articles held what was asked.

    Nothing was wanted of them where records or people have to answer, and nobody can tell where
    the customer wants a person, writes in a language that is not ours, or was asked what they mean.
    """
    reading = turn.classification
    if asks_what_is_meant(turn):
        return "unasked"
    if reading.wants_person or reading.language not in policy.replies.languages:
        return "unasked"
    if not in_scope(turn, policy):
        return "enough" if answers_by_article(turn, policy) else "thin"
    asked, wanted = intents_of(turn, policy), wants_articles(turn, policy)
    if not wanted:
        return "unasked"
    by_them_alone = all(intent.evidence == ("passage",) for intent in asked)
    left_out = by_them_alone and turn.draft.missing
    return "enough" if is_near_enough(turn, policy) and not left_out else "thin"
