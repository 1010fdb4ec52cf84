"""A person at a terminal: what they type, what they read, and the desk that answers."""

from collections.abc import Callable

import httpx
import pytest

from scripts.deskhand_cli import main
from scripts.deskhand_cli.api import Address, DeskApi
from scripts.deskhand_cli.session import Session

Command = Callable[..., tuple[int, str, str]]
"""Takes the words of a command; gives its exit code and what it said on each stream."""


def typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *first: str
) -> Command:
    """Runs `deskhand` with these first words, then those that a test types."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["deskhand", *first, *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def a_session(**bent: str) -> Session:
    """The session of a desk at which nobody listens."""
    given = {
        "endpoint_url": "http://127.0.0.1:9",
        "api_url": "http://127.0.0.1:9/api",
        "api_key": "k",
        "webhook_secret": "s",
        "pid": 1,
    }
    return Session.model_validate(given | bent)


def an_api(
    answer: Callable[[httpx.Request], httpx.Response], address: Address | None = None
) -> DeskApi:
    """A desk that answers so, without a wire."""
    return DeskApi(address or a_session().address, transport=httpx.MockTransport(answer))
