"""What a usual conversation costs, model by model and with each state of the cache."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from statistics import mean
from typing import Any, Literal

from deskhand.adapters.models.claude.known_models import CACHED_FOR, known
from deskhand.domain.models import Models, Price
from deskhand.domain.usage import Usage
from scripts.evaluation.cost_conversations import CountedTurn
from scripts.evaluation.cost_tokens import CountedAsk

PUBLISHED_MICROUSD = 13_000
"""What others publish for a usual conversation."""
TARGET_MICROUSD = 4_000
KEPT_HOURS = {"5m": 1 / 12, "1h": 1.0}
TURNS = 3
"""In a usual conversation."""
RESOLVED = 0.6
"""The share of conversations that is resolved without a person, which the desk aims at."""
Cache = Literal["none", "cold", "usual"]
"""Nothing is kept; the first ask of a conversation has to write what the others read; or as often
as so many conversations an hour, come by chance, leave it."""
CACHES: tuple[Cache, ...] = ("none", "cold", "usual")
Turns = Sequence[CountedTurn]


@dataclass(frozen=True)
class Tier:
    """Who reads and who writes."""

    name: str
    reader: str
    writer: str
    local_first: bool = False
    """Whether the local classifier reads what it is sure of."""


@dataclass(frozen=True)
class Cost:
    """Of one tier: a conversation's mean price, by the state of the cache."""

    tier: Tier
    microusd: Mapping[Cache, int]

    @property
    def turn_microusd(self) -> int:
        """Of one turn, in usual traffic."""
        return round(self.microusd["usual"] / TURNS)

    @property
    def resolution_microusd(self) -> int:
        """Of one conversation that needs no person, those that do need one paid along."""
        return round(self.microusd["usual"] / RESOLVED)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        usual = self.microusd["usual"]
        return {
            "tier": self.tier.name,
            "reads": self.tier.reader,
            "writes": self.tier.writer,
            "local_classifier_first": self.tier.local_first,
            "conversation_microusd": dict(self.microusd),
            "turn_microusd": self.turn_microusd,
            "resolution_microusd": self.resolution_microusd,
            "times_below_published": round(PUBLISHED_MICROUSD / usual, 2) if usual else None,
            "within_target": usual <= TARGET_MICROUSD,
        }


def tiers(models: Models) -> Iterator[Tier]:
    """What the policy names, then what else could be named: the smallest first."""
    reads, writes = models.tasks["classify"].model, models.tasks["draft"].model
    yield Tier(f"local + {_short(writes)}", reads, writes, local_first=True)
    haiku, sonnet, opus = sorted(models.prices, key=lambda name: models.prices[name].input_microusd)
    for reader, writer in ((haiku, haiku), (haiku, sonnet), (sonnet, sonnet), (haiku, opus)):
        yield Tier(f"{_short(reader)} + {_short(writer)}", reader, writer)


def costs(
    conversations: Sequence[Turns], models: Models, *, conversations_an_hour: float
) -> tuple[Cost, ...]:
    """Each tier's price, the mean of all conversations."""
    return tuple(
        Cost(
            tier,
            {
                cache: round(
                    mean(
                        _conversation_microusd(turns, tier, cache, models, conversations_an_hour)
                        for turns in conversations
                    )
                )
                for cache in CACHES
            },
        )
        for tier in tiers(models)
    )


def redraft_microusd(conversations: Sequence[Turns], models: Models) -> int:
    """The mean price of a draft that the gate sent back, by whom the policy names for that; its
    steady part read from the cache."""
    choice = models.tasks.get("redraft") or models.tasks["draft"]
    price = models.prices[choice.model]
    return round(
        mean(
            price.cost_microusd(usage_of(turn.redraft, choice.model, written=False))
            for turns in conversations
            for turn in turns
        )
    )


def judge_microusd(conversations: Sequence[Turns], models: Models) -> int:
    """The mean price of a judge's reading of a draft, by whom the policy names, else by whoever
    reads messages."""
    choice = models.tasks.get("judge") or models.tasks["classify"]
    price = models.prices[choice.model]
    asks = [turn.judge for turns in conversations for turn in turns if turn.judge]
    return round(
        mean(price.cost_microusd(usage_of(ask, choice.model, written=False)) for ask in asks)
    )


def usage_of(ask: CountedAsk, model: str, *, written: bool | None) -> Usage:
    """How an ask is billed: its steady part is `written` into the cache, read from there, or (None,
    or where it is too short to be kept) read anew."""
    steady, turn = ask.steady_tokens, ask.turn_tokens
    if written is None or steady < known(model).min_cached_tokens:
        return Usage(input_tokens=steady + turn, output_tokens=ask.output_tokens)
    return Usage(
        input_tokens=turn,
        output_tokens=ask.output_tokens,
        cache_write_tokens=steady if written else 0,
        cache_read_tokens=0 if written else steady,
    )


def chance_gone(asks_an_hour: float) -> float:
    """How often a prefix is gone when the next ask comes by chance."""
    return exp(-asks_an_hour * KEPT_HOURS[CACHED_FOR])


def _conversation_microusd(
    turns: Turns, tier: Tier, cache: Cache, models: Models, conversations_an_hour: float
) -> float:
    drafts = [turn.draft for turn in turns]
    readings = [turn.classify for turn in turns if not (tier.local_first and turn.locally_read)]
    return sum(
        _asks_microusd(
            asks,
            model,
            models.prices[model],
            cache,
            gone=chance_gone(len(asks) * conversations_an_hour),
        )
        for asks, model in ((readings, tier.reader), (drafts, tier.writer))
    )


def _asks_microusd(
    asks: Sequence[CountedAsk], model: str, price: Price, cache: Cache, *, gone: float
) -> float:
    """The asks of one task in one conversation; `gone`: the chance that each finds no cache."""
    total = 0.0
    for place, ask in enumerate(asks):
        anew, writes, reads = (
            price.cost_microusd(usage_of(ask, model, written=written))
            for written in (None, True, False)
        )
        if cache == "none":
            total += anew
        elif cache == "cold":
            total += reads if place else writes
        else:
            total += gone * writes + (1 - gone) * reads
    return total


def _short(model: str) -> str:
    """`claude-haiku-5-5` as people say it: `Haiku`."""
    return model.removeprefix("claude-").split("-")[0].capitalize()
