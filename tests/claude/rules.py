"""What the Messages API refuses, so that a test sees what we would otherwise see in production."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from tests.claude.schema_rules import wrong_in

KNOWN_FIELDS = {
    *("model", "max_tokens", "messages", "system", "tools", "tool_choice", "stream", "thinking"),
    *("output_config", "metadata", "stop_sequences", "service_tier", "cache_control"),
    *("container", "inference_geo", "diagnostics", "speed", "user_profile_id"),
}
SAMPLING = ("temperature", "top_p", "top_k")
THINKING = {
    "claude-haiku-5-5": {"adaptive", "disabled"},
    "claude-sonnet-5-5": {"adaptive", "between_tools"},
    "claude-opus-5-5": {"adaptive"},
}
EFFORTS = {"low", "medium", "high", "xhigh", "max"}
IMAGES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
MOST_MARKS = 4
MOST_IMAGE_BYTES = 10_000_000
MOST_REQUEST_BYTES = 32_000_000

Blocks = list[dict[str, Any]]


def refused(body: dict[str, Any], *, in_bedrock: bool) -> tuple[int, str] | None:
    """The status and the words with which the API turns a request down; None where it does not."""
    for rule in (_fields, _model, _talk, _blocks, _marks, _tools, _output):
        if why := rule(body):
            return why
    output = body.get("output_config") or {}
    if in_bedrock and "format" in output:
        return 400, "output_config.format: Extra inputs are not permitted"
    return None


def blocks_of(content: object) -> Blocks:
    """A message's content as blocks, however it was written."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return list(content) if isinstance(content, list) else []


def _bad(words: str) -> tuple[int, str]:
    return 400, words


def _fields(body: dict[str, Any]) -> tuple[int, str] | None:
    if any(body.get(name) is not None for name in SAMPLING):
        return _bad("sampling parameters are not supported on this model")
    if unknown := set(body) - KNOWN_FIELDS - set(SAMPLING):
        return _bad(f"{sorted(unknown)[0]}: Extra inputs are not permitted")
    most = body.get("max_tokens")
    if most is None:
        return _bad("max_tokens: Field required")
    if not isinstance(most, int) or not 0 <= most <= 128_000:
        return _bad("max_tokens: out of range")
    return None


def _model(body: dict[str, Any]) -> tuple[int, str] | None:
    model = str(body.get("model", "")).removeprefix("anthropic.")
    if model not in THINKING:
        return 404, f"model: {model}"
    kind = (body.get("thinking") or {"type": "adaptive"}).get("type")
    effort = (body.get("output_config") or {}).get("effort", "high")
    if kind not in THINKING[model]:
        return _bad(f'"thinking.type.{kind}" is not supported for this model')
    if effort not in EFFORTS:
        return _bad("output_config.effort: Input should be low, medium, high, xhigh or max")
    if kind in ("disabled", "between_tools") and effort in ("xhigh", "max"):
        return _bad(f"thinking {kind} is not supported at this effort")
    return None


def _talk(body: dict[str, Any]) -> tuple[int, str] | None:
    messages = body.get("messages") or []
    if not messages:
        return _bad("messages: at least one message is required")
    if messages[0].get("role") != "user":
        return _bad("messages: first message must use the user role")
    if messages[-1].get("role") != "user":
        return _bad("This model does not support assistant message prefill")
    return None


def _blocks(body: dict[str, Any]) -> tuple[int, str] | None:
    for message in body["messages"]:
        if not (blocks := blocks_of(message.get("content"))):
            return _bad("messages: content must be non-empty")
        for block in blocks:
            if why := _wrong_block(block):
                return why
    for block in blocks_of(body.get("system") or []):
        if not block.get("text"):
            return _bad("system: text content blocks must be non-empty")
    return None


def _wrong_block(block: dict[str, Any]) -> tuple[int, str] | None:
    if block["type"] == "text" and not block.get("text"):
        return _bad("messages: text content blocks must be non-empty")
    source = block.get("source") or {}
    if source.get("type") != "base64":
        return None
    try:
        data = base64.b64decode(source["data"], validate=True)
    except binascii.Error:
        return _bad("source.base64: invalid base64 data")
    if block["type"] == "image" and source["media_type"] not in IMAGES:
        return _bad("source.base64.media_type: Input should be an image type")
    if block["type"] == "image" and len(data) > MOST_IMAGE_BYTES:
        return _bad("image exceeds 10 MB maximum")
    if block["type"] == "document" and not data.startswith(b"%PDF-"):
        return _bad("The PDF specified was not valid.")
    return None


def marked(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every block of a request in the order in which it is read."""
    yield from body.get("tools") or ()
    yield from blocks_of(body.get("system") or [])
    for message in body["messages"]:
        yield from blocks_of(message["content"])


def _marks(body: dict[str, Any]) -> tuple[int, str] | None:
    lives = [block["cache_control"] for block in marked(body) if block.get("cache_control")]
    if len(lives) > MOST_MARKS:
        return _bad(f"A maximum of 4 blocks with cache_control may be provided. Found {len(lives)}")
    kept = [life.get("ttl", "5m") for life in lives]
    if any(life not in ("5m", "1h") for life in kept):
        return _bad("cache_control.ttl: Input should be '5m' or '1h'")
    if "1h" in kept[kept.index("5m") :] if "5m" in kept else False:
        return _bad("a ttl='1h' block must not come after a ttl='5m' block")
    return None


def _tools(body: dict[str, Any]) -> tuple[int, str] | None:
    if (body.get("tool_choice") or {}).get("type") in ("any", "tool"):
        return _bad("tool_choice: this model does not support forced tool use")
    messages = body["messages"]
    for said, answer in zip(messages, [*messages[1:], {"content": []}], strict=True):
        used = {b["id"] for b in blocks_of(said["content"]) if b["type"] == "tool_use"}
        told = {b.get("tool_use_id") for b in blocks_of(answer["content"])}
        if used - told:
            return _bad("tool_use ids were found without tool_result blocks immediately after")
    return None


def _output(body: dict[str, Any]) -> tuple[int, str] | None:
    shape = (body.get("output_config") or {}).get("format")
    if shape is None:
        return None
    if shape.get("type") != "json_schema":
        return _bad("output_config.format.type: Input should be 'json_schema'")
    why = wrong_in(shape.get("schema") or {})
    return _bad(why) if why else None
