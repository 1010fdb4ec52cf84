"""The gold of a question set, held against the documents that there are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from deskhand.domain.article import Article, Trouble
from deskhand.ports import ArticleSource
from scripts.evaluation.question_set import Question, QuestionSet
from scripts.evaluation.retrieval_report import Gold
from scripts.evaluation.retrieval_scores import ANSWERABLE

EXAMPLES_SHOWN = 5


class Noting:
    """A source that remembers which documents there were, and which may be told."""

    def __init__(self, inner: ArticleSource, *, on: date) -> None:
        self._inner = inner
        self._on = on
        self.ids: set[str] = set()
        self.untold: set[str] = set()

    def articles(self) -> Iterator[Article | Trouble]:
        """What the source has, as it comes."""
        for one in self._inner.articles():
            if isinstance(one, Article):
                self.ids.add(one.id)
                if not _may_be_told(one, self._on):
                    self.untold.add(one.id)
            yield one


def _may_be_told(article: Article, on: date) -> bool:
    first, last = article.effective_from or date.min, article.effective_until or date.max
    return article.audience == "public" and first <= on <= last


def with_known_gold(questions: Sequence[Question], source: Noting) -> tuple[list[Question], Gold]:
    """The questions with the gold that there is, and what is odd about the rest."""
    named = dict.fromkeys(id for one in questions for id in one.gold)
    unknown = [id for id in named if id not in source.ids]
    left = [
        replace(one, gold=tuple(id for id in one.gold if id in source.ids)) for one in questions
    ]
    return left, Gold(
        unknown=len(unknown),
        unknown_examples=tuple(unknown[:EXAMPLES_SHOWN]),
        questions_without=sum(one.answerability == ANSWERABLE and not one.gold for one in left),
        untold=tuple(id for id in named if id in source.untold),
    )


def nothing_to_find(given: QuestionSet, gold: Gold) -> str:
    """Why no question of the set can be measured."""
    if gold.unknown:
        examples = ", ".join(gold.unknown_examples)
        return f"{given.name}: no gold id is the id of a document: {examples}"
    return f"{given.name}: no question has gold, so there is nothing to be found"
