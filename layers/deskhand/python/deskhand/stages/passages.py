"""Searches the knowledge base for each thing that was asked, and picks what is worth reading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from deskhand.domain.evidence import Passage
from deskhand.domain.policy import Policy
from deskhand.domain.search import Filters, Reader
from deskhand.domain.turn import Classified, Drafted
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from deskhand.ports import Embedder, Reranker, Searchable, Vector
from deskhand.text.conflicts import nearly_same
from deskhand.text.followups import said_before, words_asked
from deskhand.text.fusion import best_first, blended
from deskhand.text.topics import in_our_words
from deskhand.text.words import STOP_WORDS, words

UNKNOWN = Reader()
RERANKED = 20
"""So many are put into order by a reranker; it reads each of them, and the rest is hardly ever
shown."""
_QUOTED = re.compile("[\"\u201c]([^\"\u201c\u201d]{8,200})[\"\u201d]|'([^']{8,200})'")


@dataclass(frozen=True)
class _Search:
    """One thing that was asked, in several wordings, and where an answer may stand."""

    asked: str
    wordings: tuple[str, ...]
    own: tuple[str, ...]
    """Those of the wordings that the customer chose."""
    categories: tuple[str, ...]


def find_passages(
    turn: Classified,
    *,
    embedder: Embedder,
    knowledge: Searchable,
    policy: Policy,
    today: date,
    reader: Reader = UNKNOWN,
    reranker: Reranker | None = None,
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The best passages for all that was asked, and the queries that were made. What holds only for
    some is found for a reader of whom that is known. Without a reranker the order of the search
    stands; with either, authority decides ties.

    Looking again widens: all categories and languages, more candidates, the bare nouns, what the
    gate found unsupported, and what the last draft missed.
    """
    if knowledge.fingerprint not in ("", embedder.fingerprint):
        raise Unavailable("the index was made with another embedder: the reindex has to run first")
    missed = turn.looked[-1].draft.missing if turn.looked else ""
    searches = tuple(_searches(turn, policy, missed))
    queries = tuple(dict.fromkeys(words for search in searches for words in search.wordings))
    vectors = _vectors(queries, turn, embedder)
    most = policy.replies.max_passages

    def search(wording: str, categories: tuple[str, ...]) -> tuple[Passage, ...]:
        return knowledge.search(
            words_asked(wording, turn.history),
            vectors[wording],
            limit=max(2 * most * (1 + turn.looks), RERANKED if reranker else 0),
            filters=Filters(
                on=today,
                categories=categories,
                language=_only_in(turn, policy),
                reader=reader,
            ),
        )

    found = [
        _joined({wording: search(wording, one.categories) for wording in one.wordings}, one.own)
        for one in searches
    ]
    if reranker:
        found = [_reranked(one, some, reranker) for one, some in zip(searches, found, strict=True)]
    return _pick(found, most), queries


def would_find_more(turn: Drafted, lessons: Sequence[Objection], policy: Policy) -> bool:
    """Whether looking again for these lessons asks for anything that was not asked for."""
    again = turn.model_copy(update={"looks": turn.looks + 1, "lessons": tuple(lessons)})
    wordings = {
        words for one in _searches(again, policy, turn.draft.missing) for words in one.wordings
    }
    narrow = any(one.categories for one in _searches(turn, policy, "")) or _only_in(turn, policy)
    return bool(narrow) or not wordings <= set(turn.evidence.queries)


def _only_in(turn: Classified, policy: Policy) -> str:
    """The one language that is searched; empty for all."""
    language = turn.classification.language
    return language if language in policy.replies.languages and not turn.looks else ""


def _vectors(queries: Sequence[str], turn: Classified, embedder: Embedder) -> dict[str, Vector]:
    """What each query means in this conversation."""
    if not queries:
        return {}
    before = said_before(turn.history)
    asked_and_before = embedder.embed([*queries, *(text for text, _ in before)])
    leaning = [
        (vector, weight)
        for vector, (_, weight) in zip(asked_and_before[len(queries) :], before, strict=True)
    ]
    alone = zip(queries, asked_and_before[: len(queries)], strict=True)
    return {query: blended(vector, leaning) for query, vector in alone}


def _searches(turn: Classified, policy: Policy, missed: str) -> Iterator[_Search]:
    """A search for each intent, or one over everything where none was recognised; and one for what
    the last draft missed, where that is another question."""
    reading = turn.classification
    known = [guess for guess in reading.intents if guess.intent in policy.intents]
    asked_already = {turn.text, reading.question, *(guess.part for guess in known)}
    for guess in known:
        intent = policy.intents[guess.intent]
        said = [guess.part, reading.question, in_our_words(guess.part, intent)]
        asked = reading.question if len(known) == 1 else guess.part
        own = (guess.part.strip(), reading.question.strip())
        yield _Search(asked, _wordings(turn, said), own, () if turn.looks else intent.knowledge)
    if not known:
        own = (turn.text.strip(), reading.question.strip())
        yield _Search(reading.question, _wordings(turn, [*own]), own, ())
    if missed and not set(missed.split("; ")) <= asked_already:
        yield _Search(missed, (missed,), (missed,), ())


def _wordings(turn: Classified, said: list[str]) -> tuple[str, ...]:
    if turn.looks:
        telling = [word for word in words(f"{turn.subject} {said[0]}") if word not in STOP_WORDS]
        said = [*said, " ".join(dict.fromkeys(telling)), *_quoted(turn)]
    return tuple(dict.fromkeys(stripped for wording in said if (stripped := wording.strip())))


def _quoted(turn: Classified) -> Iterator[str]:
    """What the gate quotes: words of ours that nothing supported yet."""
    for lesson in turn.lessons:
        for match in _QUOTED.finditer(lesson.words):
            yield match[1] or match[2]


def _joined(results: Mapping[str, tuple[Passage, ...]], own: Sequence[str]) -> list[Passage]:
    """Several wordings' results as one: what more of them found stands higher. What the customer's
    own words did not find is no nearer to them than the furthest that they did."""
    scores: dict[str, float] = {}
    nearest: dict[str, Passage] = {}
    near: dict[str, float] = {}
    for wording, found in results.items():
        for passage in found:
            scores[passage.id] = scores.get(passage.id, 0.0) + passage.score / len(results)
            seen = nearest.get(passage.id, passage)
            nearest[passage.id] = max(seen, passage, key=lambda one: one.similarity)
            if wording in own:
                near[passage.id] = max(near.get(passage.id, 0.0), passage.similarity)
    furthest = min(near.values(), default=0.0)
    return best_first(
        passage.model_copy(
            update={
                "score": scores[id],
                "nearness": near.get(id, min(furthest, passage.similarity)),
            }
        )
        for id, passage in nearest.items()
    )


def _reranked(search: _Search, found: list[Passage], reranker: Reranker) -> list[Passage]:
    if not found:
        return found
    first = reranker.rerank(search.asked or search.wordings[0], found[:RERANKED])
    return [*best_first(first), *found[RERANKED:]]


def _pick(found: Sequence[Sequence[Passage]], most: int) -> tuple[Passage, ...]:
    """The best of each search in turn, so that every part has its share; no two that say the
    same."""
    picked: list[Passage] = []
    for passage in chain.from_iterable(zip_longest(*found)):
        if passage is None or any(passage.id == one.id for one in picked):
            continue
        if not any(nearly_same(passage, one) for one in picked):
            picked.append(passage)
        if len(picked) == most:
            break
    return tuple(picked)
