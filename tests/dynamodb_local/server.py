"""DynamoDB Local, AWS's own engine in a process of its own: what moto and the twins are held to."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from scripts.local_stack.ports import free_port
from tests.builders import ROOT

HOME = ROOT / ".cache" / "dynamodb-local"
MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner"
START_TIMEOUT_S, STOP_TIMEOUT_S = 30, 5


@contextmanager
def dynamodb_local() -> Iterator[Any]:
    """A client of a DynamoDB that is empty, lives in memory, and ends with the block."""
    java = shutil.which("java")
    if java is None or not (HOME / ".fetched").is_file():
        raise RuntimeError(
            "DynamoDB Local is not here; install Java 17 and Maven, and `make test` fetches it"
        )
    port = free_port()
    log = HOME / f"{port}.log"
    command = [java, "-Xmx256m", "-Djava.library.path=lib", "-cp", "lib/*", MAIN]
    options = ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen([*command, *options], cwd=HOME, stdout=output, stderr=output)
    try:
        _wait_until_it_listens(port, server, log)
        with closing(_client(port)) as client:
            yield client
    finally:
        server.terminate()
        server.wait(STOP_TIMEOUT_S)
    log.unlink()


def _client(port: int) -> Any:
    return boto3.client(
        "dynamodb",
        endpoint_url=f"http://127.0.0.1:{port}",
        config=Config(max_pool_connections=32),
        region_name="us-east-1",
        aws_access_key_id="local",  # letters and digits, or it refuses
        aws_secret_access_key="local",
    )


def _wait_until_it_listens(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"DynamoDB Local did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
