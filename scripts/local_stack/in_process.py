"""The local AWS inside this process, handlers called as functions: fast, and seen by coverage."""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from scripts.local_stack import template as sam
from scripts.local_stack.handlers import environment, load_handler
from scripts.local_stack.ports import free_port
from scripts.local_stack.server_thread import emulator
from scripts.local_stack.stack import CREDENTIALS, REGION, ROOT, Stack

_one_at_a_time = threading.Lock()


class Context:
    """What a handler may ask of its surroundings."""

    function_version = "$LATEST"
    log_stream_name = "in-process"
    identity = None
    client_context = None

    def __init__(self, config: Mapping[str, Any], request_id: str) -> None:
        self.function_name = config["FunctionName"]
        self.invoked_function_arn = config["FunctionArn"]
        self.memory_limit_in_mb = config["MemorySize"]
        self.aws_request_id = request_id
        self.log_group_name = f"/aws/lambda/{self.function_name}"
        self._until = time.monotonic() + config["Timeout"]

    def get_remaining_time_in_millis(self) -> int:
        """How long the function may still run."""
        return max(0, int(1000 * (self._until - time.monotonic())))


class InProcessStack(Stack):
    """Our template, deployed while the `with` block lasts, its handlers called in this process.

    Waits and the pauses between retries take no time, nothing happens by schedule, and roles are
    not enforced: `LocalStack` has all three. Calls to AWS go over HTTP to the same emulator.
    """

    def __init__(
        self,
        *,
        wait_scale: float = 0.0,
        environment: Mapping[str, str] | None = None,
        template: Path = ROOT / "template.yaml",
        parameters: Mapping[str, str] | None = None,
        name: str = "deskhand",
    ) -> None:
        super().__init__(template=template, parameters=parameters, name=name)
        self.wait_scale = wait_scale
        self.environment = dict(environment or {})
        self._handlers: dict[str, ModuleType] = {}
        self._loading = threading.Lock()
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        if not _one_at_a_time.acquire(blocking=False):
            raise RuntimeError("another InProcessStack is open; they would share one emulator")
        port = free_port()
        self.endpoint_url = f"http://127.0.0.1:{port}"
        with ExitStack() as undo:
            undo.callback(_one_at_a_time.release)
            undo.callback(_forget_wiring)
            undo.enter_context(environment(self._surroundings(port)))
            undo.enter_context(emulator(port, invoke=self.call, wait_scale=self.wait_scale))
            undo.callback(self.close)
            self.deploy()
            os.environ.update(self._told())
            _forget_wiring()
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._undo.close()

    def prepared(self) -> sam.Template:
        """Without schedules: a test says itself when a minute is over."""
        return sam.without_schedules(super().prepared())

    def call(self, function: Mapping[str, Any], event: object, request_id: str) -> dict[str, Any]:
        """Calls a handler as the emulator's worker would, and reports in the worker's terms."""
        config = function.get("config") or function
        try:
            handler = self._module(config["FunctionName"]).handler
            given = handler(json.loads(json.dumps(event)), Context(config, request_id))
            return {"body": json.loads(json.dumps(given)), "log": ""}
        except Exception as error:
            body = {
                "errorMessage": str(error),
                "errorType": type(error).__name__,
                "requestId": request_id,
                "stackTrace": traceback.format_tb(error.__traceback__),
            }
            return {"body": body, "error": True, "log": traceback.format_exc()}

    def _module(self, function_name: str) -> ModuleType:
        with self._loading:
            if function_name not in self._handlers:
                folder = next(key for key, name in self.functions.items() if name == function_name)
                self._handlers[function_name] = load_handler(self.folders[folder])
            return self._handlers[function_name]

    def _told(self) -> dict[str, str]:
        """What the functions are told in their environments; where two hear of it, they agree."""
        told: dict[str, str] = {}
        for name in self.functions.values():
            found = self.boto3_client("lambda").get_function_configuration(FunctionName=name)
            for variable, value in found.get("Environment", {}).get("Variables", {}).items():
                if told.setdefault(variable, value) != value:
                    raise ValueError(f"{name} is told another {variable} than a function before it")
        return told

    def _surroundings(self, port: int) -> dict[str, str]:
        return {
            **CREDENTIALS,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_XRAY_SDK_ENABLED": "false",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",
            "LAMBDA_EXECUTOR": "local",
            "LOG_LEVEL": "WARNING",
            "POWERTOOLS_TRACE_DISABLED": "true",
            **self.environment,
        }


def _forget_wiring() -> None:
    """Whatever was joined by another stack's environment is joined anew."""
    if wiring := sys.modules.get("deskhand.wiring"):
        wiring.reset()
