"""How sure an answer is: by what was found for it, whoever wrote it."""

from collections.abc import Sequence
from typing import Any

import pytest

from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Claim, Draft
from deskhand.domain.policy import Intent
from deskhand.domain.sureness import Sureness
from deskhand.domain.turn import Retrieved
from deskhand.text.confidence import how_sure, parts
from tests.builders import a_passage, a_refund, a_retrieved_turn, an_order_fact, some_evidence

EMBEDDER = "minilm:1"
WEIGHTS = Sureness(
    embedder=EMBEDDER,
    constant=-2.0,
    nearness=4.0,
    ahead=2.0,
    words_found=1.0,
    quotes_first=1.0,
    doubt=-3.0,
    outside=-0.5,
)
QUESTION = "How long does delivery to Norway take?"


def an_intent(name: str, **bent: Any) -> Intent:
    given = {
        "name": name,
        "description": name,
        "examples": ("a", "b", "c", "d", "e"),
        "resolved_when": "it is answered",
        "evidence": ("passage",),
        "confidence": 0.6,
    }
    return Intent.model_validate(given | bent)


INTENTS = {
    one.name: one
    for one in (
        an_intent("delivery", knowledge=("delivery",)),
        an_intent("returns", knowledge=("returns",), confidence=0.8),
        an_intent("order_status", lookups=("find_order",), evidence=("fact",)),
        an_intent("refund", actions=("refund_order",), evidence=("fact",)),
        an_intent("follow_up", evidence=("fact",)),
        an_intent("thanks", replies=False),
    )
}
NORWAY = a_passage(
    "Delivery to Norway takes six days.",
    id="delivery#1",
    article_id="delivery",
    title="Delivery",
    category="delivery",
    nearness=0.8,
)
RULES = a_passage(
    "Send a parcel back within 30 days.",
    id="returns#1",
    article_id="returns",
    title="Returns",
    category="returns",
    nearness=0.4,
)


def a_turn_of(
    *guesses: tuple[str, float], passages: Sequence[Any] = (NORWAY, RULES), embedder: str = EMBEDDER
) -> Retrieved:
    return a_retrieved_turn(
        QUESTION,
        reading=Classification(
            intents=tuple(
                IntentGuess(intent=name, confidence=sure, part=QUESTION) for name, sure in guesses
            ),
            question=QUESTION,
        ),
        evidence=some_evidence(
            passages=tuple(passages), facts=(an_order_fact(),), embedder=embedder
        ),
    )


def a_draft_citing(*ids: str, **bent: Any) -> Draft:
    claims = tuple(Claim(text="It is so.", supports=(id,)) for id in ids)
    return Draft.model_validate({"claims": claims, "confidence": 1.0} | bent)


def sure(turn: Retrieved, draft: Draft, weights: Sequence[Sureness] = (WEIGHTS,)) -> float:
    known = {
        one.intent: INTENTS[one.intent]
        for one in turn.classification.intents
        if one.intent in INTENTS
    }
    return how_sure(turn, draft, known, weights)


def test_what_speaks_for_an_answer_is_read_off_what_it_cites():
    turn = a_turn_of(("delivery", 0.9))

    [(_, seen)] = parts(turn, a_draft_citing("delivery#1"), INTENTS)

    assert seen == {
        "nearness": 0.8,
        "ahead": pytest.approx(0.4),
        "words_found": 1.0,
        "quotes_first": 1.0,
        "doubt": pytest.approx(0.1),
        "outside": 0.0,
    }


def test_an_answer_that_cites_the_nearest_article_is_surer_than_one_that_does_not():
    turn = a_turn_of(("delivery", 0.9))

    assert sure(turn, a_draft_citing("delivery#1")) > 0.9
    assert sure(turn, a_draft_citing("returns#1")) < 0.3


def test_an_answer_from_far_away_is_unsure_however_sure_the_model_says_to_be():
    far = NORWAY.model_copy(update={"nearness": 0.1})

    assert sure(a_turn_of(("delivery", 0.95), passages=[far]), a_draft_citing("delivery#1")) < 0.75
    assert sure(a_turn_of(("delivery", 0.5), passages=[far]), a_draft_citing("delivery#1")) < 0.45


