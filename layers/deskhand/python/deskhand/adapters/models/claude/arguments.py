"""Reads the arguments that a model filled in, tidied before anybody is asked about them."""

import json
import math
import re
from typing import NoReturn

from pydantic import JsonValue

from deskhand.text.links import LINK
from deskhand.text.visible import one_line

LINK_LEFT_OUT = "(link left out)"
MOST_CHARS = 600
"""Of one text: it stands in the question whether to go on, which somebody has to read."""
MOST_DEPTH = 5
MOST_WHOLE = 10**15
"""No count, no amount and no id is larger; a store may not take a longer number."""
_PLACE = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,24}/\S*", re.IGNORECASE)
"""A link without its scheme."""


def arguments_in(written: str) -> dict[str, JsonValue]:
    """The JSON object that was written, tidied; where it is none, what was written, under a name
    that no tool takes: so it is refused, and whoever wrote it hears of it."""
    try:
        read: JsonValue = json.loads(written.strip() or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        return {"unreadable": tidy_text(written)[:200]}
    return {tidy_text(name): _tidy(value, MOST_DEPTH) for name, value in read.items()}


def tidy_text(text: str) -> str:
    """The text in one line, without links and invisible characters; what is typed stands between
    quotation marks where people are asked about it, and cannot end them."""
    written = one_line(text).replace('"', "'")
    line = _PLACE.sub(LINK_LEFT_OUT, LINK.sub(LINK_LEFT_OUT, written[: 2 * MOST_CHARS]))
    if len(written) <= 2 * MOST_CHARS and len(line) <= MOST_CHARS:
        return line
    return f"{line[: MOST_CHARS - 2].rstrip()} …"


def _tidy(value: JsonValue, depth: int) -> JsonValue:
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if math.isfinite(value) and abs(value) <= MOST_WHOLE else "too large"
    if depth == 0:
        return "too deep"
    if isinstance(value, list):
        return [_tidy(one, depth - 1) for one in value]
    return {tidy_text(name): _tidy(one, depth - 1) for name, one in value.items()}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
