"""Reads a folder of documents and questions, and says of a bad line what is wrong and where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskhand.adapters.article_sources import FolderArticles
from deskhand.domain.article import Article, Trouble
from deskhand.ports import ArticleSource
from scripts.evaluation.plain_text import as_markdown

DOCUMENTS, ARTICLES = "docs.jsonl", "articles"
QUESTIONS = ("queries.jsonl", "questions.jsonl")
AUTHORS = {"user": "customer", "customer": "customer", "agent": "agent", "assistant": "agent"}
"""Who spoke, as such files call them, and as we do."""


class QuestionSetError(ValueError):
    """A set that cannot be measured as it lies there."""


@dataclass(frozen=True)
class Said:
    """One thing that was said before the question."""

    author: str
    """`customer` or `agent`."""
    text: str


@dataclass(frozen=True)
class Question:
    """What somebody asks, and which documents answer it."""

    query: str
    gold: tuple[str, ...]
    history: tuple[Said, ...] = ()
    answerability: str = "answerable"
    """In lower case; a question without gold, of which nothing else is said, is unanswerable."""


@dataclass(frozen=True)
class QuestionSet:
    """Documents, and the questions to them."""

    name: str
    source: ArticleSource
    questions: tuple[Question, ...]


def read_set(folder: Path) -> QuestionSet:
    """The set that lies in a folder. `QuestionSetError` says what is missing or wrong in it."""
    if not folder.is_dir():
        raise QuestionSetError(f"{folder}: there is no such folder")
    questions = [folder / name for name in QUESTIONS if (folder / name).is_file()]
    documents, articles = folder / DOCUMENTS, folder / ARTICLES
    if len(questions) != 1:
        found = "both are" if questions else "neither is"
        raise QuestionSetError(f"{folder} needs {' or '.join(QUESTIONS)}: {found} there")
    if documents.is_file() == articles.is_dir():
        found = "both are" if documents.is_file() else "neither is"
        raise QuestionSetError(f"{folder} needs {DOCUMENTS} or a folder {ARTICLES}: {found} there")
    source = JsonLines(documents) if documents.is_file() else FolderArticles(articles)
    return QuestionSet(str(folder), source, tuple(read_questions(questions[0])))


class JsonLines:
    """Documents of plain text, one JSON object a line; they are read as they are asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def articles(self) -> Iterator[Article | Trouble]:
        """Each document as an article that holds always and for everybody."""
        lines_of: dict[str, int] = {}
        for number, row in _rows(self._file):
            where = f"{self._file.name}, line {number}"
            id = _text(row, "doc_id", where)
            if not id:
                raise QuestionSetError(f"{where}: doc_id is missing")
            if (other := lines_of.setdefault(id, number)) != number:
                raise QuestionSetError(f"{where}: doc_id {id} stands in line {other} already")
            title, text = _text(row, "title", where).strip(), _text(row, "text", where)
            title = title.replace("{{", "{ {")  # no macro of ours
            said = as_markdown(text) or as_markdown(title)
            if said:
                yield Article(id=id, title=title.replace("{{", "\\{{"), text=said)
            else:
                yield Trouble(name=id, reason="it has neither a title nor a text")


def read_questions(file: Path) -> Iterator[Question]:
    """The questions of a file, one JSON object a line; fields that we do not know are left."""
    for number, row in _rows(file):
        where = f"{file.name}, line {number}"
        query = _text(row, "query", where).strip()
        if not query:
            raise QuestionSetError(f"{where}: query is missing or empty")
        gold = row.get("gold")
        if not isinstance(gold, list) or not all(isinstance(id, str | int) for id in gold):
            raise QuestionSetError(f"{where}: gold is {gold!r}: write a list of doc_ids, or []")
        ids = tuple(dict.fromkeys(_clean(str(id)) for id in gold))
        yield Question(
            query=query,
            gold=ids,
            history=tuple(_history(row.get("history") or [], where)),
            answerability=_text(row, "answerability", where).strip().lower()
            or ("answerable" if ids else "unanswerable"),
        )


def _history(said: Any, where: str) -> Iterator[Said]:
    for turn in said if isinstance(said, list) else [said]:
        author = AUTHORS.get(str(turn.get("role")).lower()) if isinstance(turn, dict) else None
        if author is None:
            roles = ", ".join(AUTHORS)
            raise QuestionSetError(
                f"{where}: history has {turn!r:.80}: write objects with a role (one of {roles})"
                " and a text"
            )
        if text := _text(turn, "text", where).strip():
            yield Said(author, text)


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with their line numbers, one after another; empty lines are none."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{file.name}, line {number}"
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                row = json.loads(text) if text else None
            except (ValueError, RecursionError) as error:
                raise QuestionSetError(f"{where} cannot be read as JSON: {error}") from error
            if text and not isinstance(row, dict):
                raise QuestionSetError(f"{where} is no JSON object")
            if row is not None:
                yield number, row


def _text(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise QuestionSetError(f"{where}: {field} is {value!r:.80}: write it as text")
    return _clean(str(value))


def _clean(text: str) -> str:
    """Without halves of characters, which no embedder can read."""
    return text.encode("utf-8", "replace").decode("utf-8")
