"""How the time of one ask is shared among its calls, by a clock that only calls and pauses move."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

import anthropic
import httpx2
import pytest

from deskhand.adapters.models.claude.client import ClaudeClient
from deskhand.errors import Unavailable
from tests.claude.asking import LARGE, SMALL, Seconds, an_ask, some_models

REQUEST = httpx2.Request("POST", "https://api.example/v1/messages")


@dataclass
class SlowDoor:
    """A way to models that never answer; each call takes as long as a test says, up to its limit.

    It stands for the SDK's client, too, whose `messages.with_raw_response.create` is asked.
    """

    seconds: Seconds
    takes_s: float
    error: Exception
    calls: list[tuple[str, float]] = field(default_factory=list)
    """Who was asked, and with how much time."""
    holds_to_schema = True

    def model_id(self, model: str) -> str:
        return model

    def client(self) -> Any:
        return self

    def close(self) -> None: ...

    @property
    def messages(self) -> Any:
        return self

    @property
    def with_raw_response(self) -> Any:
        return self

    def create(self, *, model: str, timeout: httpx2.Timeout, **_: object) -> NoReturn:
        assert timeout.read is not None
        self.calls.append((model, timeout.read))
        self.seconds.now_s += min(self.takes_s, timeout.read)
        raise self.error


SILENT = anthropic.APITimeoutError(REQUEST)
DOWN = anthropic.APIConnectionError(request=REQUEST)


def calls_of(error: Exception, takes_s: float, **choice: Any) -> list[tuple[str, float]]:
    """The calls of an ask whose every call fails like this; none of them outlives the ask."""
    seconds = Seconds()
    door = SlowDoor(seconds, takes_s, error)

    def pause(pause_s: float) -> None:
        seconds.now_s += pause_s

    client = ClaudeClient(
        door,
        some_models(timeout_s=20.0, **choice),
        lambda *_: None,
        seconds=seconds,
        pause=pause,
        chance=lambda: 1.0,
    )
    began_s = seconds.now_s
    with pytest.raises(Unavailable):
        client.ask(an_ask())
    assert seconds.now_s - began_s <= 20.0
    return door.calls


def test_a_silent_model_has_half_of_the_time_and_its_fallback_the_rest() -> None:
    assert calls_of(SILENT, takes_s=99) == [(SMALL, 10.0), (LARGE, 10.0)]


def test_a_silent_model_without_a_fallback_has_all_of_the_time() -> None:
    assert calls_of(SILENT, takes_s=99, fallback="") == [(SMALL, 20.0)]


def test_a_model_that_was_silent_is_not_asked_again_though_there_is_time() -> None:
    assert calls_of(SILENT, takes_s=1) == [(SMALL, 10.0), (LARGE, 19.0)]


def test_a_model_that_is_down_at_once_leaves_nearly_all_to_the_others() -> None:
    assert calls_of(DOWN, takes_s=0) == [(SMALL, 10.0), (SMALL, 9.5), (LARGE, 19.0)]


def test_a_model_that_fails_late_is_not_asked_again_where_nobody_else_would_have_time() -> None:
    assert calls_of(DOWN, takes_s=9.9)[-1][0] == LARGE
    assert calls_of(DOWN, takes_s=19, fallback="") == [(SMALL, 20.0)]


def test_nobody_is_asked_who_would_have_less_than_a_tenth_of_the_time() -> None:
    for takes_s in (2, 5, 6, 8, 9, 9.4, 9.9):
        assert min(limit_s for _, limit_s in calls_of(DOWN, takes_s=takes_s)) >= 1.0
