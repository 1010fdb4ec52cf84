"""Under other names the sample shop is as whole as it was, and knows none of the old ones."""

import re
from pathlib import Path

import pytest

from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.adapters.connectors.sample_shop_service_data import ProductData
from deskhand.domain.records import Address
from deskhand.text.macros import filled
from scripts.sample.rename import rename_sample
from scripts.sample.ticket_file import read_tickets
from tests.builders import a_policy
from tests.unit.test_sample import SAMPLE, SHOP, TICKETS, articles, words


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_renamed_shop_knows_none_of_the_old_names(tmp_path: Path, seed: int) -> None:
    rename_sample(SAMPLE, tmp_path, seed=seed)

    everything = "\n".join(
        re.sub(r'"(?:id|about)": "[a-z].*', "", path.read_text(encoding="utf-8"))
        for path in tmp_path.rglob("*.*")
    ).lower()
    old = [customer.email for customer in SHOP.customers]
    old += [order.id for order in SHOP.orders] + [order.tracking for order in SHOP.orders]
    old += [line.product for order in SHOP.orders for line in order.lines]
    old += [word for customer in SHOP.customers for word in customer.name.split() if len(word) > 3]
    old += [product.name for product in SHOP.products]
    old += [way.id for customer in SHOP.customers for way in customer.payment_methods]
    old += [line for one in SHOP.customers if one.address for line in _own_words(one.address)]
    old += [re.sub(r"\D", "", one.phone)[-4:] for one in SHOP.customers if one.phone]
    old += ["heron", "sandmere", "postwing", "maartje"]
    assert [
        name for name in old if name and re.search(rf"\b{re.escape(name.lower())}\b", everything)
    ] == []


def _shape(product: ProductData) -> list[tuple[int, int]]:
    return [(variant.price_cents, variant.stock) for variant in product.variants]


def _own_words(address: Address) -> tuple[str, str]:
    return address.line1, address.city


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_renamed_shop_is_as_whole_as_the_first(tmp_path: Path, seed: int) -> None:
    rename_sample(SAMPLE, tmp_path, seed=seed)

    shop = ShopData.model_validate_json((tmp_path / "shop.json").read_bytes())
    tickets = read_tickets(tmp_path / "tickets")
    assert [ticket.expect for ticket in tickets] == [ticket.expect for ticket in TICKETS]
    known = {customer.email for customer in shop.customers}
    assert all(t.sender.email in known for t in tickets if t.sender.verified)
    assert [o.total_cents for o in shop.orders] == [o.total_cents for o in SHOP.orders]
    assert [_shape(product) for product in shop.products] == [
        _shape(product) for product in SHOP.products
    ]
    for kind in ("customers", "plans", "subscriptions", "incidents", "devices"):
        new, old = getattr(shop, kind), getattr(SHOP, kind)
        assert len({one.id for one in new} - {one.id for one in old}) == len(old)
    renamed, first = articles(tmp_path), articles()
    assert len({article.id for article in renamed}) == len(first)
    assert not {a.id for a in renamed} & {a.id for a in first}
    assert not {a.title for a in renamed} & {a.title for a in first}


def test_articles_are_filled_in_under_any_names(tmp_path: Path) -> None:
    rename_sample(SAMPLE, tmp_path, seed=3)
    macros = a_policy().macros

    assert filled(articles(), macros).troubles == ()
    assert filled(articles(tmp_path), macros).troubles == ()


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_renamed_ticket_still_names_its_order(tmp_path: Path, seed: int) -> None:
    rename_sample(SAMPLE, tmp_path, seed=seed)

    shop = ShopData.model_validate_json((tmp_path / "shop.json").read_bytes())
    renamed = dict(zip((o.id for o in SHOP.orders), (o.id for o in shop.orders), strict=True))
    tickets = {ticket.id: ticket for ticket in read_tickets(tmp_path / "tickets")}
    for ticket in TICKETS:
        for old, new in renamed.items():
            if old in words(ticket):
                assert new in words(tickets[ticket.id])


def test_the_same_seed_gives_the_same_names(tmp_path: Path) -> None:
    for name in ("one", "two"):
        rename_sample(SAMPLE, tmp_path / name, seed=11)

    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*")]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
