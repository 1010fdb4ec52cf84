"""The OpenSearch of this machine: shared while somebody uses it, and gone with the last of them."""

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.local_stack.ports import answers
from scripts.search_server import ServerMissingError, search_server, server, shared_search_server
from tests.builders import ROOT

USES_IT = (
    "import time; from scripts.search_server import search_server\n"
    "with search_server() as url: print(url, flush=True); time.sleep(600)"
)


def gone(url: str) -> bool:
    deadline, pause = time.monotonic() + 20, threading.Event()
    while answers(url) and time.monotonic() < deadline:
        pause.wait(0.05)
    return not answers(url)


@pytest.mark.slow
def test_those_who_come_at_once_share_one_server_which_ends_with_the_last(tmp_path: Path) -> None:
    both_are_in, urls = threading.Barrier(2), list[str]()

    def use(_: int) -> bool:
        with shared_search_server(tmp_path) as url:
            urls.append(url)
            both_are_in.wait(120)
            return answers(url)

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(use, range(2)))

    assert len(set(urls)) == 1
    assert gone(urls[0])


@pytest.mark.slow
def test_a_server_ends_though_whoever_started_it_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", USES_IT], cwd=ROOT, stdout=subprocess.PIPE
    ) as user:
        assert user.stdout is not None
        url = user.stdout.readline().decode().strip()
        assert answers(url)
        user.send_signal(signal.SIGKILL)

    assert gone(url)


def test_where_it_was_never_fetched_one_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HOME", tmp_path)

    with (
        pytest.raises(ServerMissingError, match=r"install Java 17 .* then say `make opensearch`"),
        search_server(),
    ):
        pass


def test_a_server_that_cannot_start_tells_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".fetched").touch()
    monkeypatch.setattr(server, "HOME", tmp_path)

    with pytest.raises(ServerMissingError, match=r"did not start: .*SearchServer"), search_server():
        pass
