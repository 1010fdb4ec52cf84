"""A time limit for the whole of an HTTP request: the client's own count from byte to byte."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

UNTIL = "deskhand_until_s"
LEAST_S = 0.001
"""A limit of nothing would mean that there is none."""


class InTime:
    """Hooks of an HTTP client that hold a request to its read limit from its beginning on:
    connecting, sending and reading together, and an answer that comes drop by drop."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds

    def begins(self, request: "httpx2.Request") -> None:
        """From here on each step of the request has what is left of its time."""
        limits = request.extensions["timeout"]
        until_s = self._seconds() + limits["read"]

        def shorten(_step: str, _about: Mapping[str, Any]) -> None:
            left_s = max(until_s - self._seconds(), LEAST_S)
            limits.update({step: min(limit_s, left_s) for step, limit_s in limits.items()})

        request.extensions[UNTIL] = until_s
        request.extensions["trace"] = shorten

    def ends(self, response: "httpx2.Response") -> None:
        """Cuts the answer off where its time is over."""
        import httpx2

        stream, seconds = response.stream, self._seconds
        until_s = response.request.extensions[UNTIL]
        assert isinstance(stream, httpx2.SyncByteStream)
        drops: httpx2.SyncByteStream = stream

        class Drops(httpx2.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                for drop in drops:
                    if seconds() > until_s:
                        raise httpx2.ReadTimeout("it took too long", request=response.request)
                    yield drop

            def close(self) -> None:
                drops.close()

        response.stream = Drops()
