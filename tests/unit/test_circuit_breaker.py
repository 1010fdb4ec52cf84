"""What is down is not asked again and again, and is found again when it is back."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.circuit_breaker import FAILURES, LONGEST_PAUSE, PAUSE, CircuitBreaker
from deskhand.adapters.circuit_breaking import BreakingKnowledge, BreakingModel, BreakingReranker
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.search import Filters
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Vector
from tests.builders import (
    NOON,
    StoppedClock,
    a_draft,
    a_policy,
    a_reading,
    a_retrieved_turn,
    a_turn,
)

A_MOMENT = timedelta(microseconds=1)


class Service:
    """Something outside that answers as it is told, behind a breaker; it counts who asks."""

    def __init__(self, answer: Exception | None = None) -> None:
        self.clock = StoppedClock()
        self.breaker = CircuitBreaker("the model", self.clock)
        self.answer = answer
        self.asked = 0

    def ask(self) -> str:
        with self.breaker.asking():
            self.asked += 1
            if self.answer:
                raise self.answer
            return "an answer"

    def fails(self, times: int) -> None:
        self.answer = Unavailable("the model")
        for _ in range(times):
            with suppress(Unavailable):
                self.ask()


def test_after_some_failures_in_a_row_nobody_asks_for_a_while_and_the_reason_is_told() -> None:
    service = Service()
    service.fails(FAILURES + 5)

    assert service.asked == FAILURES
    words = "the model, which failed 3 times in a row and is left alone until 12:00:15 UTC,"
    with pytest.raises(Unavailable, match=words):
        service.ask()


def test_a_failure_now_and_then_stops_nobody() -> None:
    service = Service()
    for _ in range(10):
        service.fails(FAILURES - 1)
        service.answer = None
        assert service.ask() == "an answer"


def test_one_call_tries_whether_it_is_back_and_then_all_go_on() -> None:
    service = Service()
    service.fails(FAILURES)
    service.answer = None
    service.clock.now += PAUSE - A_MOMENT
    with pytest.raises(Unavailable):
        service.ask()

    service.clock.now += A_MOMENT
    assert [service.ask() for _ in range(3)] == ["an answer"] * 3
    service.fails(FAILURES - 1)
    service.answer = None
    assert service.ask() == "an answer"


def test_each_trial_that_fails_doubles_the_pause_up_to_a_longest_one() -> None:
    service = Service()
    service.fails(FAILURES)
    pauses = []
    for _ in range(8):
        began, asked = service.clock.now, service.asked
        while service.asked == asked:
            service.clock.pass_by(seconds=1)
            service.fails(1)
        pauses.append(service.clock.now - began)

    assert [pause / PAUSE for pause in pauses[:5]] == [1, 2, 4, 8, 16]
    assert set(pauses[5:]) == {LONGEST_PAUSE}


def test_who_says_no_is_there() -> None:
    service = Service(Rejected("the key is wrong"))
    for _ in range(FAILURES + 2):
        with pytest.raises(Rejected, match="the key is wrong"):
            service.ask()
    assert service.asked == FAILURES + 2


def test_a_trial_that_ends_in_a_mistake_of_ours_is_followed_by_another_one() -> None:
    service = Service()
    service.fails(FAILURES)
    service.clock.now += PAUSE
    service.answer = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError):
        service.ask()

    service.answer = None
    assert service.ask() == "an answer"


def test_of_many_that_wait_only_one_tries_whether_it_is_back() -> None:
    service = Service()
    service.fails(FAILURES)
    service.clock.now += PAUSE
    together, answered, asked = Barrier(8), Event(), []

    def slow() -> str:
        together.wait()
        with service.breaker.asking():
            asked.append(1)
            answered.wait(5)
            return "an answer"

    with ThreadPoolExecutor(8) as pool:
        racers = [pool.submit(slow) for _ in range(8)]
        refused = 0
        while refused < 7:
            refused = sum(racer.done() for racer in racers)
        answered.set()

    assert asked == [1]
    assert sum(isinstance(racer.exception(), Unavailable) for racer in racers) == 7


class DownBut:
    """A model or a knowledge base of which only some calls are answered."""

    def __init__(self, **answered: object) -> None:
        self.answered = answered
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*_: object, **__: object) -> object:
            self.asked.append(name)
            if name not in self.answered:
                raise Unavailable(f"the call {name}")
            return self.answered[name]

        return call


def test_a_model_that_reads_but_cannot_write_is_no_longer_asked_to_write() -> None:
    reading = a_reading()
    inner: Any = DownBut(classify=reading)
    model = BreakingModel(inner, StoppedClock())
    intents = a_policy().intents

    for _ in range(FAILURES + 4):
        assert model.classify(a_turn(), intents=intents) == reading
        with pytest.raises(Unavailable):
            model.draft(a_retrieved_turn(), intents=intents, tools=())
    assert inner.asked.count("draft") == FAILURES


def test_a_reranker_that_is_down_costs_no_turn_its_time_limit() -> None:
    inner: Any = DownBut()
    reranker = BreakingReranker(inner, StoppedClock())

    for _ in range(FAILURES + 4):
        with pytest.raises(Unavailable):
            reranker.rerank("owls", ())
    assert inner.asked == ["rerank"] * FAILURES


def test_what_stands_behind_the_breakers_hears_the_whole_question() -> None:
    class Model:
        def classify(self, turn: object, *, intents: object) -> Classification:
            assert (turn, intents) == (a_turn(), a_policy().intents)
            return a_reading()

        def draft(
            self, turn: object, *, intents: object, tools: object, files: object = ()
        ) -> Draft:
            assert (turn, tools) == (a_retrieved_turn(), ())
            return a_draft()

    class Knowledge:
        fingerprint = "small"

        def search(self, *said: object, **more: object) -> tuple[()]:
            assert said == ("owls", [1.0])
            assert more == {"limit": 3, "filters": asked}
            return ()

        def indexed(self) -> dict[str, str]:
            return {"c1": "hash"}

        def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
            return {id: [1.0] for id in ids}

        def replace(self, chunks: object, vectors: object, *, fingerprint: str) -> str:
            assert (chunks, vectors) == ((), ())
            return f"made by {fingerprint}"

    asked = Filters(on=NOON.date(), categories=("a",), language="en")
    model = BreakingModel(Model(), StoppedClock())
    knowledge = BreakingKnowledge(Knowledge(), StoppedClock())

    assert model.classify(a_turn(), intents=a_policy().intents) == a_reading()
    assert model.draft(a_retrieved_turn(), intents=a_policy().intents, tools=()) == a_draft()
    found = knowledge.search("owls", [1.0], limit=3, filters=asked)
    assert found == ()
    assert knowledge.fingerprint == "small"
    assert knowledge.indexed() == {"c1": "hash"}
    assert knowledge.vectors(["c1"]) == {"c1": [1.0]}
    assert knowledge.replace((), (), fingerprint="small") == "made by small"


def test_a_search_that_fails_again_and_again_is_no_longer_made() -> None:
    inner: Any = DownBut()
    knowledge = BreakingKnowledge(inner, StoppedClock())
    for _ in range(FAILURES + 4):
        with pytest.raises(Unavailable):
            knowledge.search("owls", [1.0], limit=3, filters=Filters(on=NOON.date()))
    assert inner.asked == ["search"] * FAILURES


def test_the_knowledge_base_that_a_function_searches_stands_behind_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from botocore.exceptions import EndpointConnectionError

    class NoBucket:
        asked = 0

        def get_object(self, **_: object) -> object:
            self.asked += 1
            raise EndpointConnectionError(endpoint_url="http://s3")

        class exceptions:  # noqa: N801
            NoSuchKey = KeyError

    bucket = NoBucket()
    monkeypatch.setenv("DESKHAND_KNOWLEDGE_BUCKET", "articles")
    monkeypatch.setenv("DESKHAND_KNOWLEDGE_STORE", "embedded")
    wiring.reset()
    wiring.replace({"client:s3": bucket, "clock": StoppedClock()})
    try:
        for _ in range(FAILURES + 4):
            with pytest.raises(Unavailable):
                wiring.knowledge().search("owls", [1.0], limit=3, filters=Filters(on=NOON.date()))
    finally:
        wiring.reset()
    assert bucket.asked == FAILURES
