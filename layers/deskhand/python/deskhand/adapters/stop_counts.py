"""When an hour is out of the ordinary: what the twins of the anomaly stop agree upon."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pydantic import NonNegativeInt

from deskhand.domain.noun import Noun
from deskhand.domain.policy import ANY_OTHER_ACTION
from deskhand.domain.stop import Sign, Stop, StopRule

StopRules = Mapping[str, Mapping[Sign, StopRule]]

HOUR = timedelta(hours=1)
USUAL_HOURS = 7 * 24
"""What is usual is the mean of this many hours before the running one, quiet ones too."""

WORDS: dict[Sign, str] = {
    "done": "was done",
    "refused": "was denied",
    "unusual_place": "went to an unusual place",
}


class Watch(Noun):
    """How one action stands: stopped, released, or never heard of."""

    round: NonNegativeInt = 0
    """How often a person has released it; each time the running hour is counted anew."""
    stop: Stop | None = None
    """The latest one."""

    @property
    def standing(self) -> Stop | None:
        """The stop that nobody has released."""
        return self.stop if self.stop and not self.stop.released_at else None

    def stopped(self, stop: Stop) -> "Watch":
        """The action held from now on."""
        return Watch(round=self.round, stop=stop)

    def released(self, stop: Stop, *, by: str, at: datetime) -> "Watch":
        """The action let go, by whom and when."""
        told = stop.model_copy(update={"released_by": by, "released_at": at})
        return Watch(round=self.round + 1, stop=told)


def hour_of(at: datetime) -> datetime:
    """The hour (UTC) that a moment is counted in."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def rule_for(rules: StopRules, action: str, sign: Sign) -> StopRule | None:
    """The action's own rule, else the one for any other action; None: nothing stops it."""
    own, other = rules.get(action, {}), rules.get(ANY_OTHER_ACTION, {})
    return own.get(sign) or other.get(sign)


def stop_for(
    rule: StopRule, action: str, sign: Sign, *, count: int, before: int, at: datetime
) -> Stop | None:
    """The stop that so many in the running hour ask for, after so many in the hours before."""
    usual = before / USUAL_HOURS
    if count < rule.at_least or count < usual * rule.times_usual:
        return None
    hour = f"{hour_of(at):%Y-%m-%d %H:%M}"
    return Stop(
        action=action,
        sign=sign,
        words=f"{action} {WORDS[sign]} {count} times in the hour from {hour} UTC; "
        f"over the last 7 days an hour has brought {usual:.1f}",
        count=count,
        since=at,
    )
