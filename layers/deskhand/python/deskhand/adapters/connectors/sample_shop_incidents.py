"""The sample shop's status page."""

from datetime import timedelta

from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.services import Incident
from deskhand.ports import Clock

_STILL_TOLD = timedelta(days=1)


class SampleShopIncidents:
    """What does not work for many, just now or until a day ago."""

    def __init__(self, tables: ShopTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    def current(self) -> tuple[Incident, ...]:
        """What is not resolved, and what was within a day; newest first."""
        now = self._clock()
        found = self._tables.rows("select * from incidents order by began_at desc, id")
        incidents = (Incident.model_validate(dict(row)) for row in found)
        return tuple(
            incident
            for incident in incidents
            if incident.status != "resolved" or now - incident.updated_at <= _STILL_TOLD
        )
