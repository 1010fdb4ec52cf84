"""Where the emulator behaves otherwise than AWS in ways that we rely on, it is put right here.

Each correction first asserts that the place is as it was in the pinned version, so that an upgrade
fails loudly instead of running uncorrected. `tests/contract/test_local_aws.py` shows each at work.
"""

import inspect
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REPORTED = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
SWALLOWED = """        try:
            _call_lambda(func_ref, lambda_payload)
        except _ExecutionError:
            pass
"""


@contextmanager
def without_docker() -> Iterator[None]:
    """Nothing here needs Docker, and the emulator must not touch what runs on this machine."""
    before = {name: sys.modules[name] for name in ("docker",) if name in sys.modules}
    sys.modules["docker"] = None  # type: ignore[assignment]  # that is how an import is refused
    try:
        yield
    finally:
        del sys.modules["docker"]
        sys.modules.update(before)


def correct() -> None:
    """Makes the emulator of this process behave as AWS does; once is enough, twice does no harm."""
    # Imported here: the emulator is heavy, and asks the environment while it is imported.
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc, stepfunctions

    if getattr(stepfunctions, "corrected_by_deskhand", False):
        return
    _name_the_error(lambda_runtime, lambda_svc)
    _fail_a_callback_whose_function_failed(stepfunctions)
    _evaluate_time_limits(stepfunctions)
    stepfunctions.corrected_by_deskhand = True


def _name_the_error(lambda_runtime: Any, lambda_svc: Any) -> None:
    """A worker's error keeps its class, by which `Retry` and `Catch` know it."""
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    _expect(script.count(REPORTED) == 1, "how a worker reports an error")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(
        REPORTED, REPORTED[:-1] + ', "error_type": type(e).__name__}'
    )
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm
    last = threading.local()

    def invoke_and_remember(self: Any, *args: Any, **kwargs: Any) -> Any:
        last.result = invoke(self, *args, **kwargs)
        return last.result

    def execute_and_name(func: Any, event: Any, request_id: str) -> Any:
        last.result = {}
        answer = execute(func, event, request_id)
        if answer.get("error") and (name := last.result.get("error_type")):
            answer["body"] = {
                "errorMessage": last.result["error"],
                "errorType": name,
                "requestId": request_id,
                "stackTrace": last.result["trace"].splitlines()[1:-1],
            }
        return answer

    lambda_runtime.Worker.invoke = invoke_and_remember
    lambda_svc._execute_function_warm = execute_and_name


def _fail_a_callback_whose_function_failed(stepfunctions: Any) -> None:
    """A function that raises instead of parking its task token fails the state, as on AWS."""
    source = inspect.getsource(stepfunctions._invoke_with_callback)
    _expect(source.count(SWALLOWED) == 1, "how a callback's function is called")
    corrected = source.replace(
        SWALLOWED,
        SWALLOWED.replace(
            "            pass\n", "            _task_tokens.pop(token, None); raise\n"
        ),
    )
    exec(compile(corrected, stepfunctions.__file__, "exec"), vars(stepfunctions))


def _evaluate_time_limits(stepfunctions: Any) -> None:
    """`TimeoutSeconds` may be a JSONata expression, in all kinds of tasks."""
    execute = stepfunctions._execute_task
    _expect(
        list(inspect.signature(execute).parameters)
        == ["state_def", "raw_input", "execution", "ctx"],
        "how a task is executed",
    )

    def execute_in_time(state: Any, raw_input: Any, execution: Any, context: Any) -> Any:
        limit = state.get("TimeoutSeconds")
        if isinstance(limit, str):
            seconds = stepfunctions._apply_jsonata_template(limit, raw_input, context)
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, raw_input, execution, context)

    stepfunctions._execute_task = execute_in_time


def _expect(as_it_was: bool, what: str) -> None:
    if not as_it_was:
        raise RuntimeError(
            f"ministack changed {what}: read it again, then mend scripts/local_stack/corrections.py"
        )
