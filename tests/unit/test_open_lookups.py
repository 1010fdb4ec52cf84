"""Strangers are told what lies open to anybody, and no tool that tells them can reach more."""

import inspect
from dataclasses import fields, replace
from typing import Any, get_type_hints

import pytest

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.ports import NotConnected
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Counter, OpenLookup
from tests.ordering import a_shop, ada

OPEN = {name: one for name, one in OURS.lookups.items() if isinstance(one, OpenLookup)}
SHOP = a_shop()


def reading(text: str) -> Classification:
    return Classification(intents=(), question=text)


def test_the_catalogue_and_the_status_page_lie_open_and_nothing_else_does() -> None:
    assert sorted(OPEN) == ["find_incident", "find_product"]


def test_nothing_that_lies_open_knows_of_customers() -> None:
    ports = get_type_hints(Counter)
    asked_with = [
        get_type_hints(verb)
        for port in ports.values()
        for verb in vars(port).values()
        if inspect.isfunction(verb)
    ]

    assert [field.name for field in fields(Counter)] == ["products", "incidents"]
    assert len(asked_with) >= 3
    assert not any(CustomerScope in hints.values() for hints in asked_with)


@pytest.mark.parametrize("lookup", OPEN.values(), ids=OPEN)
def test_a_customer_is_told_the_same_as_a_stranger(lookup: OpenLookup) -> None:
    text = "What does the Dune tent cost?"
    openly = lookup.look_up_openly(Counter.of(SHOP), reading(text), text)

    assert openly == lookup.look_up(ada(SHOP), SHOP, reading(text), text)
    if lookup.name == "find_product":
        assert [fact.id for fact in openly.facts] == ["product:tent"]


@pytest.mark.parametrize(
    ("name", "system"), [("find_product", "products"), ("find_incident", "incidents")]
)
def test_a_lookup_is_open_where_its_system_is_connected(name: str, system: str) -> None:
    nothing: dict[str, Any] = {system: NotConnected(system)}

    assert OPEN[name].is_open(Counter.of(SHOP))
    assert not OPEN[name].is_open(Counter.of(replace(SHOP, **nothing)))
