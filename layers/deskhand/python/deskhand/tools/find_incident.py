"""Finds what does not work for many at this moment."""

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.services import Incident
from deskhand.ports import NotConnected
from deskhand.tools.facts.order import day
from deskhand.tools.naming import named
from deskhand.tools.tool import Counter, Found, OpenLookup

_MOST_AT_ONCE = 3
NONE_KNOWN = Fact(
    id="incident:none",
    kind="incident",
    key="none",
    source="incidents",
    words=("No disturbance of our services is known at the moment.",),
)


class FindIncident(OpenLookup):
    """Looks at the status page: the incidents of what a message names, else those that last."""

    name = "find_incident"

    def is_open(self, counter: Counter) -> bool:
        """Whether there is a status page."""
        return not isinstance(counter.incidents, NotConnected)

    def look_up_openly(self, counter: Counter, reading: Classification, text: str) -> Found:
        """The facts about the incidents, or the fact that none is known."""
        current = counter.incidents.current()
        about = tuple(one for one in current if named(text, one.component))
        meant = about or tuple(one for one in current if one.status != "resolved")
        return Found(facts=tuple(_fact(one) for one in meant[:_MOST_AT_ONCE]) or (NONE_KNOWN,))


def _fact(incident: Incident) -> Fact:
    name, updated = incident.component, incident.updated_at
    over = incident.status == "resolved"
    return Fact(
        id=f"incident:{incident.id}",
        kind="incident",
        key=incident.id,
        source="incidents",
        words=(
            incident.words,
            f"The disturbance of {name} {'is over' if over else 'goes on'}.",
            f"The disturbance of {name} began on {day(incident.began_at.date())}.",
            f"What we know of {name} was last updated on {day(updated.date())} at"
            f" {updated:%H:%M} {updated.tzname()}.",
        ),
        attributes={"component": name, "status": incident.status},
    )
