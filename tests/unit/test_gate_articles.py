"""Whether the articles held what was asked, as the gate finds it: what the gap report counts."""

from typing import Any

import pytest

from deskhand.domain.classification import IntentGuess
from deskhand.domain.evidence import Evidence
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted
from deskhand.stages.objections.articles import articles_say
from tests.builders import a_draft, a_drafted_turn, a_passage, a_policy, a_reading, some_evidence
from tests.flow.policies import with_replies
from tests.judging import judged

POLICY = with_replies(a_policy(), min_similarity=0.4, scope_similarity=0.6, languages=("en",))


def asking(*intents: str, similarity: float = 0.8, missing: str = "", **reading: Any) -> Drafted:
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part="what") for name in intents)
    return a_drafted_turn(
        reading=a_reading(intents=guesses, **reading),
        evidence=near(similarity),
        draft=a_draft(missing=missing),
    )


def near(similarity: float) -> Evidence:
    return some_evidence(passages=(a_passage(similarity=similarity),))


def say(turn: Drafted, policy: Policy = POLICY) -> str:
    return articles_say(turn, policy)


def test_an_article_that_is_near_enough_is_enough() -> None:
    assert say(asking("delivery_times")) == "enough"


def test_no_article_near_enough_is_a_gap() -> None:
    assert say(asking("delivery_times", similarity=0.3)) == "thin"


def test_an_article_that_is_near_and_does_not_say_it_is_a_gap() -> None:
    assert say(asking("delivery_times", missing="whether you ship to the moon")) == "thin"


def test_what_a_record_has_to_say_is_no_gap_of_the_articles() -> None:
    assert say(asking("order_status", similarity=0.1)) == "unasked"
    assert say(asking("order_status", "delivery_times", missing="which order")) == "enough"


def test_a_question_that_nobody_knows_is_a_gap_unless_an_article_answers_it() -> None:
    assert say(asking(similarity=0.59)) == "thin"
    assert say(asking(similarity=0.61)) == "enough"
    silent = asking(similarity=0.61).model_copy(update={"draft": a_draft(claims=())})
    assert say(silent) == "thin"


def test_thanks_are_no_question() -> None:
    assert say(asking("thanks", similarity=0.0)) == "unasked"


@pytest.mark.parametrize("reading", [{"wants_person": True}, {"language": "fr"}])
def test_whoever_wants_a_person_or_writes_another_language_tells_nothing_of_the_articles(
    reading: dict[str, Any],
) -> None:
    assert say(asking("delivery_times", similarity=0.1, **reading)) == "unasked"


@pytest.mark.parametrize(
    ("similarity", "articles", "objects"), [(0.39, "thin", True), (0.4, "enough", False)]
)
def test_the_verdict_says_it_by_the_same_number_by_which_the_gate_objects(
    similarity: float, articles: str, objects: bool
) -> None:
    verdict = judged(asking("delivery_times", similarity=similarity), policy=POLICY)

    assert verdict.articles == articles
    assert ("THIN_EVIDENCE" in {one.code for one in verdict.objections}) is objects


def test_a_draft_that_asks_back_because_nothing_was_found_is_a_gap_all_the_same() -> None:
    turn = asking("delivery_times", similarity=0.1)
    asks = turn.model_copy(update={"draft": a_draft(claims=(), question="Which one?")})

    assert judged(asks, policy=POLICY).articles == "thin"
