"""What customers asked and no article answers: how often a day, grouped, and what comes nearest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from pydantic import AwareDatetime, NonNegativeInt

from deskhand.domain.noun import Noun
from deskhand.domain.policy import Policy
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.search import Filters
from deskhand.ports import Clock, Embedder, KnowledgeBase, Retrievals, Vector
from deskhand.stages.objections.articles import needed_similarity
from deskhand.text.clusters import clusters

DAYS_BY_DEFAULT = 7
MOST_DAYS = 31
MOST_READ = 20_000
"""Turns that a report reads, newest days first: some twenty requests to the table."""
MOST_GROUPED = 500
"""Questions that are compared with each other, the newest: they are embedded while somebody
waits."""
MOST_GAPS = 50
MOST_EXAMPLES = 5
NEIGHBOURS = 3
"""Authority decides between passages that are about as near: the nearest is among the first."""


class Day(Noun):
    """How the turns of one day (UTC) that needed an article fared."""

    day: date
    retrievals: NonNegativeInt
    thin: NonNegativeInt
    """How many of them found nothing that answers."""
    share: float
    too_high: bool
    """Whether that is more than the policy lets pass, on a day with enough of them to tell."""


class Example(Noun):
    """A ticket with that question."""

    ticket_id: str
    conversation_id: str
    turn_id: str
    at: AwareDatetime


class Closest(Noun):
    """The article that comes nearest to a question now."""

    article_id: str
    title: str
    heading: str
    similarity: float
    near_enough: bool
    """Whether it is near enough to answer by now: what was missing may be there, or the article
    only touches it."""


class Gap(Noun):
    """A question that nothing answered, in the words that are most typical of it."""

    question: str
    count: int
    last_asked_at: AwareDatetime
    examples: tuple[Example, ...]
    """The newest, at most five."""
    closest: Closest | None


class Gaps(Noun):
    """The report: the days oldest first, the gaps most frequent first."""

    days: tuple[Day, ...]
    gaps: tuple[Gap, ...]
    max_share: float
    min_retrievals: int
    read: int
    """How many turns were read for it."""
    thin: int
    grouped: int
    """How many of the thin were compared with each other, the newest."""
    complete: bool
    """False: there was more than is read at once, and the oldest days are missing."""
    too_high: bool
    """Whether yesterday's share, the last whole day's, is more than the policy lets pass."""


@dataclass(frozen=True)
class GapReport:
    """What makes the report."""

    retrievals: Retrievals
    embedder: Callable[[], Embedder]
    knowledge: Callable[[], KnowledgeBase]
    policy: Policy
    clock: Clock

    def of_last(self, days: int) -> Gaps:
        """The report of so many days (UTC), today among them."""
        today = self.clock().astimezone(UTC).date()
        read = 0
        told: list[Day] = []
        thin: list[Retrieval] = []
        for back in range(days):
            day = today - timedelta(days=back)
            found = self._on(day, most=MOST_READ - read)
            if found is None:
                break
            read += len(found)
            told.append(self._day(day, found))
            thin += [one for one in reversed(found) if one.thin]
        grouped = thin[:MOST_GROUPED]
        replies = self.policy.replies
        return Gaps(
            days=tuple(reversed(told)),
            gaps=self._gaps(grouped, today),
            max_share=replies.max_thin_share,
            min_retrievals=replies.min_retrievals,
            read=read,
            thin=len(thin),
            grouped=len(grouped),
            complete=len(told) == days,
            too_high=any(day.too_high for day in told[1:2]),
        )

    def _on(self, day: date, *, most: int) -> list[Retrieval] | None:
        """All of a day, oldest first; None where there are more."""
        since = datetime.combine(day, time(), UTC)
        between = self.retrievals.between(since, since + timedelta(days=1))
        found = list(islice(between, most + 1))
        return found if len(found) <= most else None

    def _day(self, day: date, found: list[Retrieval]) -> Day:
        thin = sum(one.thin for one in found)
        share = thin / len(found) if found else 0.0
        replies = self.policy.replies
        enough = len(found) >= replies.min_retrievals
        return Day(
            day=day,
            retrievals=len(found),
            thin=thin,
            share=round(share, 4),
            too_high=enough and share > replies.max_thin_share,
        )

    def _gaps(self, thin: list[Retrieval], today: date) -> tuple[Gap, ...]:
        """The groups of questions, newest first within each; nothing is loaded for none."""
        if not thin:
            return ()
        vectors = self.embedder().embed([one.question for one in thin])
        return tuple(
            self._gap([thin[place] for place in group], vectors[group[0]], today)
            for group in clusters(vectors)[:MOST_GAPS]
        )

    def _gap(self, asked: list[Retrieval], vector: Vector, today: date) -> Gap:
        typical, newest = asked[0], sorted(asked, key=lambda one: one.at, reverse=True)
        return Gap(
            question=typical.question,
            count=len(asked),
            last_asked_at=newest[0].at,
            examples=tuple(
                Example.model_validate(one, from_attributes=True) for one in newest[:MOST_EXAMPLES]
            ),
            closest=self._closest(vector, today, typical.intent),
        )

    def _closest(self, vector: Vector, today: date, intent: str) -> Closest | None:
        """By meaning alone, in all categories and languages."""
        knowledge = self.knowledge()
        if knowledge.fingerprint != self.embedder().fingerprint:
            return None  # nothing is indexed, or by another embedder's vectors
        near = knowledge.search("", vector, limit=NEIGHBOURS, filters=Filters(on=today))
        if not near:
            return None
        best = max(near, key=lambda passage: passage.similarity)
        return Closest(
            article_id=best.article_id,
            title=best.title,
            heading=best.heading,
            similarity=round(best.similarity, 4),
            near_enough=best.similarity >= needed_similarity((intent,), self.policy),
        )
