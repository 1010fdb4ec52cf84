"""What a piece of work used of a language model, and what that cost."""

from collections.abc import Iterable
from functools import reduce

from pydantic import NonNegativeInt

from deskhand.domain.noun import Noun


class Usage(Noun):
    """Tokens and their price; the local models cost nothing."""

    model: str = "none"
    """Which model it was; of several the one that was asked last."""
    calls: NonNegativeInt = 0
    input_tokens: NonNegativeInt = 0
    """Read anew: neither from a cache nor into one."""
    cache_read_tokens: NonNegativeInt = 0
    cache_write_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    cost_microusd: NonNegativeInt = 0
    """Millionths of a US dollar, so that sums stay whole."""

    def plus(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            model=self.model if other.model == "none" else other.model,
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cache_read_tokens=self.cache_read_tokens + other.cache_read_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_microusd=self.cost_microusd + other.cost_microusd,
        )


def sum_of(usages: Iterable[Usage]) -> Usage:
    """All of them together."""
    return reduce(Usage.plus, usages, Usage())


class Spent(Noun):
    """What was spent on models so far."""

    conversation_microusd: NonNegativeInt = 0
    day_microusd: NonNegativeInt = 0
    """In all conversations since midnight, UTC."""
