"""What OpenSearch is asked: pure functions from a question to the bodies of searches."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from deskhand.adapters.index_entries import CANDIDATES
from deskhand.adapters.opensearch.index import EVERYBODY
from deskhand.domain.search import Filters
from deskhand.ports import Vector
from deskhand.text.fusion import MEANING

Body = dict[str, Any]
_ID_ALONE = {"_source": False, "docvalue_fields": ["chunk_id"]}
_WITH_PASSAGE = {"_source": ["passage"], "docvalue_fields": ["chunk_id"]}
_JOINED_THERE = {
    "phase_results_processors": [
        {
            "normalization-processor": {
                "normalization": {"technique": "min_max"},
                "combination": {
                    "technique": "arithmetic_mean",
                    "parameters": {"weights": [1 - MEANING, MEANING]},
                },
            }
        }
    ]
}


def allowed(filters: Filters) -> list[Body]:
    """The conditions of `Filters.allow`, as filters."""
    day, reader = filters.on.toordinal(), filters.reader
    conditions: list[Body] = [
        {"term": {"public": True}},
        {"range": {"first_day": {"lte": day}}},
        {"range": {"last_day": {"gte": day}}},
        {"terms": {"plan": [EVERYBODY, reader.plan]}},
        {"terms": {"region": [EVERYBODY, reader.region]}},
        {"terms": {"channel": [EVERYBODY, reader.channel]}},
    ]
    if filters.categories:
        conditions.append({"terms": {"category": list(filters.categories)}})
    if filters.language:
        conditions.append({"term": {"language": filters.language}})
    return conditions


def by_words(said: Sequence[str], conditions: list[Body]) -> Body:
    """The passages that share most with these words."""
    return {"size": CANDIDATES, **_WITH_PASSAGE, "query": _words(said, conditions)}


def by_meaning(vector: Vector, conditions: list[Body]) -> Body:
    """The passages that are nearest to this vector."""
    return {"size": CANDIDATES, **_WITH_PASSAGE, "query": _nearest(vector, conditions, CANDIDATES)}


def by_both(said: Sequence[str], vector: Vector, conditions: list[Body]) -> Body:
    """Words and meaning joined by OpenSearch itself."""
    queries = [_words(said, conditions), _nearest(vector, conditions, CANDIDATES)]
    return {
        "size": CANDIDATES,
        **_WITH_PASSAGE,
        "query": {"hybrid": {"queries": queries}},
        "search_pipeline": _JOINED_THERE,
    }


def meaning_of_words(said: Sequence[str], vector: Vector, conditions: list[Body]) -> Body:
    """The same passages as by words, each with the score of its vector instead."""
    score = {
        "script_score": {
            "query": {"match_all": {}},
            "script": {
                "lang": "knn",
                "source": "knn_score",
                "params": {
                    "field": "vector",
                    "query_value": _sent(vector),
                    "space_type": "innerproduct",
                },
            },
        }
    }
    only_that = {"rescore_query": score, "query_weight": 0, "rescore_query_weight": 1}
    return {
        "size": CANDIDATES,
        **_ID_ALONE,
        "query": _words(said, conditions),
        "rescore": {"window_size": CANDIDATES, "query": only_that},
    }


def meaning_of(ids: Collection[str], vector: Vector) -> Body:
    """Those passages, each with the score of its vector."""
    these: list[Body] = [{"terms": {"chunk_id": sorted(ids)}}]
    return {"size": len(ids), **_ID_ALONE, "query": _nearest(vector, these, len(ids))}


def cosine(score: float) -> float:
    """The inner product of which the engine made this score, which it keeps above 0."""
    product = score - 1 if score >= 1 else 1 - 1 / score
    return min(1.0, max(-1.0, product))


def page_of_hashes(after: str | None, size: int) -> Body:
    """Ids and hashes in the order of the ids, behind that one."""
    page: Body = {
        "size": size,
        "_source": False,
        "docvalue_fields": ["chunk_id", "content_hash"],
        "sort": [{"chunk_id": "asc"}],
    }
    return page if after is None else page | {"search_after": [after]}


def vectors_of(ids: Sequence[str]) -> Body:
    """Those chunks' vectors."""
    wanted: Body = {"bool": {"filter": [{"terms": {"chunk_id": list(ids)}}]}}
    return {"size": len(ids), "_source": ["chunk_id", "numbers"], "query": wanted}


def _words(said: Sequence[str], conditions: list[Body]) -> Body:
    return {"bool": {"must": [{"match": {"words": " ".join(said)}}], "filter": conditions}}


def _nearest(vector: Vector, conditions: list[Body], count: int) -> Body:
    allowed_only = {"bool": {"filter": conditions}}
    return {"knn": {"vector": {"vector": _sent(vector), "k": count, "filter": allowed_only}}}


def _sent(vector: Vector) -> list[float]:
    numbers: list[float] = np.asarray(vector, dtype=np.float32).tolist()
    return numbers
