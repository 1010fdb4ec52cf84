"""The local AWS in a process of its own, each function in its own worker: as close as it gets."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.local_stack.ports import answers, free_port
from scripts.local_stack.stack import CREDENTIALS, REGION, ROOT, DeploymentFailedError, Stack

START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 5


class LocalStack(Stack):
    """Our template, deployed and running while the `with` block lasts; bound to this machine alone.

    With `auth` each function has only the rights that its role in the template gives it.
    `environment` is what the workers get besides: nothing of this process's own reaches them.
    """

    def __init__(
        self,
        *,
        auth: bool = True,
        wait_scale: float = 1.0,
        environment: Mapping[str, str] | None = None,
        template: Path = ROOT / "template.yaml",
        parameters: Mapping[str, str] | None = None,
        name: str = "deskhand",
    ) -> None:
        super().__init__(template=template, parameters=parameters, name=name)
        self.auth = auth
        self.wait_scale = wait_scale
        self.environment = dict(environment or {})
        self._home = Path()
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="deskhand-"))
        try:
            self._start()
            self.deploy()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def process_group(self) -> int:
        """The group of the emulator's process and of all its workers."""
        assert self._server is not None, "the stack is not open"
        return self._server.pid

    def server_log(self) -> str:
        """What the emulator itself said, for when something is wrong with it."""
        return (self._home / "server.log").read_text(encoding="utf-8", errors="replace")

    def _start(self) -> None:
        port = free_port()
        self.endpoint_url = f"http://127.0.0.1:{port}"
        with (self._home / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "scripts.local_stack.server", str(self._home)],
                cwd=ROOT,
                env=self._clean_environment(port),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not answers(f"{self.endpoint_url}/_ministack/health"):
            if self._server.poll() is not None or time.monotonic() > deadline:
                said = self.server_log()[-2000:]
                raise DeploymentFailedError(f"the local AWS did not start; it said:\n{said}")
            time.sleep(0.02)

    def _clean_environment(self, port: int) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            **kept,
            **CREDENTIALS,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_XRAY_SDK_ENABLED": "false",
            "AUTH": "true" if self.auth else "false",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "HOME": str(self._home),
            "IOT_MTLS_ENABLED": "0",
            "LAMBDA_EXECUTOR": "local",
            "LOG_LEVEL": "WARNING",
            "POWERTOOLS_TRACE_DISABLED": "true",
            "PYTHONPATH": os.pathsep.join(
                (str(ROOT / "layers" / "deskhand" / "python"), str(ROOT))
            ),
            "SFN_WAIT_SCALE": str(self.wait_scale),
            "TMPDIR": str(self._home),
            **self.environment,
        }

    def _stop(self) -> None:
        if self._server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGTERM)
            try:
                self._server.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(self._server.pid, signal.SIGKILL)
                self._server.wait()
            assert self._server.stdin is not None
            self._server.stdin.close()
            self._server = None
        self.close()
        shutil.rmtree(self._home, ignore_errors=True)
