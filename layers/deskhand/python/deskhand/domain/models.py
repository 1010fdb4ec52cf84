"""Which language model does what, what it costs, and how much may be spent."""

from datetime import date
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from deskhand.domain.noun import Noun
from deskhand.domain.usage import Usage

Task = Literal["classify", "draft", "redraft", "judge"]
"""What a model is asked for; `redraft` is a draft that the gate sent back."""
Effort = Literal["low", "medium", "high"]


class ModelChoice(Noun):
    """The model of one task, and its limits."""

    model: str
    fallback: str = ""
    """Asked where the first one is down or refuses; empty: nobody else is asked."""
    max_tokens: PositiveInt
    """Of the answer; one that is cut off there counts as none."""
    timeout_s: PositiveFloat
    """For the whole of a call and its retry: below what the function lives."""
    effort: Effort = "low"


class Price(Noun):
    """What a model costs, in millionths of a US dollar for a thousand tokens."""

    input_microusd: NonNegativeInt
    output_microusd: NonNegativeInt
    cache_read_microusd: NonNegativeInt | None = None
    """None: as dear as to read it anew."""
    cache_write_microusd: NonNegativeInt | None = None
    """None: twice as dear as to read it, the most that is asked for it."""
    long_prompt_tokens: NonNegativeInt = 0
    """A prompt of more tokens, cached ones counted, is a long one; 0: none is."""
    long_prompt_times: PositiveInt = 1
    """So many times all of these prices, the answer's too, costs a call with a long prompt."""

    def cost_microusd(self, usage: Usage) -> int:
        """The price of one call, rounded up to a millionth; of several together it would be too
        high where only their sum is a long prompt."""
        read, write = self.cache_read_microusd, self.cache_write_microusd
        thousandths = (
            usage.input_tokens * self.input_microusd
            + usage.output_tokens * self.output_microusd
            + usage.cache_read_tokens * (self.input_microusd if read is None else read)
            + usage.cache_write_tokens * (2 * self.input_microusd if write is None else write)
        )
        prompt = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
        if self.long_prompt_tokens and prompt > self.long_prompt_tokens:
            thousandths *= self.long_prompt_times
        return -(-thousandths // 1000)


class Budget(Noun):
    """How much may be spent on models before people take over, in millionths of a US dollar."""

    conversation_microusd: NonNegativeInt = 500_000
    day_microusd: NonNegativeInt = 50_000_000


class Models(Noun):
    """Everything that is settled about language models in advance."""

    tasks: dict[Task, ModelChoice] = Field(default_factory=dict)
    budget: Budget = Budget()
    prices: dict[str, Price] = Field(default_factory=dict)
    prices_checked: date | None = None
    """When somebody last compared the prices with the vendor's page."""
