"""One call to Claude: what came back, or why nothing did, in words without any of what was said."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, NonNegativeInt, ValidationError

from deskhand.adapters.aws_errors import reached
from deskhand.adapters.models.claude.doors import load_sdk
from deskhand.domain.usage import Usage
from deskhand.errors import Rejected

CONNECT_S = 3.0
"""Of a connection, and once more of its encryption."""
BUSY = {408, 409, 425, 429}
HINTS = {
    401: "the key is wrong or was withdrawn",
    402: "there is no credit left",
    403: "the key or the role may not do this",
    404: "there is no such model, or not there",
    413: "more was sent than may be",
}
"""What those who answer for the desk can do about a status."""


class NoAnswerError(Exception):
    """The model was busy or could not be reached: somebody may be asked again."""

    def __init__(self, words: str, *, wait_s: float | None = None, silent: bool = False) -> None:
        super().__init__(words)
        self.wait_s = wait_s
        """How long it asks to be left alone; None where it does not say."""
        self.silent = silent
        """It took all the time that it was given."""


@dataclass(frozen=True)
class Said:
    """What the model said, why it stopped, and what it used."""

    text: str
    stop: str
    category: str
    """Of a refusal; else empty."""
    usage: Usage


class _Block(BaseModel):
    type: str
    text: str = ""


class _StopDetails(BaseModel):
    category: str | None = None


class _Used(BaseModel):
    input_tokens: NonNegativeInt
    output_tokens: NonNegativeInt
    cache_read_input_tokens: NonNegativeInt | None = None
    cache_creation_input_tokens: NonNegativeInt | None = None


class _Message(BaseModel):
    """What we read of an answer; whatever else there may be is left alone."""

    content: list[_Block]
    stop_reason: str | None
    stop_details: _StopDetails | None = None
    usage: _Used


def one_call(client: Any, request: dict[str, Any], *, limit_s: float) -> Said:
    """The answer to one HTTP request. `NoAnswerError`: worth another try; `Rejected`: not."""
    import httpx2

    sdk = load_sdk()
    limits = httpx2.Timeout(limit_s, connect=min(limit_s / 2, CONNECT_S))
    try:
        with reached("the credentials of Bedrock"):
            answer = client.messages.with_raw_response.create(**request, timeout=limits)
        body = answer.http_response.content
    except (sdk.APITimeoutError, httpx2.TimeoutException) as error:
        raise NoAnswerError("the language model, which did not answer in time,", silent=True) from (
            error
        )
    except sdk.APIStatusError as error:
        raise _refusal(error.response) from None
    except (sdk.APIConnectionError, httpx2.HTTPError) as error:
        raise NoAnswerError("the language model, which could not be reached,") from error
    except (sdk.AnthropicError, RuntimeError, TypeError, ValueError) as error:
        # No credentials, say. Some of these errors show what they were given.
        raise Rejected(f"the language model could not be asked: {type(error).__name__}") from None
    return _read(body)


def _read(body: bytes) -> Said:
    try:
        message = _Message.model_validate_json(body)
    except ValidationError:
        # A page of a proxy, say, or an answer that was cut off.
        raise NoAnswerError("the language model, whose answer was no message,") from None
    used, details = message.usage, message.stop_details
    return Said(
        text="".join(block.text for block in message.content if block.type == "text"),
        stop=_word(message.stop_reason),
        category=_word(details.category) if details else "",
        usage=Usage(
            calls=1,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            cache_read_tokens=used.cache_read_input_tokens or 0,
            cache_write_tokens=used.cache_creation_input_tokens or 0,
        ),
    )


def _refusal(response: Any) -> Exception:
    status = response.status_code
    number = response.headers.get("request-id", "")
    request = f", request {number}" if re.fullmatch(r"[\w-]{1,80}", number) else ""
    if status >= 500 or status in BUSY:
        return NoAnswerError(
            f"the language model (it answered {status}{request})", wait_s=_wait_s(response.headers)
        )
    hint = f": {HINTS[status]}" if status in HINTS else _kind_of(response)
    return Rejected(f"the language model refused with {status}{request}{hint}")


def _kind_of(response: Any) -> str:
    """The vendor's name for the error; its words may repeat ours, and so the customer's."""
    try:
        kind = _word(response.json()["error"]["type"])
    except (ValueError, KeyError, TypeError):
        return ""
    return f" ({kind})" if kind else ""


def _wait_s(headers: Any) -> float | None:
    for name, unit_s in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", said := headers.get(name, "")):
            return float(said) * unit_s
    return None


def _word(said: object) -> str:
    """A name that a vendor gives to something; empty where it is anything else."""
    return said if isinstance(said, str) and re.fullmatch(r"[a-z_]{1,60}", said) else ""
