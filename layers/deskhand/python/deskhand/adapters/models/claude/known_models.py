"""What differs from one model of Claude to the next, by the vendor's pages of November 2026."""

from dataclasses import dataclass

CACHED_FOR = "1h"
"""How long a steady prefix is kept after it was last read: `5m` or `1h`.

To write one costs 1.25 or 2 times its tokens, to read it a tenth. With r asks an hour, come by
chance, a prefix is gone with a chance of e^(-r/12) or e^-r. So an hour is the cheaper one from one
ask in two hours on, and better than no cache from one in 80 minutes on; five minutes begin to pay
at three asks an hour, and never cost less where a cache pays at all.
"""


@dataclass(frozen=True)
class KnownModel:
    """What a request has to mind of one model."""

    min_cached_tokens: int
    """A shorter prefix is never kept, and nobody says so."""
    without_thinking: str = ""
    """The `thinking.type` with which it answers at once; empty where it always decides itself."""


UNKNOWN = KnownModel(min_cached_tokens=4096)
"""A model that is not listed: the most that any of them wants, and nothing asked for by name."""

KNOWN = {
    "claude-haiku-5-5": KnownModel(min_cached_tokens=512, without_thinking="disabled"),
    # Refuses `disabled`; without tools there is nothing that it could think between.
    "claude-sonnet-5-5": KnownModel(min_cached_tokens=512, without_thinking="between_tools"),
    # Always thinks, the less the lower the effort.
    "claude-opus-5-5": KnownModel(min_cached_tokens=512),
}


def known(model: str) -> KnownModel:
    """What is known of a model, by its id in the API of Anthropic."""
    return KNOWN.get(model, UNKNOWN)
