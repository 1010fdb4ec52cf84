"""Loads files a few ahead of whoever reads them in order: a bucket answers each after a while."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

AHEAD = 8
"""How many are on their way at once; an AWS client has ten connections."""

Load = Callable[[str], bytes | None]


@contextmanager
def reading_ahead(load: Load, names: Sequence[str]) -> Iterator[Load]:
    """Loads as `load` does, each of the names best in their order, while the block lasts."""
    coming: deque[tuple[str, Future[bytes | None]]] = deque()
    waiting = iter(names)
    with ThreadPoolExecutor(AHEAD) as pool:

        def send_for_more() -> None:
            while len(coming) < AHEAD and (name := next(waiting, None)) is not None:
                coming.append((name, pool.submit(load, name)))

        def loaded(name: str) -> bytes | None:
            send_for_more()
            if not coming or coming[0][0] != name:
                return load(name)
            _, content = coming.popleft()
            return content.result()

        try:
            yield loaded
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
