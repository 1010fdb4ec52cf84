"""The shop's own questions: written as people write, and each with what may be told them today."""

import json
from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from deskhand.adapters.article_sources import FolderArticles
from deskhand.domain.article import Article
from deskhand.text.chunks import cut, searched_text
from deskhand.text.words import STOP_WORDS, stem, words
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.sample.rename import rename_sample

QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLE / "questions.jsonl").read_text("utf-8").splitlines()
]
ARTICLES = {
    article.id: article
    for article in FolderArticles(SAMPLE / "articles").articles()
    if isinstance(article, Article)
}
WRITTEN_IN = date(2026, 11, 1)
FIELDS = {"qid", "query", "history", "gold", "answerability", "kind"}


def said(answerability: str, kind: str = "") -> list[dict[str, Any]]:
    return [
        one
        for one in QUESTIONS
        if one["answerability"] == answerability and one.get("kind", "") == kind
    ]


def telling(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS}


def trigrams(text: str) -> set[tuple[str, ...]]:
    spoken = words(text)
    return {spoken[at : at + 3] for at in range(len(spoken) - 2)} or {spoken}


def share_in_gold_words(question: dict[str, Any]) -> float:
    asked = telling(question["query"])
    passages = [chunk for id in question["gold"] for chunk in cut(ARTICLES[id])]
    shared = max(len(asked & telling(searched_text(passage))) for passage in passages)
    return shared / len(asked) if asked else 0.0


def test_no_two_questions_have_one_id():
    counted = Counter(one["qid"] for one in QUESTIONS)

    assert [qid for qid, times in counted.items() if times > 1] == []


def test_questions_have_only_the_fields_that_are_known():
    assert {name for one in QUESTIONS for name in one} == FIELDS


def test_there_are_enough_of_each_kind():
    answerable = said("answerable")

    assert len(answerable) >= 150
    assert sum(bool(one["history"]) for one in answerable) >= 40
    assert len(said("unanswerable", "near_miss")) >= 25
    assert len(said("unanswerable", "far_off")) >= 15
    assert len(said("underspecified")) >= 15


def test_only_what_has_an_answer_names_articles():
    with_gold = {one["answerability"] for one in QUESTIONS if one["gold"]}
    without = {one["answerability"] for one in QUESTIONS if not one["gold"]}

    assert with_gold == {"answerable", "partial"}
    assert without == {"unanswerable", "underspecified"}


@pytest.mark.parametrize("gold", sorted({id for one in QUESTIONS for id in one["gold"]}))
def test_an_answer_may_be_told_today(gold):
    article = ARTICLES[gold]

    assert article.audience == "public"
    assert (article.effective_from or date.min) <= WRITTEN_IN
    assert (article.effective_until or date.max) == date.max


def test_every_article_that_may_be_told_is_asked_about():
    tellable = {
        id
        for id, article in ARTICLES.items()
        if article.audience == "public" and article.effective_until is None
    }

    assert {id for one in QUESTIONS for id in one["gold"]} == tellable


def test_what_was_said_before_ends_with_us():
    leaning = [one for one in QUESTIONS if one["history"]]

    assert all(one["history"][-1]["role"] == "agent" for one in leaning)
    assert {turn["role"] for one in leaning for turn in one["history"]} == {"user", "agent"}


def test_people_do_not_speak_in_the_words_of_our_articles():
    shares = [share_in_gold_words(one) for one in QUESTIONS if one["gold"]]

    assert sum(share > 0.5 for share in shares) / len(shares) <= 0.2


def test_no_two_questions_say_the_same():
    alike = [
        (one["qid"], other["qid"])
        for one, other in combinations(QUESTIONS, 2)
        if len(trigrams(one["query"]) & trigrams(other["query"]))
        >= 0.6 * min(len(trigrams(one["query"])), len(trigrams(other["query"])))
    ]

    assert alike == []


def test_under_other_names_each_question_is_answered_by_the_same_article(tmp_path):
    rename_sample(SAMPLE, tmp_path, seed=3)

    written = (tmp_path / "questions.jsonl").read_text("utf-8")
    renamed = [json.loads(line) for line in written.splitlines()]
    categories = {
        article.id: article.category
        for article in FolderArticles(tmp_path / "articles").articles()
        if isinstance(article, Article)
    }
    assert [[categories[id] for id in one["gold"]] for one in renamed] == [
        [ARTICLES[id].category for id in one["gold"]] for one in QUESTIONS
    ]
    assert "Heron" not in "".join(one["query"] for one in renamed)
