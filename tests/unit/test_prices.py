"""What a call costs by the price list that is shipped, to the millionth of a dollar."""

from datetime import date

import pytest

from deskhand.domain.models import Price
from deskhand.domain.usage import Usage
from tests.builders import a_policy

HAIKU = Price(
    input_microusd=100,
    output_microusd=500,
    cache_read_microusd=10,
    cache_write_microusd=200,
    long_prompt_tokens=100_000,
    long_prompt_times=5,
)


def cost(price: Price, **tokens: int) -> int:
    return price.cost_microusd(Usage.model_validate(tokens))


@pytest.mark.parametrize(
    ("tokens", "microusd"),
    [
        ({}, 0),
        ({"input_tokens": 1_000_000 // 10}, 10_000),
        ({"output_tokens": 1_000}, 500),
        ({"cache_read_tokens": 1_000}, 10),
        ({"cache_write_tokens": 1_000}, 200),
        ({"input_tokens": 1}, 1),
        ({"input_tokens": 11, "output_tokens": 1}, 2),
        ({"input_tokens": 2_000, "output_tokens": 200, "cache_read_tokens": 5_000}, 350),
    ],
)
def test_each_kind_of_token_has_its_price_and_a_part_of_a_millionth_counts_whole(
    tokens: dict[str, int], microusd: int
) -> None:
    assert cost(HAIKU, **tokens) == microusd


def test_a_long_prompt_makes_the_whole_call_dearer_cached_tokens_counted() -> None:
    assert cost(HAIKU, input_tokens=40_000, cache_read_tokens=60_000, output_tokens=1_000) == 5_100
    assert cost(HAIKU, input_tokens=40_001, cache_read_tokens=60_000, output_tokens=1_000) == 25_501


def test_where_no_length_is_given_no_prompt_is_long() -> None:
    sonnet = Price(input_microusd=2_000, output_microusd=10_000)

    assert cost(sonnet, input_tokens=900_000) == 1_800_000


def test_a_cache_without_a_price_is_never_free() -> None:
    sonnet = Price(input_microusd=2_000, output_microusd=10_000)

    assert cost(sonnet, cache_read_tokens=1_000) == 2_000
    assert cost(sonnet, cache_write_tokens=1_000) == 4_000


def test_the_shipped_list_knows_every_model_that_is_asked_and_says_when_it_was_checked() -> None:
    models = a_policy().models

    asked = {name for task in models.tasks.values() for name in (task.model, task.fallback) if name}
    assert asked <= set(models.prices)
    assert models.prices_checked is not None
    assert models.prices_checked >= date(2026, 11, 21)


@pytest.mark.parametrize("name", ["claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"])
def test_reading_from_the_cache_is_cheap_and_writing_into_it_for_an_hour_is_twice_the_price(
    name: str,
) -> None:
    price = a_policy().models.prices[name]

    assert price.cache_read_microusd is not None
    assert 10 * price.cache_read_microusd <= price.input_microusd
    assert price.cache_write_microusd == 2 * price.input_microusd
