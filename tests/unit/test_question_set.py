"""A folder of documents and questions is read as it lies there, and what is wrong in it is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskhand.domain.article import Article, Trouble
from deskhand.domain.macros import Macros
from deskhand.text.chunks import cut
from deskhand.text.macros import filled
from scripts.evaluation.plain_text import as_markdown
from scripts.evaluation.question_set import (
    JsonLines,
    Question,
    QuestionSetError,
    Said,
    read_questions,
    read_set,
)

DOCUMENT = {"doc_id": "d1", "title": "Delivery", "text": "Parcels travel two days."}
QUESTION = {"query": "How long?", "gold": ["d1"]}


def written(folder: Path, name: str, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def documents(folder: Path, *rows: Any) -> list[Article | Trouble]:
    return list(JsonLines(written(folder, "docs.jsonl", *rows)).articles())


def questions(folder: Path, *rows: Any) -> list[Question]:
    return list(read_questions(written(folder, "queries.jsonl", *rows)))


def words_of(text: str) -> str:
    article = Article(id="d", title="", text=as_markdown(text))
    return " ".join(" ".join(chunk.text.split()) for chunk in cut(article))


def test_a_set_is_its_documents_and_its_questions(tmp_path):
    written(tmp_path, "docs.jsonl", DOCUMENT)
    written(tmp_path, "queries.jsonl", QUESTION)

    given = read_set(tmp_path)

    [article] = given.source.articles()
    assert article == Article(id="d1", title="Delivery", text="Parcels travel two days\\.")
    assert given.questions == (Question(query="How long?", gold=("d1",)),)


def test_articles_with_front_matter_are_documents_too(tmp_path):
    (tmp_path / "articles").mkdir()
    written(tmp_path / "articles", "delivery.md", "---\naudience: internal\n---\n# Delivery\nTwo.")
    written(tmp_path, "questions.jsonl", QUESTION)

    [article] = read_set(tmp_path).source.articles()

    assert isinstance(article, Article)
    assert (article.id, article.audience) == ("delivery", "internal")


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (["docs.jsonl"], "needs queries.jsonl or questions.jsonl: neither is there"),
        (
            ["docs.jsonl", "queries.jsonl", "questions.jsonl"],
            "needs queries.jsonl or questions.jsonl: both are there",
        ),
        (["queries.jsonl"], "needs docs.jsonl or a folder articles: neither is there"),
        (
            ["docs.jsonl", "articles/a.md", "queries.jsonl"],
            "needs docs.jsonl or a folder articles: both are there",
        ),
    ],
)
def test_what_a_folder_lacks_or_has_twice_is_said(tmp_path, names, wrong):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    with pytest.raises(QuestionSetError, match=wrong):
        read_set(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(QuestionSetError, match="there is no such folder"):
        read_set(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: mine\n---\nText",
        "# Not a heading\nText",
        "* one\n* two\n1. three",
        "    four spaces\n\tand a tab",
        "a | b\n--- | ---\n1 | 2",
        "Use <b>bold</b> & <!-- this --> [link](http://x.example) `code` ~~~ ***",
        "Title\n=====\nText",
        "> quoted\n```\nfenced\n```",
        "ends with a backslash\\\nnext line",
        "&amp; stays as it stands",
    ],
)
def test_plain_text_stays_plain_whatever_it_looks_like(text):
    assert words_of(text) == " ".join(text.split())


def test_what_looks_like_a_macro_is_none(tmp_path):
    text = "::: only-for region=NO\nSay {{ nothing }} or {{> nowhere }}.\n:::"
    found = documents(tmp_path, {"doc_id": "d1", "title": "{{ name }}", "text": text})

    done = filled([one for one in found if isinstance(one, Article)], Macros())

    assert (len(done.articles), done.troubles) == (1, ())
    assert words_of(text) == " ".join(text.split())


def test_paragraphs_of_plain_text_stay_apart():
    assert as_markdown("\n\none\n\n\ntwo\n") == "one\n\n\ntwo"


def test_a_document_of_a_title_alone_is_its_title(tmp_path):
    [article] = documents(tmp_path, {"doc_id": "d1", "title": "Delivery", "text": ""})

    assert isinstance(article, Article)
    assert [chunk.text for chunk in cut(article)] == ["Delivery"]


@pytest.mark.parametrize("empty", [{"text": " \n "}, {}, {"title": None, "text": None}])
def test_a_document_without_a_word_is_left_out_and_told_of(tmp_path, empty):
    assert documents(tmp_path, {"doc_id": "d1"} | empty) == [
        Trouble(name="d1", reason="it has neither a title nor a text")
    ]


def test_an_id_that_stands_twice_is_named_with_both_lines(tmp_path):
    other = DOCUMENT | {"doc_id": "d2"}

    with pytest.raises(QuestionSetError, match=r"docs\.jsonl, line 3: doc_id d1 .* line 1"):
        documents(tmp_path, DOCUMENT, other, DOCUMENT)


def test_empty_lines_and_a_byte_order_mark_are_no_mistake(tmp_path):
    found = documents(
        tmp_path, "\ufeff" + json.dumps(DOCUMENT), "", json.dumps(DOCUMENT | {"doc_id": 2})
    )

    assert [one.id for one in found if isinstance(one, Article)] == ["d1", "2"]


def test_documents_are_read_one_after_another(tmp_path):
    lines = iter(JsonLines(written(tmp_path, "docs.jsonl", DOCUMENT, "broken")).articles())

    assert next(lines)
    with pytest.raises(QuestionSetError, match="line 2"):
        next(lines)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("{", "line 1 cannot be read as JSON"),
        ("[1]", "line 1 is no JSON object"),
        ("null", "line 1 is no JSON object"),
        ("[" * 100_000, "line 1 cannot be read as JSON"),
        ({"title": "x", "text": "y"}, "line 1: doc_id is missing"),
        ({"doc_id": ["d1"], "text": "y"}, "line 1: doc_id is "),
        ({"doc_id": "d1", "text": {"a": 1}}, "line 1: text is "),
        ({"doc_id": "d1", "title": True}, "line 1: title is True"),
    ],
)
def test_a_bad_document_is_named_by_its_line(tmp_path, row, wrong):
    with pytest.raises(QuestionSetError, match=wrong):
        documents(tmp_path, row)


def test_bytes_that_are_no_text_are_named_by_their_line(tmp_path):
    (tmp_path / "docs.jsonl").write_bytes(b'{"doc_id": "d1"}\n\xff\xfe\n')

    with pytest.raises(QuestionSetError, match=r"docs\.jsonl, line 2 cannot be read"):
        list(JsonLines(tmp_path / "docs.jsonl").articles())


def test_half_a_character_is_no_character(tmp_path):
    [article] = documents(tmp_path, '{"doc_id": "d1", "text": "caf\\ud83d"}')

    assert isinstance(article, Article)
    assert article.text == "caf\\?"


def test_a_question_has_what_was_said_before(tmp_path):
    said = [
        {"role": "user", "text": "What is postage?"},
        {"role": "Assistant", "text": "4.90."},
        {"role": "agent", "text": " "},
    ]

    [question] = questions(tmp_path, QUESTION | {"history": said, "collection": "any"})

    assert question.history == (Said("customer", "What is postage?"), Said("agent", "4.90."))


@pytest.mark.parametrize(
    ("bent", "answerability"),
    [
        ({}, "answerable"),
        ({"gold": []}, "unanswerable"),
        ({"answerability": None}, "answerable"),
        ({"answerability": "PARTIAL"}, "partial"),
        ({"gold": [], "answerability": "Underspecified"}, "underspecified"),
    ],
)
def test_what_a_question_is_called_counts_and_else_its_gold(tmp_path, bent, answerability):
    [question] = questions(tmp_path, QUESTION | bent)

    assert question.answerability == answerability


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"gold": []}, "line 1: query is missing or empty"),
        ({"query": " ", "gold": []}, "line 1: query is missing or empty"),
        ({"query": "x"}, "line 1: gold is None: write a list of doc_ids"),
        ({"query": "x", "gold": "d1"}, "line 1: gold is 'd1'"),
        ({"query": "x", "gold": [None]}, "line 1: gold is "),
        (QUESTION | {"history": "before"}, "line 1: history has 'before'"),
        (QUESTION | {"history": [{"role": "system", "text": "x"}]}, "line 1: history has "),
        (QUESTION | {"history": [{"role": "user", "text": 1.5}]}, "line 1: text is 1.5"),
    ],
)
def test_a_bad_question_is_named_by_its_line(tmp_path, row, wrong):
    with pytest.raises(QuestionSetError, match=wrong):
        questions(tmp_path, row)
