"""Whatever is asked of the sample shop in whatever order, no money and no thing comes out of
nowhere."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.records import CustomerScope
from deskhand.errors import DeskhandError
from deskhand.ports import Connectors
from tests.contract.shops import NOW, SHOP
from tests.shopping import scope_at

VARIANTS = ("box-s", "box-m", "box-l", "box-xs", "box-gone", "box-last", "lamp-a")
STEPS = 120
MINE: list[dict[str, Any]] = [
    {**order, "payment_method": "gift-one"}
    for order in SHOP["orders"]
    if order["customer"] == "one"
]
"""Ada's orders, all of them paid by her gift card, so that every cent stays in sight."""


def one_of(
    dice: random.Random, shop: Connectors, ada: CustomerScope, key: str
) -> tuple[str, Callable[[], str]]:
    """A change of one of her orders, be it possible or not."""
    order = dice.choice(shop.orders.orders(ada))
    lines = dice.sample([line.id for line in order.lines], dice.randint(1, len(order.lines)))
    swaps = {line: dice.choice(VARIANTS) for line in lines}
    cents = dice.randint(-5_00, 40_00)
    by_card: dict[str, Any] = {"swaps": swaps, "pay_with": "gift-one"}
    orders, id_ = shop.orders, order.id
    changes: dict[str, Callable[[], str]] = {
        "refund": lambda: shop.billing.refund(ada, id_, amount_cents=cents, idempotency_key=key),
        "cancel": lambda: orders.cancel(ada, id_, idempotency_key=key),
        "change": lambda: orders.change_lines(ada, id_, **by_card, idempotency_key=key),
        "exchange": lambda: orders.exchange_lines(ada, id_, **by_card, idempotency_key=key),
        "return": lambda: orders.return_lines(
            ada, id_, line_ids=lines, refund_to="gift-one", idempotency_key=key
        ),
        "reship": lambda: orders.reship(ada, id_, line_ids=lines, idempotency_key=key),
    }
    kind = dice.choice(list(changes))
    return kind, changes[kind]


def walk(dice: random.Random, shop: Connectors, ada: CustomerScope) -> Counter[str]:
    """Asks for many changes, many of them impossible; gives how often each was made."""
    made: Counter[str] = Counter()
    for step in range(STEPS):
        again = dice.random() < 0.2
        key = f"new {dice.randrange(step)}" if again and step else f"new {step}"
        kind, ask = one_of(dice, shop, ada, key)
        try:
            ask()
        except DeskhandError:
            continue
        made[kind] += 1
    return made


def money(shop: Connectors, ada: CustomerScope, keys: list[str]) -> int:
    """What is on the gift card, in orders, and paid for exchanges."""
    ways = shop.customers.customer(ada).payment_methods
    on_card = next(way.balance_cents or 0 for way in ways if way.id == "gift-one")
    in_orders = sum(order.refundable_cents for order in shop.orders.orders(ada))
    exchanges = [
        made for key in keys if (made := shop.orders.made(ada, key)) and made.kind == "exchange"
    ]
    return on_card + in_orders + sum(int(made.details["difference_cents"]) for made in exchanges)


def things(shop: Connectors, ada: CustomerScope, keys: list[str]) -> Counter[str]:
    """How many there are of everything: in stock, in orders, and laid aside for exchanges."""
    found = Counter(
        {
            one.id: one.stock
            for product in ("box", "lamp")
            for one in shop.products.variants(product)
        }
    )
    orders = {order.id: order for order in shop.orders.orders(ada)}
    for order in orders.values():
        if order.status != "cancelled":
            found.update({line.variant_id: 0 for line in order.lines})
            for line in order.lines:
                found[line.variant_id] += line.quantity
    for key in keys:
        made = shop.orders.made(ada, key)
        if made and made.kind == "exchange":
            quantities = {line.id: line.quantity for line in orders[made.subject].lines}
            for swap in made.details["swaps"].split(","):
                line_id, variant = swap.split(":")
                found[variant] += quantities[line_id]
    return found


@pytest.mark.parametrize("seed", range(8))
def test_money_and_things_only_ever_change_places(seed: int) -> None:
    data = SHOP | {"orders": MINE}
    shop = SampleShop.seed(":memory:", data, clock=lambda: NOW).connectors
    ada = scope_at(shop)
    keys = [f"new {step}" for step in range(STEPS)]
    before = money(shop, ada, keys), things(shop, ada, keys)

    made = walk(random.Random(seed), shop, ada)

    assert (money(shop, ada, keys), things(shop, ada, keys)) == before
    assert made.total() > 5
    assert all(one.stock >= 0 for one in shop.products.variants("box"))
    assert all(order.refundable_cents >= 0 for order in shop.orders.orders(ada))
