"""How what the words find and what the meaning finds become one list: by us, or by OpenSearch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.opensearch import queries
from deskhand.domain.evidence import Passage
from deskhand.ports import Vector
from deskhand.text.fusion import best_first, fused

Hits = list[dict[str, Any]]
Ask = Callable[[Sequence[queries.Body]], list[Hits]]
"""Makes several searches of one index in one request."""


@dataclass(frozen=True)
class Question:
    """What is looked for in one index."""

    said: Sequence[str]
    vector: Vector | None
    conditions: list[queries.Body]
    limit: int
    runs_scripts: bool


Joining = Callable[[Ask, Question], tuple[Passage, ...]]


def joined_here(ask: Ask, question: Question) -> tuple[Passage, ...]:
    """Joined by `text.fusion`, as the embedded index does it."""
    said, vector, conditions = question.said, question.vector, question.conditions
    if vector is None:
        hits = ask([queries.by_words(said, conditions)])[0] if said else []
        words = _scores(hits)
        return _best(fused(dict.fromkeys(words, 0.0), words), {}, _passages(hits), question)
    searches = [queries.by_meaning(vector, conditions)]
    if said:
        searches.append(queries.by_words(said, conditions))
    nearest, *rest = ask(searches + _scripted(question))
    by_words = rest[0] if said else []
    words = _scores(by_words)
    cosines = _cosines(nearest, *rest[1:])
    cosines |= _cosines_of(words.keys() - cosines.keys(), ask, vector)
    return _best(fused(cosines, words), cosines, _passages([*nearest, *by_words]), question)


def joined_there(ask: Ask, question: Question) -> tuple[Passage, ...]:
    """Joined by OpenSearch's own pipeline; where there is nothing to join, as it is done here."""
    said, vector, conditions = question.said, question.vector, question.conditions
    if vector is None or not said:
        return joined_here(ask, question)
    searches = [
        queries.by_both(said, vector, conditions),
        queries.by_meaning(vector, conditions),
    ]
    both, *meanings = ask(searches + _scripted(question))
    scores, cosines = _scores(both), _cosines(*meanings)
    cosines |= _cosines_of(scores.keys() - cosines.keys(), ask, vector)
    return _best(scores, cosines, _passages(both), question)


def _scripted(question: Question) -> list[queries.Body]:
    """What gives the cosines of what the words find in the same request, where that can be had."""
    if question.vector is None or not question.said or not question.runs_scripts:
        return []
    return [queries.meaning_of_words(question.said, question.vector, question.conditions)]


def _cosines_of(ids: set[str], ask: Ask, vector: Vector) -> dict[str, float]:
    return _cosines(ask([queries.meaning_of(ids, vector)])[0]) if ids else {}


def _best(
    scores: Mapping[str, float],
    cosines: Mapping[str, float],
    passages: Mapping[str, str],
    question: Question,
) -> tuple[Passage, ...]:
    # Everything within a tie of the last place may yet overtake it.
    shortlist = sorted(scores, key=lambda id: -scores[id])[: question.limit + 10]
    found = (
        Passage.model_validate_json(passages[id]).model_copy(
            update={"score": min(1.0, scores[id]), "similarity": cosines.get(id, 0.0)}
        )
        for id in shortlist
    )
    return tuple(best_first(found)[: question.limit])


def _scores(hits: Hits) -> dict[str, float]:
    return {_id(hit): hit["_score"] for hit in hits}


def _cosines(*several: Hits) -> dict[str, float]:
    return {_id(hit): queries.cosine(hit["_score"]) for hits in several for hit in hits}


def _passages(hits: Hits) -> dict[str, str]:
    return {_id(hit): hit["_source"]["passage"] for hit in hits}


def _id(hit: Mapping[str, Any]) -> str:
    return str(hit["fields"]["chunk_id"][0])
