"""Where Claude is asked: at Anthropic's own API by a key, or in Bedrock by the function's role.

The SDK takes most of a second to import: it is imported when the first question is asked.
"""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol

from deskhand.adapters.aws_errors import reached
from deskhand.adapters.models.claude.in_time import InTime
from deskhand.errors import Rejected

ANTHROPIC_API = "https://api.anthropic.com"


class Door(Protocol):
    """One way to Claude."""

    holds_to_schema: bool
    """Whether an answer is held to a JSON schema there; else the schema is said in words."""

    def model_id(self, model: str) -> str:
        """What a model is called there."""
        ...

    def client(self) -> Any:
        """The SDK's client, as it should be used now. `Rejected`: it cannot be made."""
        ...

    def close(self) -> None:
        """Closes its connections; the next question opens new ones."""
        ...


class AnthropicDoor:
    """Anthropic's API, with a key that may be changed at any time."""

    holds_to_schema = True

    def __init__(self, key: Callable[[], str], *, address: str = ANTHROPIC_API) -> None:
        self._key = key
        self._address = address
        self._lock = Lock()
        self._made: tuple[str, Any] = ("", None)

    def model_id(self, model: str) -> str:
        """As the policy names it."""
        return model

    def client(self) -> Any:
        """A client with the key as it is now."""
        key = self._key().strip()
        # A header is one line of ASCII; whoever else complains of it would show it.
        if not (key and key.isascii() and key.isprintable()):
            raise Rejected("the key of Anthropic's API is no key: put it into its secret alone")
        with self._lock:
            if self._made[0] != key:
                self.close()
                self._made = (key, load_sdk().Anthropic(api_key=key, **_habits(self._address)))
            return self._made[1]

    def close(self) -> None:
        """Closes its connections; the next question opens new ones."""
        _, client = self._made
        if client is not None:
            client.close()
        self._made = ("", None)


class BedrockDoor:
    """Claude in this account's Bedrock; each request is signed with the rights of whoever runs
    this.

    Bedrock refuses the schema of an answer for these models (`output_config.format`).
    """

    holds_to_schema = False

    def __init__(self, *, region: str = "", address: str | None = None) -> None:
        """Without a region, the one of the environment."""
        self._region = region
        self._address = address
        self._lock = Lock()
        self._made: Any = None

    def model_id(self, model: str) -> str:
        """With the vendor's name in front."""
        return f"anthropic.{model}"

    def client(self) -> Any:
        """A client that signs by role."""
        with self._lock:
            if self._made is None:
                self._made = self._signing()
            return self._made

    def close(self) -> None:
        """Closes its connections; the next question opens new ones."""
        if self._made is not None:
            self._made.close()
        self._made = None

    def _signing(self) -> Any:
        sdk = load_sdk()
        try:
            with reached("the region of Bedrock"):
                region = self._region or _own_region()
            return sdk.AnthropicBedrockMantle(aws_region=region, **_habits(self._address))
        except sdk.AnthropicError as error:
            raise Rejected(f"Bedrock could not be asked: {error}") from error


def load_sdk() -> Any:
    """The SDK, which logs nothing of what is said to it."""
    import anthropic

    for name in ("anthropic", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return anthropic


def _own_region() -> str | None:
    import boto3

    region: str | None = boto3.Session().region_name
    return region


def _habits(address: str | None) -> dict[str, Any]:
    """What all clients have in common: they try once, go nowhere else, and tell nobody."""
    sdk = load_sdk()
    in_time = InTime()
    hooks = {"request": [in_time.begins], "response": [in_time.ends]}
    return {
        "base_url": address,
        "max_retries": 0,
        "open_telemetry": False,
        "http_client": sdk.DefaultHttpxClient(follow_redirects=False, event_hooks=hooks),
    }
