"""Lets a run die at any one of its calls to the outside, before or after that call did its work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Crash(BaseException):
    """The process is gone; nothing of ours may catch it."""


class Lifeline:
    """How many calls are left until the crash, and which call it was."""

    def __init__(self, calls: int) -> None:
        self._left = calls
        self.died_at = ""

    def call(self, name: str) -> None:
        """One more call; the last one ends it all."""
        if self._left == 0 and not self.died_at:
            self.died_at = name
        if self.died_at:
            raise Crash(name)
        self._left -= 1


class Mortal:
    """A port whose calls count against a lifeline, each before and after its work."""

    def __init__(self, port: object, lifeline: Lifeline) -> None:
        self._port = port
        self._lifeline = lifeline

    def __getattr__(self, name: str) -> Any:
        self._lifeline.call(f"before {name}")
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def called(*args: Any, **more: Any) -> Any:
            given = found(*args, **more)
            self._lifeline.call(f"after {name}")
            return given

        return called


@contextmanager
def mortal_client(client: Any, lifeline: Lifeline) -> Iterator[None]:
    """Every request of an AWS client counts, before it is sent and after it was answered."""
    hooks: dict[str, Callable[..., None]] = {
        "before-call.s3": lambda model, **_: lifeline.call(f"before {model.name}"),
        "after-call.s3": lambda model, **_: lifeline.call(f"after {model.name}"),
    }
    for event, hook in hooks.items():
        client.meta.events.register(event, hook)
    try:
        yield
    finally:
        for event, hook in hooks.items():
            client.meta.events.unregister(event, hook)
