"""What the stand-in for Claude may be told to say: answers, refusals, failures, and silence."""

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}
"""The names that the API gives to its errors; all others are `api_error`."""


@dataclass(frozen=True)
class Answer:
    """A message of the model's."""

    blocks: tuple[dict[str, Any], ...]
    stop: str | None = "end_turn"
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Failure:
    """An error, as the API or something before it says it."""

    status: int
    message: str = "something went wrong"
    headers: dict[str, str] = field(default_factory=dict)
    page: str = ""
    """HTML instead of the API's JSON."""


@dataclass(frozen=True)
class Silence:
    """Nothing at all, until the other side gives up."""


@dataclass(frozen=True)
class HangUp:
    """The line goes dead in the middle of an answer."""

    answer: Answer


@dataclass(frozen=True)
class Drops:
    """An answer that begins and never ends, one byte after another."""

    every_s: float = 0.02


@dataclass(frozen=True)
class Breaks:
    """A stream that fails after it began, or just ends: for whoever reads along."""

    answer: Answer
    overloaded: bool = False


Reply = Answer | Failure | Silence | HangUp | Drops | Breaks


def says(what: object) -> Answer:
    """A text as it is; anything else as JSON."""
    if isinstance(what, BaseModel):
        what = what.model_dump(mode="json")
    text = what if isinstance(what, str) else json.dumps(what)
    return Answer((_text(text),))


def nothing() -> Answer:
    """An answer without content."""
    return Answer(())


def thinks(thought: str, what: object) -> Answer:
    """A block of thinking before the answer."""
    thinking = {"type": "thinking", "thinking": thought, "signature": "c2lnbmVk"}
    return Answer((thinking, *says(what).blocks))


def uses_tool(name: str, **arguments: object) -> Answer:
    """A wish to use a tool, after a word."""
    use = {"type": "tool_use", "id": "toolu_1", "name": name, "input": arguments}
    return Answer((_text("One moment."), use), stop="tool_use")


def refuses(category: str | None = None) -> Answer:
    """What a safety classifier does."""
    details = {"type": "refusal", "category": category, "explanation": None}
    return Answer((), stop="refusal", details=details)


def cut_off(what: object) -> Answer:
    """An answer that was longer than `max_tokens`: half of it."""
    text = says(what).blocks[0]["text"]
    return Answer((_text(text[: len(text) // 2]),), stop="max_tokens")


def too_much_to_read() -> Answer:
    """More than the model's context holds."""
    return Answer((), stop="model_context_window_exceeded")


def fails(status: int, *, retry_after_s: float | None = None, message: str = "no") -> Failure:
    """An error of the API's."""
    headers = {} if retry_after_s is None else {"retry-after": f"{retry_after_s:g}"}
    return Failure(status, message, headers)


def page(status: int) -> Failure:
    """An error of a proxy's, in HTML."""
    return Failure(status, page=f"<html><body><h1>{status}</h1><p>proxy</p></body></html>")


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}
