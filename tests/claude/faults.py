"""What Claude may answer instead of an answer, by the two ways in which it is met."""

from tests.claude.asking import FINE
from tests.claude.replies import (
    Answer,
    HangUp,
    Reply,
    fails,
    nothing,
    page,
    says,
    thinks,
    uses_tool,
)

MISSHAPEN: dict[str, Answer] = {
    "invalid JSON": says("The sky is blue."),
    "cut JSON": says('{"sky": "blue", "degr'),
    "wrong schema": says({"sky": 7, "degrees": "warm"}),
    "beyond the limits of the type": says({"sky": "blue", "degrees": 1000}),
    "a list": says([FINE]),
    "empty text": says("   "),
    "no content": nothing(),
    "only thinking": Answer(thinks("Hm", FINE).blocks[:1]),
    "a wish for a tool": uses_tool("weather", city="Berlin"),
    "no reason to stop": Answer(says(FINE).blocks, stop=None),
    "a reason that nobody knows": Answer(says(FINE).blocks, stop="Tired of: this"),
    "far too deep": says("[" * 50_000),
}
"""Answers that cannot be read: they are asked for once more."""
BUSY: dict[str, Reply] = {
    "too early": fails(425),
    "request timeout": fails(408),
    "conflict": fails(409),
    "rate limit": fails(429),
    "server error": fails(500),
    "bad gateway": page(502),
    "unavailable": page(503),
    "overloaded": fails(529),
    "a page instead of a message": page(200),
    "hung up": HangUp(says(FINE)),
}
"""Calls that fail at once: they are tried once more."""
