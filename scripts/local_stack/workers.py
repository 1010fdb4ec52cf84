"""How many workers a function has here: AWS starts one for each call at once, a laptop cannot."""

import os
import threading
from collections import defaultdict
from typing import Any

MOST_WORKERS = max(2, os.cpu_count() or 2)
"""Of one function. More than there are cores only make each other slow, and each is a whole
Python with our code and perhaps a model in its memory."""


def share_workers(most: int = MOST_WORKERS) -> None:
    """From now on a call waits for a free worker of its function where so many are busy.

    To throttle instead, as the emulator can, would spend the retries of the state machine on what
    is no trouble of AWS. No function of ours calls another one and waits, so none waits for itself.
    """
    from ministack.services import lambda_svc

    execute = lambda_svc._execute_function_warm
    making = threading.Lock()
    free: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(most))

    def execute_when_free(function: Any, event: Any, request_id: str) -> Any:
        config = function.get("config") or function
        with making:
            worker = free[config["FunctionName"]]
        with worker:
            return execute(function, event, request_id)

    lambda_svc._execute_function_warm = execute_when_free
