"""The sample shop: every system of record of a small shop in one SQLite file, for the laptop and
for tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from deskhand.adapters.connectors.sample_shop_billing import SampleShopBilling
from deskhand.adapters.connectors.sample_shop_customers import SampleShopCustomers
from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.adapters.connectors.sample_shop_filling import fill
from deskhand.adapters.connectors.sample_shop_incidents import SampleShopIncidents
from deskhand.adapters.connectors.sample_shop_issues import SampleShopIssues
from deskhand.adapters.connectors.sample_shop_letters import Letter, SampleShopLetters
from deskhand.adapters.connectors.sample_shop_orders import SampleShopOrders
from deskhand.adapters.connectors.sample_shop_products import SampleShopProducts
from deskhand.adapters.connectors.sample_shop_subscriptions import SampleShopSubscriptions
from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.adapters.connectors.sample_shop_telemetry import SampleShopTelemetry
from deskhand.ports import Clock, Connectors, utc_now


class SampleShop:
    """All systems of record of a small shop, but its tickets, which are the helpdesk's."""

    def __init__(self, path: str | Path, *, clock: Clock = utc_now) -> None:
        self._tables = ShopTables(str(path))
        self._letters = SampleShopLetters(self._tables, clock)
        customers = SampleShopCustomers(self._tables, clock)
        self.connectors = Connectors(
            identity=customers,
            customers=customers,
            orders=SampleShopOrders(self._tables, clock),
            billing=SampleShopBilling(self._tables, clock),
            products=SampleShopProducts(self._tables),
            subscriptions=SampleShopSubscriptions(self._tables, clock),
            incidents=SampleShopIncidents(self._tables, clock),
            telemetry=SampleShopTelemetry(self._tables),
            issues=SampleShopIssues(self._tables, clock),
            letters=self._letters,
            clock=clock,
        )

    @classmethod
    def seed(
        cls, path: str | Path, data: ShopData | Mapping[str, object], *, clock: Clock = utc_now
    ) -> Self:
        """The shop at that path (`:memory:` for one process), filled anew from the data, as of
        now."""
        shop = cls(path, clock=clock)
        with shop._tables.writing() as db:
            fill(db, ShopData.model_validate(data), now=clock())
        return shop

    def letters_to(self, address: str) -> tuple[Letter, ...]:
        """What lies in the laptop's mailbox of that address, oldest first."""
        return self._letters.letters_to(address)

    def close(self) -> None:
        """Lets go of the file."""
        self._tables.close()
