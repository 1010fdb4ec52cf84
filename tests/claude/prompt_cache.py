"""How the API keeps the beginnings of requests, and what it counts of each request.

Tokens are estimated as the product does; that is a few per cent beside the vendor's own count. A
file counts as many as one page or one picture.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from deskhand.adapters.models.claude.known_models import known
from deskhand.text.tokens import estimated_tokens
from tests.claude.rules import marked

FILE_TOKENS = 1600
LIVES = {"5m": timedelta(minutes=5), "1h": timedelta(hours=1)}


class PromptCache:
    """Remembers the beginnings that were marked, each for as long as its mark says after it was
    last read."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    def usage(self, body: dict[str, Any]) -> dict[str, Any]:
        """The counts of a request's input as the API reports them; keeps what is marked."""
        model = str(body["model"]).removeprefix("anthropic.")
        output = body.get("output_config") or {}
        # Another schema is another beginning.
        digest = hashlib.sha256(json.dumps([model, output.get("format")]).encode())
        # The schema is told to the model before everything else.
        tokens = estimated_tokens(json.dumps(output.get("format"))) if "format" in output else 0
        read, written = 0, {"5m": 0, "1h": 0}
        begun: list[tuple[str, int, str]] = []
        for block in marked(body):
            plain = {key: value for key, value in block.items() if key != "cache_control"}
            digest.update(json.dumps(plain, sort_keys=True).encode())
            tokens += tokens_of(block)
            if mark := block.get("cache_control"):
                begun.append((digest.hexdigest(), tokens, mark.get("ttl", "5m")))
        kept = [one for one in begun if one[1] >= known(model).min_cached_tokens]
        now, known_until = self._clock(), 0
        for name, so_many, life in kept:
            if self._until.get(name, now) > now:
                read = so_many
            else:
                written[life] += so_many - max(read, known_until)
            known_until = so_many
            self._until[name] = now + LIVES[life]
        return {
            "input_tokens": tokens - known_until,
            "cache_read_input_tokens": read,
            "cache_creation_input_tokens": sum(written.values()),
            "cache_creation": {
                "ephemeral_5m_input_tokens": written["5m"],
                "ephemeral_1h_input_tokens": written["1h"],
            },
        }


def tokens_of(block: dict[str, Any]) -> int:
    """About how many tokens a block is."""
    source = block.get("source") or {}
    if source.get("type") == "base64":
        return FILE_TOKENS
    if "input_schema" in block:
        return estimated_tokens(json.dumps(block["input_schema"]) + block.get("description", ""))
    inside = block.get("text") or source.get("data") or block.get("input") or block.get("content")
    return estimated_tokens(inside if isinstance(inside, str) else json.dumps(inside))
