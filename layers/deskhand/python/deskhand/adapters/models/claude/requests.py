"""The request that an ask becomes: what is steady first and marked for the cache, the turn last."""

import base64
import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from deskhand.adapters.models.claude.ask import AnswerT, Ask
from deskhand.adapters.models.claude.doors import Door, load_sdk
from deskhand.adapters.models.claude.known_models import CACHED_FOR, known
from deskhand.domain.file import OpenedFile
from deskhand.domain.models import ModelChoice
from deskhand.errors import Rejected

Block = dict[str, Any]
IMAGES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
MOST_IMAGE_BYTES = 3_750_000
"""The API takes an image of 5 MB, as base64."""
MOST_ECHOED = 20_000
"""So many characters of a misshapen answer are shown to the model that is asked once more."""


def is_taken(file: OpenedFile) -> bool:
    """Whether the API takes a file of that size; all together whoever opened them has minded."""
    return file.media_type not in IMAGES or len(file.content) <= MOST_IMAGE_BYTES


def request_of(ask: Ask[AnswerT], choice: ModelChoice, model: str, door: Door) -> dict[str, Any]:
    """The arguments of the SDK's `messages.create`. No sampling settings: these models take none;
    no stream: nobody reads along, and an answer is used whole or not at all."""
    schema = schema_of(ask.answer)
    steady = [text for text in ask.steady if text]
    output: dict[str, Any] = {"effort": choice.effort}
    if door.holds_to_schema:
        output["format"] = {"type": "json_schema", "schema": schema}
    else:
        steady.append(_in_words(schema))
    request: dict[str, Any] = {
        "model": door.model_id(model),
        "max_tokens": choice.max_tokens,
        "messages": [{"role": "user", "content": [*map(_file, ask.files), _text(ask.turn)]}],
        "output_config": output,
    }
    if steady:
        request["system"] = _kept(steady)
    # Thinking is paid as an answer is, and waits: at the lowest effort there is none.
    if choice.effort == "low" and (without := known(model).without_thinking):
        request["thinking"] = {"type": without}
    return request


def asked_again(request: dict[str, Any], answer: str, why: str) -> dict[str, Any]:
    """The same request after an answer that could not be read, and why that was."""
    words = f"That answer cannot be read: {why}. Give it once more, whole, as JSON of the schema."
    said = [{"role": "assistant", "content": answer[:MOST_ECHOED]}] if answer.strip() else []
    return request | {
        "messages": [*request["messages"], *said, {"role": "user", "content": [_text(words)]}]
    }


@lru_cache(maxsize=64)
def schema_of(answer: type[BaseModel]) -> dict[str, Any]:
    """The answer's schema as the API takes it: limits that it cannot hold to become words."""
    schema: dict[str, Any] = load_sdk().transform_schema(answer)
    return schema


def _kept(steady: list[str]) -> list[Block]:
    blocks = [_text(text) for text in steady]
    blocks[-1]["cache_control"] = {"type": "ephemeral", "ttl": CACHED_FOR}
    return blocks


def _in_words(schema: dict[str, Any]) -> str:
    exactly = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return (
        "Answer with one JSON object that fits this schema, and with nothing before or after it:\n"
        + exactly
    )


def _text(text: str) -> Block:
    return {"type": "text", "text": text}


def _file(file: OpenedFile) -> Block:
    """A block whose beginning and end no content can forge. No name: that is the customer's."""
    if file.media_type == "text/plain":
        text = file.content.decode("utf-8", "replace")
        return _document({"type": "text", "media_type": file.media_type, "data": text})
    source = {
        "type": "base64",
        "media_type": file.media_type,
        "data": base64.b64encode(file.content).decode("ascii"),
    }
    if file.media_type in IMAGES:
        return {"type": "image", "source": source}
    if file.media_type == "application/pdf":
        return _document(source)
    raise Rejected(f"a file of the type {file.media_type} cannot be shown to a language model")


def _document(source: dict[str, str]) -> Block:
    return {"type": "document", "source": source}
