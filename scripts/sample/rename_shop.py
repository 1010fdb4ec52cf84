"""The sample shop's records under other names."""

from collections.abc import Mapping
from typing import Any, Protocol


class Renames(Protocol):
    """Gives everything that has a name another one: the same one each time."""

    def text(self, text: str) -> str:
        """A text with everything in it that has a name renamed."""
        ...

    def customer_id(self, id_: str) -> str:
        """Another id for a customer."""
        ...

    def id_of(self, kind: str, id_: str) -> str:
        """Another id for something else of that kind."""
        ...

    def address(self, address: Mapping[str, str]) -> dict[str, str]:
        """Another address in the same country."""
        ...

    def digits(self, text: str) -> str:
        """The text with other digits: a telephone number, the end of a card."""
        ...


def rename_shop(shop: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    """All records of the shop, everything of it that has a name renamed alike."""
    return {
        **shop,
        "customers": [_customer(old, renames) for old in shop["customers"]],
        "orders": [_order(old, renames) for old in shop["orders"]],
        "products": [_product(old, renames) for old in shop["products"]],
        "plans": [
            {**old, "id": renames.id_of("plan", old["id"]), "name": renames.text(old["name"])}
            for old in shop["plans"]
        ],
        "subscriptions": [_subscription(old, renames) for old in shop["subscriptions"]],
        "incidents": [
            {
                **old,
                "id": renames.id_of("incident", old["id"]),
                "component": renames.text(old["component"]),
                "words": renames.text(old["words"]),
            }
            for old in shop["incidents"]
        ],
        "devices": [_device(old, renames) for old in shop["devices"]],
    }


def _customer(old: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    named = {key: renames.text(old[key]) for key in ("name", "email")}
    ways = [
        {**way, "id": renames.id_of("payment", way["id"]), "words": renames.digits(way["words"])}
        for way in old["payment_methods"]
    ]
    new = {**old, **named, "id": renames.customer_id(old["id"]), "payment_methods": ways}
    new["address"] = renames.address(old["address"])
    if "phone" in old:
        new["phone"] = renames.digits(old["phone"])
    return new


def _order(old: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    lines = [
        {
            **line,
            "product": renames.text(line["product"]),
            "product_id": renames.id_of("product", line["product_id"]),
            "variant_id": renames.id_of("variant", line["variant_id"]),
        }
        for line in old["lines"]
    ]
    named = {key: renames.text(old[key]) for key in ("carrier", "tracking") if key in old}
    ids = {"id": renames.text(old["id"]), "customer": renames.customer_id(old["customer"])}
    ids["payment_method"] = renames.id_of("payment", old["payment_method"])
    new = {**old, **named, **ids, "lines": lines}
    if "ship_to" in old:
        new["ship_to"] = renames.address(old["ship_to"])
    return new


def _product(old: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    def variant(old: Mapping[str, Any]) -> dict[str, Any]:
        new = {**old, "id": renames.id_of("variant", old["id"])}
        return new | {"options": renames.text(old["options"])} if "options" in old else new

    return {
        "id": renames.id_of("product", old["id"]),
        "name": renames.text(old["name"]),
        "variants": [variant(one) for one in old["variants"]],
    }


def _subscription(old: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    return {
        **old,
        "id": renames.id_of("subscription", old["id"]),
        "customer": renames.customer_id(old["customer"]),
        "plan": renames.id_of("plan", old["plan"]),
    }


def _device(old: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    return {
        **old,
        "id": renames.id_of("device", old["id"]),
        "customer": renames.customer_id(old["customer"]),
        "product": renames.text(old["product"]),
        "logs": [{**line, "text": renames.text(line["text"])} for line in old["logs"]],
    }
