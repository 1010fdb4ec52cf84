"""The shop's system of record: a connector of one's own, known to this pack's tools as `shop`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from deskhand.domain.records import Customer, CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import NotConnected
from tests.exam.tau_retail.records import Database, Record, cents, dollars

Whose = Literal["theirs", "another's", "nobody's"]


class ShopCustomers(NotConnected):
    """The port `Customers`, of which the shop has no more than the record."""

    def __init__(self, shop: "Shop") -> None:
        super().__init__("customers")
        self._shop = shop

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        user = self._shop.user(scope)
        name = f"{user['name']['first_name']} {user['name']['last_name']}"
        return Customer(id=scope.customer_id, name=name, email=user["email"], country="US")


class Shop:
    """Reads for one customer's scope, and changes that hold to the shop's own states."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._made: dict[tuple[str, str], str] = {}

    def user(self, scope: CustomerScope) -> Record:
        """The customer's record as the shop keeps it."""
        return self.database.users[scope.customer_id]

    def whose(self, scope: CustomerScope, order_id: str) -> Whose:
        """Whose an order is; that of another's is all that anybody learns of it."""
        if order_id not in self.database.orders:
            return "nobody's"
        owner = self.database.orders[order_id]["user_id"]
        return "theirs" if owner == scope.customer_id else "another's"

    def order(self, scope: CustomerScope, order_id: str) -> Record | None:
        """The customer's own order of that number, or None."""
        own = self.whose(scope, order_id) == "theirs"
        return self.database.orders[order_id] if own else None

    def variants(self, product_ids: Sequence[str]) -> Iterator[tuple[str, Record]]:
        """All items of these products, each with its product's id."""
        for product_id in dict.fromkeys(product_ids):
            for variant in self.database.products[product_id]["variants"].values():
                yield product_id, variant

    def made(self, scope: CustomerScope, idempotency_key: str) -> str | None:
        """The reference of this customer's change with that key, or None."""
        return self._made.get((scope.customer_id, idempotency_key))

    def cancel(
        self, scope: CustomerScope, order_id: str, *, reason: str, idempotency_key: str
    ) -> str:
        """Cancels a pending order; every entry of its payments goes back, as the shop does it."""
        order = self._own(scope, order_id, status="pending")
        payments = [(entry["payment_method_id"], entry) for entry in order["payment_history"]]
        for method_id, entry in payments:
            self._move(scope, method_id, cents(entry["amount"]))
        refunds = [_entry("refund", method_id, cents(one["amount"])) for method_id, one in payments]
        return self._change(
            scope,
            order_id,
            idempotency_key,
            status="cancelled",
            cancel_reason=reason,
            payment_history=[*order["payment_history"], *refunds],
        )

    def change_items(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Sequence[tuple[str, str]],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Swaps items of a pending order for others, and settles the difference."""
        order = self._own(scope, order_id, status="pending")
        items, difference = self._swapped(order, swaps)
        self._move(scope, pay_with, -difference)
        kind = "payment" if difference > 0 else "refund"
        return self._change(
            scope,
            order_id,
            idempotency_key,
            status="pending (item modified)",
            items=items,
            payment_history=[*order["payment_history"], _entry(kind, pay_with, abs(difference))],
        )

    def change_payment(
        self, scope: CustomerScope, order_id: str, *, pay_with: str, idempotency_key: str
    ) -> str:
        """Pays a pending order with another method; the first payment goes back."""
        order = self._own(scope, order_id, status="pending")
        first = order["payment_history"][0]
        amount, paid_with = cents(first["amount"]), first["payment_method_id"]
        self._move(scope, pay_with, -amount)
        self._move(scope, paid_with, amount)
        entries = [_entry("payment", pay_with, amount), _entry("refund", paid_with, amount)]
        return self._change(
            scope,
            order_id,
            idempotency_key,
            payment_history=[*order["payment_history"], *entries],
        )

    def send_to(
        self, scope: CustomerScope, order_id: str, address: Record, *, idempotency_key: str
    ) -> str:
        """Sends a pending order to another address."""
        self._own(scope, order_id, status="pending")
        return self._change(scope, order_id, idempotency_key, address=dict(address))

    def take_back(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        items: Sequence[str],
        refund_to: str,
        idempotency_key: str,
    ) -> str:
        """Opens the return of some items of a delivered order."""
        order = self._own(scope, order_id, status="delivered")
        self._swapped(order, [(item, item) for item in items])
        self._move(scope, refund_to, 0)
        return self._change(
            scope,
            order_id,
            idempotency_key,
            status="return requested",
            return_items=sorted(items),
            return_payment_method_id=refund_to,
        )

    def exchange(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Sequence[tuple[str, str]],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Opens the exchange of some items of a delivered order; the difference waits for it."""
        order = self._own(scope, order_id, status="delivered")
        _, difference = self._swapped(order, swaps)
        self._move(scope, pay_with, 0)
        return self._change(
            scope,
            order_id,
            idempotency_key,
            status="exchange requested",
            exchange_items=sorted(old for old, _ in swaps),
            exchange_new_items=sorted(new for _, new in swaps),
            exchange_payment_method_id=pay_with,
            exchange_price_difference=dollars(difference),
        )

    def move(self, scope: CustomerScope, address: Record, *, idempotency_key: str) -> str:
        """Changes the customer's default address."""
        self._replace_user(scope, address=dict(address))
        return self._note(scope, idempotency_key, scope.customer_id)

    def _own(self, scope: CustomerScope, order_id: str, *, status: str) -> Record:
        order = self.order(scope, order_id)
        if order is None or order["status"] != status:
            raise Rejected(f"there is no {status} order {order_id} of {scope.customer_id}")
        return order

    def _swapped(self, order: Record, swaps: Sequence[tuple[str, str]]) -> tuple[list[Record], int]:
        """The order's items with some of them swapped, and what they cost more than before."""
        items, difference = list(order["items"]), 0
        for old_id, new_id in swaps:
            place = next((at for at, one in enumerate(items) if one["item_id"] == old_id), None)
            if place is None:
                raise Rejected(f"there is no item {old_id} in order {order['order_id']}")
            old = items[place]
            new = self.database.products[old["product_id"]]["variants"].get(new_id)
            if new is None:
                raise Rejected(f"{new_id} is no item of the product {old['product_id']}")
            difference += cents(new["price"]) - cents(old["price"])
            items[place] = {**old, **{key: new[key] for key in ("item_id", "price", "options")}}
        return items, difference

    def _move(self, scope: CustomerScope, method_id: str, amount_cents: int) -> None:
        """Puts money on one of the customer's gift cards, or takes it from there; what happens to
        other methods is not the shop's to keep."""
        methods: Mapping[str, Record] = self.user(scope)["payment_methods"]
        if method_id not in methods:
            raise Rejected(f"{scope.customer_id} has no payment method {method_id}")
        method = methods[method_id]
        if method["source"] != "gift_card":
            return
        balance = cents(method["balance"]) + amount_cents
        if balance < 0:
            raise Rejected(f"there is not enough on {method_id}")
        changed = {**method, "balance": dollars(balance)}
        self._replace_user(scope, payment_methods={**methods, method_id: changed})

    def _replace_user(self, scope: CustomerScope, **changed: Any) -> None:
        self.database.users[scope.customer_id] = {**self.user(scope), **changed}

    def _change(
        self, scope: CustomerScope, order_id: str, idempotency_key: str, **changed: Any
    ) -> str:
        self.database.orders[order_id] = {**self.database.orders[order_id], **changed}
        return self._note(scope, idempotency_key, order_id)

    def _note(self, scope: CustomerScope, idempotency_key: str, subject: str) -> str:
        reference = f"{subject}/{len(self._made) + 1}"
        return self._made.setdefault((scope.customer_id, idempotency_key), reference)


def _entry(kind: str, method_id: str, amount_cents: int) -> Record:
    return {
        "transaction_type": kind,
        "amount": dollars(amount_cents),
        "payment_method_id": method_id,
    }
