"""The anomaly stop in DynamoDB: counts that add up however many add at once, and what is held."""

from datetime import datetime

from deskhand.adapters.dynamodb.items import ABSENT, Item, Key, Put, noun_of
from deskhand.adapters.dynamodb.layout import STOP, STOPS, counted_hour
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.stop_counts import (
    HOUR,
    USUAL_HOURS,
    StopRules,
    Watch,
    hour_of,
    rule_for,
    stop_for,
)
from deskhand.domain.stop import Sign, Stop
from deskhand.errors import Unavailable

TRIES = 20


class DynamoDbStops:
    """The port `Stops` over the DeskTable; the rules are those of the policy.

    Each hour of an action is one item, to which DynamoDB itself adds. The hours before are read
    only once the running one has brought enough to matter.
    """

    def __init__(self, table: DeskTable, rules: StopRules) -> None:
        self._table = table
        self._rules = rules

    def note(self, action: str, sign: Sign, *, at: datetime) -> None:
        """Counts one happening; past the policy's numbers the action is stopped."""
        item, watch = self._watch(action)
        count = self._table.add(counted_hour(action, hour_of(at), watch.round), sign)
        rule = rule_for(self._rules, action, sign)
        if rule is None or watch.standing or count < rule.at_least:
            return
        before = self._before(action, sign, hour_of(at))
        if stop := stop_for(rule, action, sign, count=count, before=before, at=at):
            # Where this is not written, somebody else has stopped or released it a moment ago.
            self._table.write(_put(action, watch.stopped(stop), item))

    def standing(self) -> tuple[Stop, ...]:
        """What is stopped now, by name."""
        watches = [noun_of(Watch, item) for item in self._table.query(STOPS, STOP)]
        return tuple(watch.standing for watch in watches if watch.standing)

    def release(self, action: str, *, by: str, at: datetime) -> Stop | None:
        """A person lets the action go on; the counts begin anew."""
        for _ in range(TRIES):
            item, watch = self._watch(action)
            if (stop := watch.standing) is None:
                return None
            after = watch.released(stop, by=by, at=at)
            if not self._table.write(_put(action, after, item)):
                return after.stop
        raise Unavailable(f"the stop of {action}, which changes all the time,")

    def _watch(self, action: str) -> tuple[Item | None, Watch]:
        item = self._table.get(Key(STOPS, STOP + action))
        return item, noun_of(Watch, item) if item else Watch()

    def _before(self, action: str, sign: Sign, hour: datetime) -> int:
        first = counted_hour(action, hour - USUAL_HOURS * HOUR)
        return sum(self._table.counts(first, sign, before=counted_hour(action, hour)))


def _put(action: str, watch: Watch, item: Item | None) -> Put:
    """A stop that stands is never forgotten: only a person ends it."""
    return Put.of(
        Key(STOPS, STOP + action),
        watch,
        expects=item.changes if item else ABSENT,
        lasts=watch.standing is not None,
    )