def test_the_models_own_word_can_only_lower_it():
    turn = a_turn_of(("delivery", 0.9))

    assert sure(turn, a_draft_citing("delivery#1", confidence=0.3)) == 0.3


def test_what_no_intent_knows_is_weighed_too_whatever_the_model_says():
    turn = a_turn_of()

    weighed = sure(turn, a_draft_citing("delivery#1", confidence=0.2))

    assert 0.7 < weighed < sure(a_turn_of(("delivery", 1.0)), a_draft_citing("delivery#1"))


def test_what_stands_on_a_record_is_as_sure_as_the_reading():
    assert sure(a_turn_of(("order_status", 0.93)), a_draft_citing("order:1001")) == 0.93
    assert sure(a_turn_of(("follow_up", 0.92)), a_draft_citing("order:1001")) == 0.92


def test_what_is_done_is_as_sure_as_the_reading():
    turn = a_turn_of(("refund", 0.94))

    assert sure(turn, a_draft_citing("delivery#1", actions=(a_refund(),))) == 0.94


def test_a_message_is_as_sure_as_its_least_sure_part():
    turn = a_turn_of(("delivery", 0.9), ("order_status", 0.9))
    both = a_draft_citing("delivery#1", "order:1001")

    assert sure(turn, both) == 0.9
    far = turn.model_copy(
        update={
            "evidence": turn.evidence.model_copy(
                update={"passages": (NORWAY.model_copy(update={"nearness": 0.2}),)}
            )
        }
    )
    assert sure(far, both) < 0.75


def test_each_part_is_held_against_what_its_own_intent_wants():
    turn = a_turn_of(("order_status", 0.65), ("returns", 0.9))
    near = RULES.model_copy(update={"nearness": 1.0})
    turn = turn.model_copy(
        update={"evidence": turn.evidence.model_copy(update={"passages": (near,)})}
    )

    weighed = sure(turn, a_draft_citing("order:1001", "returns#1"))

    # 0.05 above what `order_status` wants is 0.05 above what the stricter `returns` wants.
    assert weighed == pytest.approx(0.85)


def test_each_part_is_weighed_by_the_articles_of_its_own_intent():
    turn = a_turn_of(("delivery", 0.9), ("returns", 0.9))

    of_delivery, of_returns = parts(turn, a_draft_citing("delivery#1", "returns#1"), INTENTS)

    assert of_delivery[1] is not None
    assert of_returns[1] is not None
    assert (of_delivery[1]["nearness"], of_returns[1]["nearness"]) == (0.8, 0.4)


def test_a_question_back_and_silence_keep_the_models_own_word():
    turn = a_turn_of(("delivery", 0.9))

    assert sure(turn, Draft(question="Which order?", confidence=0.4)) == 0.4
    assert sure(turn, Draft(missing="it", confidence=0.0)) == 0.0


def test_weights_of_another_embedder_change_nothing():
    turn = a_turn_of(("delivery", 0.9), embedder="wordllama:1")

    assert sure(turn, a_draft_citing("returns#1", confidence=0.77)) == 0.77
    assert sure(turn, a_draft_citing("returns#1", confidence=0.77), ()) == 0.77


def test_words_that_tell_nothing_are_found_nowhere():
    turn = a_turn_of().model_copy(
        update={"classification": Classification(intents=(), question="")}
    )

    [(_, seen)] = parts(turn, a_draft_citing("delivery#1"), {})

    assert seen is not None
    assert seen["words_found"] == 0.0


def test_what_cites_nothing_that_was_found_is_left_to_the_rules_on_citations():
    invented = a_draft_citing("gone#1", confidence=0.93)

    assert sure(a_turn_of(("delivery", 0.95)), invented) == 0.93
    assert sure(a_turn_of(), invented) == 0.93


def test_a_kind_word_beside_thanks_is_as_sure_as_the_reading():
    turn = a_turn_of(("follow_up", 0.9), ("thanks", 0.8))

    assert sure(turn, Draft(claims=(Claim(text="Gladly."),), confidence=0.95)) == 0.9
