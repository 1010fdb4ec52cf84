"""The emulator as a thread of this process, which hands every invocation to a function of ours."""

import asyncio
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from scripts.local_stack.corrections import correct, without_docker
from scripts.local_stack.ports import answers

START_TIMEOUT_S = 30

Invoke = Callable[[Any, Any, str], dict[str, Any]]


@contextmanager
def emulator(port: int, *, invoke: Invoke, wait_scale: float) -> Iterator[None]:
    """Serves the local AWS on that port; state machines wait `wait_scale` of their time."""
    # The module's own scale spares neither retries' pauses nor its fixed delay before a start.
    scaled_time = SimpleNamespace(
        **{**vars(time), "sleep": lambda seconds: time.sleep(seconds * wait_scale)}
    )
    with without_docker():
        correct()
        from ministack.services import lambda_svc, stepfunctions

        with (
            _replaced(lambda_svc, "_execute_function_warm", invoke),
            _replaced(stepfunctions, "time", scaled_time),
            _replaced(stepfunctions, "_SFN_WAIT_SCALE", 1.0),
            _served(port),
        ):
            yield
            _reset(port)


def _reset(port: int) -> None:
    url = f"http://127.0.0.1:{port}/_ministack/reset"
    urllib.request.urlopen(urllib.request.Request(url, method="POST", data=b""), timeout=10).close()


@contextmanager
def _replaced(module: Any, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@contextmanager
def _served(port: int) -> Iterator[None]:
    from ministack import app

    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.loglevel = "ERROR"
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve(app.app, config, shutdown_trigger=stop.wait))

    thread = threading.Thread(target=run, name="local-aws", daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not answers(f"http://127.0.0.1:{port}/_ministack/health"):
            if time.monotonic() > deadline or not thread.is_alive():
                raise RuntimeError(f"the local AWS did not start on port {port}")
            time.sleep(0.02)
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
