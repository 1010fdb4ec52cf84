"""What the agent finds in the articles for some words, and with which filters it looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from deskhand.domain.evidence import Passage
from deskhand.domain.noun import Noun
from deskhand.domain.policy import Policy
from deskhand.domain.search import Filters, Reader
from deskhand.domain.turn import Classified
from deskhand.ports import Embedder, Reranker, Searchable, Vector
from deskhand.stages.passages import find_passages
from deskhand.stages.retrieve import Forgiven

READER = frozenset({"plan", "region", "channel"})


class Searched(Noun):
    """One search of the knowledge base, as it was asked for."""

    query: str
    limit: int
    filters: Filters
    found: int


class Outside(Noun):
    """The nearest passage that one of the filters left out."""

    filter: str
    """`category` or `language`."""
    passage: Passage


class FoundNow(Noun):
    """What an answer could stand on."""

    passages: tuple[Passage, ...]
    queries: tuple[str, ...]
    searches: tuple[Searched, ...]
    outside: tuple[Outside, ...]
    """What would have been nearer than anything that was found."""
    troubles: tuple[str, ...]
    """What failed on the way, in words."""


class Instead(Noun):
    """What is looked for instead of what the agent would by itself; None leaves it to the agent."""

    categories: tuple[str, ...] | None = None
    language: str | None = None
    plan: str | None = None
    region: str | None = None
    channel: str | None = None

    def of(self, filters: Filters) -> Filters:
        """The filters with what is given here in place of theirs."""
        given = {name: value for name, value in self if value is not None}
        reader = {name: given.pop(name) for name in READER & given.keys()}
        return filters.model_copy(
            update={**given, "reader": filters.reader.model_copy(update=reader)}
        )


@dataclass
class WatchedKnowledge:
    """The knowledge base with other filters than it is asked for, and a memory of what it was."""

    knowledge: Searchable
    instead: Instead
    searches: list[Searched] = field(default_factory=list)
    outside: dict[str, Passage] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now."""
        return self.knowledge.fingerprint

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """What the knowledge base finds; once more without each filter, to see what that kept
        away."""
        asked = self.instead.of(filters)
        found = self.knowledge.search(query, vector, limit=limit, filters=asked)
        self.searches.append(Searched(query=query, limit=limit, filters=asked, found=len(found)))
        wider = {
            "category": asked.model_copy(update={"categories": ()}),
            "language": asked.model_copy(update={"language": ""}),
        }
        for name, loose in wider.items():
            if loose != asked:
                more = self.knowledge.search(query, vector, limit=limit, filters=loose)
                self._note(name, more)
        return found

    def _note(self, name: str, found: Sequence[Passage]) -> None:
        for passage in found:
            seen = self.outside.get(name, passage)
            self.outside[name] = max(seen, passage, key=lambda one: one.similarity)


def found_now(
    turn: Classified,
    *,
    embedder: Embedder,
    knowledge: Searchable,
    policy: Policy,
    today: date,
    instead: Instead,
    reader: Reader,
    reranker: Reranker | None,
) -> FoundNow:
    """What the stage `retrieve` finds for the turn, by the stage's own function."""
    watched = WatchedKnowledge(knowledge, instead)
    troubles: list[str] = []
    passages, queries = find_passages(
        turn,
        embedder=embedder,
        knowledge=watched,
        policy=policy,
        today=today,
        reader=reader,
        reranker=Forgiven(reranker, troubles) if reranker else None,
    )
    best = max((passage.similarity for passage in passages), default=0.0)
    return FoundNow(
        passages=passages,
        queries=queries,
        searches=tuple(watched.searches),
        outside=tuple(
            Outside(filter=name, passage=passage)
            for name, passage in watched.outside.items()
            if passage.similarity > best
        ),
        troubles=tuple(troubles),
    )
