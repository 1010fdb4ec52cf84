"""The gap report: what nothing answered, grouped and counted, and how each day fared."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.retrieval import Retrieval
from deskhand.jobs import gaps as job
from deskhand.jobs.gaps import GapReport, Gaps
from tests.builders import NOON, StoppedClock, a_policy
from tests.flow.policies import with_replies
from tests.knowledge import CountingEmbedder, an_article, fill
from tests.searching import ICELAND, RENT, RENT_TOO, a_retrieval

POLICY = with_replies(
    a_policy(), max_thin_share=0.10, min_retrievals=5, min_similarity=0.5, scope_similarity=0.9
)


class Kept:
    """Retrievals in a list, and which days of them were asked for."""

    def __init__(self, *kept: Retrieval) -> None:
        self.kept = kept
        self.asked: list[str] = []

    def between(self, since: datetime, until: datetime) -> Iterator[Retrieval]:
        self.asked.append(f"{since:%d}-{until:%d}")
        ordered = sorted(self.kept, key=lambda one: one.at)
        return (one for one in ordered if since <= one.at < until)


def report(
    *kept: Retrieval,
    days: int = 3,
    knowledge: MemoryKnowledge | None = None,
    embedder: Any = None,
) -> Gaps:
    base = knowledge or MemoryKnowledge()
    words = embedder or CountingEmbedder()
    return GapReport(Kept(*kept), lambda: words, lambda: base, POLICY, StoppedClock()).of_last(days)


def test_questions_that_ask_the_same_are_one_gap_with_its_tickets_the_frequent_first() -> None:
    found = report(
        a_retrieval(ICELAND, ticket="T1"),
        a_retrieval(RENT, ticket="T2", days_ago=1),
        a_retrieval(RENT_TOO, ticket="T3"),
        a_retrieval("", ticket="T4"),
    )

    assert [(gap.count, gap.question) for gap in found.gaps] == [(2, RENT_TOO), (1, ICELAND)]
    first = found.gaps[0]
    assert [example.ticket_id for example in first.examples] == ["T3", "T2"]
    assert first.last_asked_at == NOON
    assert (found.read, found.thin, found.grouped, found.complete) == (4, 3, 3, True)


def test_a_gap_shows_the_article_that_comes_nearest_whatever_its_category() -> None:
    base, words = MemoryKnowledge(), CountingEmbedder()
    optics = an_article("We rent out telescopes by the week.", id="optics", category="products")
    fill(base, an_article(), optics, embedder=words)
    [gap] = report(a_retrieval(RENT), knowledge=base, embedder=words).gaps

    assert gap.closest is not None
    assert (gap.closest.article_id, gap.closest.title) == ("optics", "Delivery")
    assert 0.5 <= gap.closest.similarity <= 1
    assert gap.closest.near_enough


def test_what_no_intent_knows_needs_a_nearer_article() -> None:
    base, words = MemoryKnowledge(), CountingEmbedder()
    fill(base, an_article("We rent out telescopes by the week."), embedder=words)
    stranger = a_retrieval(RENT).model_copy(update={"intent": "out_of_scope"})
    [gap] = report(stranger, knowledge=base, embedder=words).gaps

    assert gap.closest is not None
    assert POLICY.replies.min_similarity < gap.closest.similarity
    assert gap.closest.similarity < POLICY.replies.scope_similarity
    assert not gap.closest.near_enough


def test_an_article_that_is_far_off_is_shown_and_does_not_answer() -> None:
    base, words = MemoryKnowledge(), CountingEmbedder()
    fill(base, an_article(), embedder=words)
    [gap] = report(a_retrieval(ICELAND), knowledge=base, embedder=words).gaps

    assert gap.closest is not None
    assert (gap.closest.article_id, gap.closest.near_enough) == ("delivery", False)


def test_without_an_index_of_this_embedder_nothing_is_said_to_be_near() -> None:
    base = MemoryKnowledge()
    fill(base, an_article(), embedder=CountingEmbedder("another"))

    assert report(a_retrieval(RENT)).gaps[0].closest is None
    assert report(a_retrieval(RENT), knowledge=base).gaps[0].closest is None


def test_each_day_has_its_share_and_days_without_turns_are_shown_as_such() -> None:
    today = [a_retrieval(RENT), *(a_retrieval() for _ in range(4))]
    before = [a_retrieval(RENT, days_ago=2), *(a_retrieval(days_ago=2) for _ in range(2))]
    found = report(*today, *before)

    assert [(day.day.day, day.retrievals, day.thin, day.share) for day in found.days] == [
        (19, 3, 1, 0.3333),
        (20, 0, 0, 0.0),
        (21, 5, 1, 0.2),
    ]
    # Of three nobody can tell a share; of five, one in five is too much.
    assert [day.too_high for day in found.days] == [False, False, True]
    assert (found.max_share, found.min_retrievals) == (0.10, 5)
    assert not found.too_high  # today is not over


def test_it_is_yesterday_that_counts() -> None:
    yesterday = [a_retrieval(RENT, days_ago=1), *(a_retrieval(days_ago=1) for _ in range(4))]

    assert report(*yesterday, days=2).too_high
    assert not report(*yesterday, days=1).too_high
    assert not report(a_retrieval(RENT, days_ago=2), *yesterday[1:], days=3).too_high


def test_a_share_of_just_the_limit_is_not_above_it() -> None:
    found = report(a_retrieval(RENT), *(a_retrieval() for _ in range(9)), days=1)

    assert [(day.share, day.too_high) for day in found.days] == [(0.1, False)]
    assert not found.too_high


def test_days_end_at_midnight_utc() -> None:
    midnight = a_retrieval(days_ago=0.5)
    just_before = midnight.model_copy(update={"at": midnight.at - timedelta(seconds=1)})

    assert [day.retrievals for day in report(midnight, just_before).days] == [0, 1, 1]


def test_where_nothing_was_thin_nothing_is_loaded() -> None:
    def never() -> Any:
        raise AssertionError("nobody needs it")

    found = GapReport(Kept(a_retrieval()), never, never, POLICY, StoppedClock()).of_last(1)
    assert (found.gaps, found.days[0].retrievals) == ((), 1)


def test_of_too_much_the_newest_days_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "MOST_READ", 4)
    kept = Kept(
        *(a_retrieval() for _ in range(3)),
        a_retrieval(RENT, days_ago=1),
        *(a_retrieval(RENT, days_ago=2) for _ in range(2)),
    )
    words = CountingEmbedder()
    found = GapReport(kept, lambda: words, MemoryKnowledge, POLICY, StoppedClock()).of_last(7)

    assert [day.day.day for day in found.days] == [20, 21]
    assert (found.read, found.complete) == (4, False)
    assert kept.asked == ["21-22", "20-21", "19-20"]


def test_of_too_many_questions_the_newest_are_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "MOST_GROUPED", 1)
    monkeypatch.setattr(job, "MOST_GAPS", 1)
    found = report(a_retrieval(RENT, days_ago=1), a_retrieval(ICELAND))

    assert [gap.question for gap in found.gaps] == [ICELAND]
    assert (found.thin, found.grouped) == (2, 1)


def test_the_newest_five_tickets_stand_for_all() -> None:
    found = report(*(a_retrieval(RENT, ticket=f"T{n}", days_ago=n / 100) for n in range(9)))

    [gap] = found.gaps
    assert gap.count == 9
    assert [example.ticket_id for example in gap.examples] == ["T0", "T1", "T2", "T3", "T4"]


class Batches(CountingEmbedder):
    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        assert all(texts)
        return super().embed(texts)


def test_all_questions_are_embedded_at_once_and_only_the_thin() -> None:
    words = Batches()
    report(a_retrieval(RENT), a_retrieval(ICELAND), a_retrieval(), embedder=words)

    assert [len(batch) for batch in words.batches] == [2]
