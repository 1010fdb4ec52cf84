"""The file by which a command finds the desk that `deskhand serve` runs in this checkout."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from deskhand.domain.noun import Noun
from scripts.deskhand_cli.api import Address
from scripts.local_stack.ports import answers
from scripts.local_stack.stack import ROOT

SESSION_FILE = ROOT / ".cache" / "session.json"


class Session(Noun):
    """A desk that runs: where it is, what opens it, and the process that keeps it up."""

    endpoint_url: str
    api_url: str
    api_key: str
    webhook_secret: str
    pid: int
    shop: str = ""
    """The file of its sample shop, if it has one."""

    @property
    def address(self) -> Address:
        """How to talk to it."""
        return Address(self.api_url, self.api_key, self.webhook_secret, self.shop)

    @property
    def inbox_url(self) -> str:
        """The inbox page, which takes the key from behind the `#` and hides it."""
        return f"{self.api_url}/inbox#key={self.api_key}"


def running_session(file: Path = SESSION_FILE) -> Session | None:
    """The session of a desk that answers; what a desk left behind that is gone is not one."""
    try:
        session = Session.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return session if answers(f"{session.api_url}/inbox") else None


@contextmanager
def announced(session: Session, file: Path = SESSION_FILE) -> Iterator[None]:
    """The session is in the file, readable by its owner alone, while the block lasts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(session.model_dump_json())
    fresh.replace(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
