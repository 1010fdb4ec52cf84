"""What the devices of the sample shop's customers report."""

from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Device, LogLine


class SampleShopTelemetry:
    """Devices and their logs, one customer's alone."""

    def __init__(self, tables: ShopTables) -> None:
        self._tables = tables

    def devices(self, scope: CustomerScope) -> tuple[Device, ...]:
        """This customer's devices, the one heard of last first."""
        found = self._tables.rows(
            "select id, product, version, state, last_seen_at from devices where customer_id = ?"
            " order by last_seen_at desc, id",
            scope.customer_id,
        )
        return tuple(Device.model_validate(dict(row)) for row in found)

    def logs(self, scope: CustomerScope, device_id: str, *, limit: int = 20) -> tuple[LogLine, ...]:
        """The latest lines of one of this customer's devices, oldest first."""
        found = self._tables.rows(
            "select at, level, text from device_logs join devices on devices.id = device_id"
            " where device_id = ? and customer_id = ? order by at desc limit ?",
            device_id,
            scope.customer_id,
            limit,
        )
        return tuple(LogLine.model_validate(dict(row)) for row in reversed(found))
