"""Retrieval is measured by the stages that answer, and every figure can be worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.adapters.models.offline import OfflineModel
from deskhand.domain.article import Article, Trouble
from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.jobs.reindex import reindex
from deskhand.ports import Vector, utc_now
from deskhand.stages.passages import find_passages
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.evaluation.question_set import Question, QuestionSet, QuestionSetError, Said, read_set
from scripts.evaluation.retrieval import measure
from scripts.evaluation.retrieval_house import House, Outcome
from scripts.evaluation.retrieval_report import Figures, RetrievalReport
from scripts.evaluation.retrieval_scores import thinner
from scripts.evaluation.retrieval_turns import open_policy, ranking_policy, turn_of
from scripts.evaluation.retrieval_views import RememberingEmbedder, by_both
from tests.builders import NOON, a_policy
from tests.knowledge import CountingEmbedder, an_article
from tests.memory_house import Permits
from tests.reading import a_small_classifier

ALPHA, BETA = Question("alpha", ("d1",)), Question("beta", ("d2", "d3"))
LEANING = Question("and that?", ("d1",), history=(Said("customer", "alpha if you please, sir"),))
FOUND = {
    "words": {"alpha": "d2 d1", "beta": "d4"},
    "meaning": {"alpha": "d1", "beta": "d3 d4 d2"},
    "both": {"alpha": "d1 d2", "beta": "d4 d2 d1 d3"},
}
"""What each search finds for a question that has the word."""
TEXTS = {
    "d1": "Herons stand in shallow water.",
    "d2": "The shop opens at ten.",
    "d3": "Larch needs no paint at all.",
    "d4": "Customs ask for a form.",
}


class ScriptedKnowledge(MemoryKnowledge):
    """A knowledge base that finds what the script says."""

    def __init__(self, embedder: CountingEmbedder) -> None:
        super().__init__()
        self._words = {tuple(embedder.embed([word])[0]): word for word in ("alpha", "beta")}

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        way = "words" if vector is None else "both" if query else "meaning"
        asked = query or self._words.get(tuple(vector or ()), "")
        found = next((FOUND[way][word] for word in FOUND[way] if word in asked), "d4")
        return tuple(
            Passage(
                id=f"{name}#1",
                article_id=name,
                title=name,
                text=TEXTS[name],
                score=1.0 - place / 10,
                similarity=0.8 - place / 10,
            )
            for place, name in enumerate(found.split())
        )


class Backwards:
    """A reranker that finds the last best."""

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        scores = [1.0 - place / 10 for place in range(len(passages))]
        turned = zip(reversed(passages), scores, strict=True)
        return tuple(one.model_copy(update={"score": score}) for one, score in turned)


class Given:
    """A source of these."""

    def __init__(self, *articles: Article | Trouble) -> None:
        self._articles = articles

    def articles(self) -> Sequence[Article | Trouble]:
        return self._articles


def a_set(*questions: Question, articles: Sequence[Article | Trouble] = ()) -> QuestionSet:
    given = articles or [an_article(text, id=id, title=id) for id, text in TEXTS.items()]
    return QuestionSet("a set", Given(*given), questions)


def a_house(**bent: Any) -> House:
    embedder = bent.pop("embedder", CountingEmbedder())
    given = {
        "knowledge": ScriptedKnowledge(embedder),
        "embedder": embedder,
        "model": OfflineModel(embedder, a_small_classifier()),
        "permissions": Permits(),
        "policy": a_policy(),
        "now": NOON,
    }
    return House(**given | bent)


def measured(*questions: Question, **bent: Any) -> RetrievalReport:
    articles = bent.pop("articles", ())
    house = a_house(**bent)
    return measure(a_set(*questions, articles=articles), house, seed=7, progress=lambda *_: None)


def figures(report: RetrievalReport, search: str, *, standalone: bool = True) -> Figures:
    [row] = [one for one in report.rows if (one.search, one.standalone) == (search, standalone)]
    return row.figures


def test_each_search_has_the_figures_of_what_it_found():
    report = measured(ALPHA, BETA)

    assert figures(report, "bm25") == Figures(2, 0.0, 0.5, 0.5, 0.5, 0.25)
    assert figures(report, "vectors") == Figures(2, 0.75, 1.0, 1.0, 1.0, 1.0)
    assert figures(report, "hybrid") == Figures(2, 0.5, 0.75, 1.0, 1.0, 0.75)


def test_the_default_is_compared_with_words_alone_question_by_question():
    report = measured(ALPHA, BETA)

    [rank, recall] = [one for one in report.differences if not one.standalone]
    assert (rank.figure, rank.than, rank.interval.mean) == ("mrr_at_10", "bm25", 0.5)
    assert (rank.interval.low, rank.interval.high) == (0.5, 0.5)  # both are half a place better
    assert (recall.figure, recall.interval.mean) == ("recall_at_5", 0.5)
    assert (recall.interval.low, recall.interval.high) == (0.0, 1.0)  # only the second is


def test_what_leans_on_the_past_is_found_only_with_it():
    report = measured(LEANING)

    assert figures(report, "hybrid", standalone=False).hit_at_5 == 0.0
    assert figures(report, "hybrid", standalone=True).hit_at_5 == 1.0


def test_one_row_is_the_default():
    report = measured(ALPHA)

    assert [(row.search, row.standalone) for row in report.rows if row.default] == [
        ("hybrid", True)
    ]


def test_with_a_reranker_its_order_is_a_row_and_the_default():
    report = measured(ALPHA, BETA, reranker=Backwards(), reranker_name="backwards")

    [default] = [row for row in report.rows if row.default]
    assert (default.search, default.standalone) == ("hybrid + rerank", True)
    assert default.figures == Figures(2, 0.25, 1.0, 1.0, 1.0, 0.75)  # d2 d1, and d3 d1 d2 d4
    assert figures(report, "hybrid") == Figures(2, 0.5, 0.75, 1.0, 1.0, 0.75)
    assert report.reranker == "backwards"
    assert report.differences[0].interval.mean == 0.5


def test_the_default_finds_what_the_stage_finds_in_the_sample_shop(tmp_path):
    embedder = RememberingEmbedder(HashingEmbedder())
    knowledge = EmbeddedKnowledge(FolderShelf(tmp_path), clock=utc_now)
    house = a_house(embedder=embedder, knowledge=knowledge)
    shop = read_set(SAMPLE)
    macros = house.policy.macros
    reindex(source=shop.source, knowledge=knowledge, embedder=embedder, macros=macros)

    for question in shop.questions[::6]:
        passages, _ = find_passages(
            turn_of(question, now=NOON),
            embedder=embedder,
            knowledge=knowledge,
            policy=ranking_policy(open_policy(house.policy)),
            today=NOON.date(),
        )
        documents = tuple(dict.fromkeys(passage.article_id for passage in passages))
        assert house.ranked(question, by_both, with_history=True) == documents[:10], question


def test_gold_that_no_document_has_is_counted_and_left_out():
    report = measured(ALPHA, replace(BETA, gold=("d2", "nowhere")), Question("gamma", ("gone",)))

    assert report.gold.unknown == 2
    assert report.gold.unknown_examples == ("nowhere", "gone")
    assert report.gold.questions_without == 1
    assert figures(report, "hybrid") == Figures(2, 0.5, 1.0, 1.0, 1.0, 0.75)


def test_gold_that_may_not_be_told_is_named():
    internal = an_article(TEXTS["d1"], id="d1", audience="internal")

    report = measured(ALPHA, articles=[internal, an_article(TEXTS["d2"], id="d2")])

    assert report.gold.untold == ("d1",)


def test_partly_answerable_questions_are_counted_apart():
    report = measured(ALPHA, replace(BETA, answerability="partial"))

    assert figures(report, "hybrid").questions == 1
    assert report.by_answerability["partial"] == Figures(1, 0.0, 0.5, 1.0, 1.0, 0.5)
    assert report.questions == {"answerable": 1, "partial": 1}


def test_documents_that_cannot_be_read_are_told_of():
    trouble = Trouble(name="d9", reason="it has neither a title nor a text")

    report = measured(ALPHA, articles=[an_article(TEXTS["d1"], id="d1"), trouble])

    assert report.documents == 1
    assert report.left_out == ("d9: it has neither a title nor a text",)


def test_kinds_of_questions_stand_in_one_order():
    kinds = ("chatty", "unanswerable", "underspecified", "partial", "answerable")

    report = measured(*(replace(ALPHA, answerability=kind) for kind in kinds))

    assert [one.answerability for one in report.abstention] == [
        "answerable",
        "partial",
        "unanswerable",
        "underspecified",
        "chatty",
    ]


def test_what_customers_would_get_is_counted_by_kind_of_question():
    questions = (
        Question("How long do parcels travel?", ("delivery",)),
        Question("Wer gewinnt die Fussballweltmeisterschaft?", (), answerability="unanswerable"),
    )
    embedder = HashingEmbedder()
    replies = a_policy().replies.model_copy(update={"min_similarity": 0.1})
    articles = [an_article(), an_article(TEXTS["d3"], id="d3", title="Larch")]

    report = measured(
        *questions,
        articles=articles,
        embedder=embedder,
        knowledge=MemoryKnowledge(),
        model=SurelyOffline(embedder, a_small_classifier()),
        policy=a_policy().model_copy(update={"replies": replies}),
    )

    answerable, unanswerable = report.abstention
    assert answerable.shares["answer"] == 1.0
    assert answerable.answers_citing_gold == 1.0
    assert unanswerable.shares["nothing_found"] == 1.0
    assert unanswerable.answers_citing_gold is None
    assert report.thin_retrieval_auc == {"unanswerable": 1.0, "underspecified": None}


def test_what_each_limit_would_turn_away_is_told():  # the script's nearest has 0.8
    report = measured(ALPHA, replace(BETA, answerability="unanswerable", gold=()))

    assert [one.limit for one in report.thinner_than] == [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
    assert all(
        one.shares == {"answerable": 0.0, "unanswerable": 0.0} for one in report.thinner_than
    )
    assert report.min_similarity == a_policy().replies.min_similarity


def test_a_question_counts_under_every_limit_that_it_does_not_reach():
    near = [Outcome("answer", 0.5), Outcome("nothing_found", 0.34)]
    asked = [ALPHA, replace(BETA, answerability="unanswerable")]

    told = {one.limit: one.shares for one in thinner(asked, near)}

    assert told[0.35] == {"answerable": 0.0, "unanswerable": 1.0}
    assert told[0.5] == {"answerable": 0.0, "unanswerable": 1.0}
    assert told[0.55] == {"answerable": 1.0, "unanswerable": 1.0}


class SurelyOffline(OfflineModel):
    """An offline model that is sure of what it extracts: the hashes of a test are no meaning."""

    def draft(self, *given: Any, **more: Any) -> Any:
        return super().draft(*given, **more).model_copy(update={"confidence": 1.0})


def test_how_far_it_is_is_told():
    heard: dict[str, list[tuple[int, int]]] = {}

    def hear(what: str, done: int, total: int) -> None:
        heard.setdefault(what, []).append((done, total))

    measure(a_set(ALPHA, BETA), a_house(), seed=7, progress=hear)

    assert list(heard) == ["indexing", "asking", "answering"]
    assert heard["indexing"][-1] == (4, 4)
    assert heard["asking"] == [(place, 6) for place in range(7)]
    assert heard["answering"] == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("questions", "articles", "wrong"),
    [
        ((), (), "has no questions"),
        ((Question("alpha", ("x", "y")),), (), "no gold id is the id of a document: x, y"),
        ((Question("alpha", ()),), (), "no question has gold"),
        ((ALPHA,), (Trouble(name="d1", reason="empty"),), "has no document with a text"),
    ],
)
def test_a_set_with_nothing_to_measure_is_refused(questions, articles, wrong):
    with pytest.raises(QuestionSetError, match=wrong):
        measured(*questions, articles=articles)


def test_a_text_is_embedded_once():
    inner = CountingEmbedder()
    embedder = RememberingEmbedder(inner)

    first = embedder.embed(["a word", "another", "a word"])
    again = embedder.embed(["another"])

    assert inner.embedded == ["a word", "another"]
    assert first.shape == (3, 256)
    assert (again[0] == first[1]).all()
