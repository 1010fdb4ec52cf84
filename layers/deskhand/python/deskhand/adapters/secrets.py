"""Secrets by name, read from Secrets Manager and remembered for a short while."""

import time
from collections.abc import Callable
from typing import Any

from deskhand.adapters.aws_errors import reached
from deskhand.errors import Rejected

REMEMBERED_S = 300


class SecretReader:
    """Reads secrets; one that was rotated is noticed within `remembered_s`."""

    def __init__(
        self,
        client: Any,
        *,
        remembered_s: float = REMEMBERED_S,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._remembered_s = remembered_s
        self._seconds = seconds
        self._texts: dict[str, tuple[float, str]] = {}

    def text(self, name: str) -> str:
        """The secret's text. `Rejected`: there is none of that name, or it is empty."""
        now = self._seconds()
        read_at, text = self._texts.get(name, (0.0, ""))
        if text and now - read_at < self._remembered_s:
            return text
        with reached(f"the secret {name}"):
            answer = self._client.get_secret_value(SecretId=name)
        text = str(answer.get("SecretString", ""))
        if not text:
            raise Rejected(f"the secret {name} holds no text: put one in with Secrets Manager")
        self._texts[name] = (now, text)
        return text
