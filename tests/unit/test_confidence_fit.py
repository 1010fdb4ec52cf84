"""What makes an answer sure is learned from answers of known worth, and kept in a file."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deskhand.adapters.sureness_file import read_sureness
from deskhand.domain.sureness import SIGNALS, Sureness
from deskhand.domain.turn import Drafted
from scripts.evaluation.confidence import RISKS, as_shipped, report_of
from scripts.evaluation.confidence_answers import Answer, Answers, from_golden
from scripts.evaluation.confidence_fit import TooFewError, fitted, held_out
from scripts.evaluation.golden import GoldenTicket
from scripts.evaluation.logistic import fit
from scripts.fit_confidence import written
from tests.builders import ROOT, a_draft, a_drafted_turn, a_passage, a_policy, some_evidence

EMBEDDER = "minilm:1"


def an_answer(near: float, article: str = "delivery", **bent: Any) -> Answer:
    passage = a_passage(nearness=near, article_id=article)
    evidence = some_evidence(passages=(passage,), facts=(), embedder=EMBEDDER)
    claim = a_draft().claims[1]
    turn = a_drafted_turn(evidence=evidence, draft=a_draft(claims=(claim,)))
    intents = {"order_status": a_policy().intents["order_status"]}
    given = {"right": near > 0.5, "article": article, "intent": "order_status"}
    kept = given | {"turn": turn, "intents": intents, "near": True} | bent
    return Answer(**kept)


def some_answers(seed: int = 5) -> list[Answer]:
    """A hundred, the nearer the likelier to be right, about ten articles."""
    draw = np.random.default_rng(seed)
    return [
        an_answer(near, f"article-{place % 10}", right=bool(draw.random() < near))
        for place, near in enumerate(draw.random(100).tolist())
    ]


def test_a_regression_finds_what_speaks_for_being_right():
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(4_000, 3))
    odds = 0.5 + 2.0 * rows[:, 0] - 1.0 * rows[:, 1]
    right = (draw.random(4_000) < 1 / (1 + np.exp(-odds))).astype(float)

    found = fit(rows, right)

    assert found.weights == pytest.approx((2.0, -1.0, 0.0), abs=0.15)
    assert found.constant == pytest.approx(0.5, abs=0.15)


def test_a_signal_that_never_changes_gets_no_weight():
    rows = np.column_stack([np.linspace(0, 1, 50), np.ones(50)])

    assert fit(rows, (rows[:, 0] > 0.4).astype(float)).weights[1] == pytest.approx(0.0, abs=1e-6)


def test_nearness_is_learned_to_speak_for_an_answer():
    weights = fitted(some_answers(), EMBEDDER)

    assert weights.embedder == EMBEDDER
    assert an_answer(0.9).confidence(weights) > an_answer(0.2).confidence(weights)


def test_the_same_answers_give_the_same_weights():
    assert fitted(some_answers(), EMBEDDER) == fitted(some_answers(), EMBEDDER)


def test_nothing_is_learned_where_everything_is_right():
    with pytest.raises(TooFewError):
        fitted([an_answer(0.9), an_answer(0.8)], EMBEDDER)


def test_an_answer_is_held_out_together_with_those_about_the_same_article():
    """The label of one article's answers turned round does not change how sure they are said to
    be."""
    given = some_answers()
    turned = [
        an_answer(one.turn.evidence.passages[0].nearness, one.article, right=not one.right)
        if one.article == "article-3"
        else one
        for one in given
    ]
    mine = [place for place, one in enumerate(given) if one.article == "article-3"]

    before, after = held_out(given, EMBEDDER, seed=7), held_out(turned, EMBEDDER, seed=7)

    assert [before[place] for place in mine] == [after[place] for place in mine]
    assert before != after


def test_what_was_fitted_can_be_read_from_its_file(tmp_path: Path):
    weights = fitted(some_answers(), EMBEDDER)
    (tmp_path / "confidence.toml").write_text(written([weights]), encoding="utf-8")

    assert read_sureness(tmp_path) == ((weights,), ())


def test_a_mistake_in_the_file_is_told_by_line(tmp_path: Path):
    text = written([fitted(some_answers(), EMBEDDER)]).replace("doubt", "dout")
    (tmp_path / "confidence.toml").write_text(text, encoding="utf-8")

    read, mistakes = read_sureness(tmp_path)

    assert read == ()
    assert any('did you mean "doubt"?' in line for line in mistakes)


def test_without_the_file_nothing_is_weighed(tmp_path: Path):
    assert read_sureness(tmp_path) == ((), ())


def test_the_weights_that_are_shipped_speak_as_they_should():
    [weights] = read_sureness(ROOT / "policies")[0]

    assert weights.embedder.startswith("minilm-l6-int8:")
    assert min(getattr(weights, name) for name in SIGNALS[:4]) > 0
    assert weights.doubt < 0


def test_answers_of_an_embedder_without_weights_are_as_sure_as_the_model_says():
    told, weigh = as_shipped(a_policy().model_copy(update={"sureness": ()}), EMBEDDER)

    assert told == "the model's own word"
    assert weigh([an_answer(0.9)]) == [0.95]


def test_the_report_says_what_a_threshold_answers():
    given = some_answers()
    weights = Sureness(
        embedder=EMBEDDER,
        constant=-6.0,
        nearness=12.0,
        ahead=0.0,
        words_found=0.0,
        quotes_first=0.0,
        doubt=0.0,
        outside=0.0,
    )

    report = report_of(
        "mine",
        Answers(questions=120, found=tuple(given)),
        reading="intents",
        weighing=("test", lambda kept: [one.confidence(weights) for one in kept]),
        embedder=EMBEDDER,
        seed=7,
        began_s=0.0,
    )

    assert (report.questions, report.answers) == (120, 100)
    assert [*report.now.at_risk] == [f"{most:.2f}" for most in RISKS]
    assert report.now.area_under_curve is not None
    assert report.own_word.area_under_curve == 0.5  # it says the same of all
    assert report.now.risk_coverage.area < report.own_word.risk_coverage.area
    [of_all] = report.intents
    assert (of_all.intent, of_all.answers) == ("order_status", 100)
    assert report.now.by_policy is not None
    assert report.own_word.by_policy is not None
    assert report.now.by_policy.answers < report.own_word.by_policy.answers == 100


def a_ticket(**turn: Any) -> GoldenTicket:
    given = {"text": "Do you deliver to Oslo on Saturdays?", "endings": ["answered"]} | turn
    sender = {"email": "kim@example.com"}
    return GoldenTicket.model_validate({"id": "t", "from": sender, "turns": [given]})


def test_golden_tickets_that_articles_answer_are_questions():
    [asked] = from_golden([a_ticket(articles=["delivery"])])

    assert (asked.gold, asked.answerability) == (("delivery",), "answerable")


def test_golden_tickets_that_nobody_can_answer_are_questions_without_an_answer():
    [asked] = from_golden([a_ticket(endings=["handed_over"], codes=["OUT_OF_SCOPE"])])

    assert (asked.gold, asked.answerability) == ((), "unanswerable")


@pytest.mark.parametrize(
    "turn",
    [
        {"facts": ["order:1001"]},
        {"endings": ["handed_over"], "codes": ["WISH_FOR_A_PERSON"]},
        {"articles": ["delivery"], "endings": ["recorded"]},
    ],
)
def test_golden_tickets_about_anything_else_are_left_out(turn: dict[str, Any]):
    assert list(from_golden([a_ticket(**turn)])) == []


def test_a_draft_that_answers_two_things_is_no_example():
    one = an_answer(0.9)
    policy = a_policy()
    intents = {name: policy.intents[name] for name in ("order_status", "refund_request")}
    both = one.turn.classification.model_copy(
        update={
            "intents": tuple(
                one.turn.classification.intents[0].model_copy(update={"intent": name})
                for name in intents
            )
        }
    )
    turn = Drafted.model_validate({**dict(one.turn), "classification": both})

    assert an_answer(0.9, turn=turn, intents=intents).signals is None
