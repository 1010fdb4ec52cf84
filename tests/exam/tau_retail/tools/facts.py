"""The shop's facts: an order, what its products are sold as, and the customer's own profile."""

from typing import Any

from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.records import Record, cents
from tests.exam.tau_retail.shop import Shop, Whose

PROFILE = "profile:own"


def shop_of(connectors: Connectors) -> Shop:
    """This pack's own system of record."""
    shop: Shop = connectors.custom["shop"]
    return shop


def facts_of_order(scope: CustomerScope, shop: Shop, order_id: str) -> tuple[Fact, ...]:
    """What is known of an order and its products; of one that is not theirs only that much."""
    order = shop.order(scope, order_id)
    if order is None:
        return (_not_theirs(order_id, shop.whose(scope, order_id)), _goods(order_id))
    sold = shop.variants([item["product_id"] for item in order["items"]])
    return (_theirs(order), _goods(order_id, **{v["item_id"]: _variant(p, v) for p, v in sold}))


def profile_fact(scope: CustomerScope, shop: Shop) -> Fact:
    """Who the customer is to the shop, and how they can pay."""
    methods = shop.user(scope)["payment_methods"].values()
    return Fact(
        id=PROFILE,
        kind="profile",
        key=scope.customer_id,
        source="shop",
        words=(f"Your customer number is {scope.customer_id}.",),
        attributes={"user_id": scope.customer_id, "methods": [_method(one) for one in methods]},
    )


def dollars_in_words(amount_cents: int) -> str:
    """An amount as a customer reads it."""
    return Money(amount_cents=amount_cents, currency="USD").words


def _theirs(order: Record) -> Fact:
    payments = order["payment_history"]
    return _order(
        order["order_id"],
        f"Order {order['order_id']} is {order['status']}.",
        whose="theirs",
        status=order["status"],
        paid_with=payments[0]["payment_method_id"],
        payments=len(payments),
        paid_cents=sum(cents(one["amount"]) for one in payments),
        items=[_item(item) for item in order["items"]],
    )


def _not_theirs(order_id: str, whose: Whose) -> Fact:
    """The customer is told the same words, whoever else may have such an order."""
    words = f"There is no order {order_id} in your account."
    nothing: dict[str, Any] = {"paid_with": "", "payments": 0, "paid_cents": 0, "items": []}
    return _order(order_id, words, whose=whose, status="", **nothing)


def _order(order_id: str, words: str, **attributes: Any) -> Fact:
    return Fact(
        id=f"order:{order_id}",
        kind="order",
        key=order_id,
        source="shop",
        words=(words,),
        attributes=attributes,
    )


def _goods(order_id: str, **variants: Any) -> Fact:
    return Fact(
        id=f"goods:{order_id}",
        kind="goods",
        key=order_id,
        source="shop",
        words=(),
        attributes=variants,
    )


def _item(item: Record) -> dict[str, Any]:
    kept = {key: item[key] for key in ("item_id", "product_id", "name")}
    return kept | {"price_cents": cents(item["price"])}


def _variant(product_id: str, variant: Record) -> dict[str, Any]:
    return {
        "product_id": product_id,
        "price_cents": cents(variant["price"]),
        "available": variant["available"],
    }


def _method(method: Record) -> dict[str, Any]:
    return {
        "id": method["id"],
        "kind": method["source"],
        "balance_cents": cents(method.get("balance", 0)),
    }
