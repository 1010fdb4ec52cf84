"""The sample shop: customers, orders and billing in one SQLite file, for the laptop and for
tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from deskhand.adapters.connectors.sample_shop_billing import SampleShopBilling
from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.adapters.connectors.sample_shop_orders import SampleShopOrders
from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.records import Customer, CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from deskhand.ports import Clock, Connectors, utc_now


class SampleShop:
    """All systems of record of a small shop; it knows its customers itself."""

    def __init__(self, path: str | Path, *, clock: Clock = utc_now) -> None:
        self._tables = ShopTables(str(path))
        self.connectors = Connectors(
            identity=self,
            customers=self,
            orders=SampleShopOrders(self._tables, clock),
            billing=SampleShopBilling(self._tables, clock),
            clock=clock,
        )

    @classmethod
    def seed(
        cls, path: str | Path, data: ShopData | Mapping[str, object], *, clock: Clock = utc_now
    ) -> Self:
        """The shop at that path (`:memory:` for one process), filled anew from the data, as of
        now."""
        shop = cls(path, clock=clock)
        shop._tables.fill(ShopData.model_validate(data), now=clock())
        return shop

    def close(self) -> None:
        """Lets go of the file."""
        self._tables.close()

    def scope(self, asker: Asker) -> CustomerScope | None:
        """The customer with the asker's address, if the helpdesk has verified the asker."""
        if not asker.verified:
            return None
        found = self._tables.rows("select id from customers where email = ?", asker.email.strip())
        return CustomerScope(customer_id=found[0]["id"]) if found else None

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        found = self._tables.rows("select * from customers where id = ?", scope.customer_id)
        if not found:
            raise Rejected(f"the shop has no customer {scope.customer_id}")
        return Customer.model_validate(dict(found[0]))
