"""The measurement of cost as a whole: for machines, and what it stands on in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from deskhand.domain.models import Models
from scripts.evaluation.cost_tiers import (
    PUBLISHED_MICROUSD,
    RESOLVED,
    TARGET_MICROUSD,
    TURNS,
    Cost,
    Turns,
    costs,
    judge_microusd,
    redraft_microusd,
)


@dataclass(frozen=True)
class CostReport:
    """What was counted, and by which prices and traffic it is priced."""

    conversations: Sequence[Turns]
    models: Models
    counter: str
    """Who counted the tokens, in words."""
    conversations_an_hour: float

    @property
    def costs(self) -> tuple[Cost, ...]:
        """Each tier's price; the first is the one that the policy names."""
        return costs(
            self.conversations, self.models, conversations_an_hour=self.conversations_an_hour
        )

    @property
    def redraft_microusd(self) -> int:
        """What one draft costs that the gate sent back."""
        return redraft_microusd(self.conversations, self.models)

    @property
    def judge_microusd(self) -> int:
        """What it costs that a judge reads one draft."""
        return judge_microusd(self.conversations, self.models)

    @property
    def redrafts_within_target(self) -> float:
        """The share of turns that may be drafted twice before the policy's own models cost more
        than the target; below 0 where they do without."""
        left = TARGET_MICROUSD - self.costs[0].microusd["usual"]
        return left / (TURNS * self.redraft_microusd)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "published_microusd": PUBLISHED_MICROUSD,
            "target_microusd": TARGET_MICROUSD,
            "prices_checked": str(self.models.prices_checked),
            "tokens": self.counter,
            "conversations_an_hour": self.conversations_an_hour,
            "tiers": [one.as_json() for one in self.costs],
            "redraft_microusd": self.redraft_microusd,
            "judge_microusd": self.judge_microusd,
            "redrafts_within_target": round(self.redrafts_within_target, 4),
            "conversations": [
                [turn.model_dump(mode="json") for turn in turns] for turns in self.conversations
            ],
        }

    def notes(self) -> Iterator[str]:
        """What the numbers stand on, and what they leave out."""
        turns = [turn for conversation in self.conversations for turn in conversation]
        drafts = [turn.draft for turn in turns]
        locally = sum(turn.locally_read for turn in turns)
        turn_tokens = mean(one.turn_tokens for one in drafts)
        output_tokens = mean(one.output_tokens for one in drafts)
        yield (
            f"{len(self.conversations)} conversations, {len(turns)} turns; the local classifier was"
            f" sure of {locally}. Tokens are {self.counter}: of a draft"
            f" {drafts[0].steady_tokens:,} are steady, {turn_tokens:,.0f} the turn's and"
            f" {output_tokens:,.0f} the answer's (means)."
        )
        yield (
            f"Prices as of {self.models.prices_checked}, by policies/prices.toml. First of its"
            " hour: the first ask writes the cache, the others read it. Usual traffic:"
            f" {self.conversations_an_hour:g} conversations an hour, which come by chance."
            f" A resolution: {RESOLVED:.0%} of conversations need no person."
        )
        share = self.redrafts_within_target
        room = f"up to {share:.0%} of turns stay within the target" if share > 0 else "no room"
        yield (
            f"Each draft that the gate sends back adds {usd(self.redraft_microusd)}, by the model"
            f" that the policy names for it: {room}. A judge that reads a draft adds"
            f" {usd(self.judge_microusd)}."
        )
        yield (
            "Left out: these two, files, calls that fail, and what Opus thinks before it answers."
            " Bedrock in one region costs about a tenth more."
        )


def usd(microusd: int) -> str:
    """US dollars, to the hundredth of a thousandth."""
    return f"{microusd / 1_000_000:.5f}"
