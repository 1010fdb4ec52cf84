"""The anomaly stop in memory: the twin for a laptop and for tests."""

from collections import Counter
from datetime import datetime
from threading import Lock

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


class MemoryStops:
    """The port `Stops`, behind one lock; the rules are those of the policy."""

    def __init__(self, rules: StopRules) -> None:
        self._rules = rules
        self._lock = Lock()
        self._watches: dict[str, Watch] = {}
        self._counts: Counter[tuple[str, Sign, datetime]] = Counter()
        self._of_round: Counter[tuple[str, Sign, datetime, int]] = Counter()

    def note(self, action: str, sign: Sign, *, at: datetime) -> None:
        """Counts one happening; past the policy's numbers the action is stopped."""
        hour = hour_of(at)
        with self._lock:
            watch = self._watches.get(action, Watch())
            self._counts[action, sign, hour] += 1
            self._of_round[action, sign, hour, watch.round] += 1
            rule = rule_for(self._rules, action, sign)
            if rule is None or watch.standing:
                return
            before = sum(
                self._counts[action, sign, hour - hours * HOUR]
                for hours in range(1, USUAL_HOURS + 1)
            )
            count = self._of_round[action, sign, hour, watch.round]
            if stop := stop_for(rule, action, sign, count=count, before=before, at=at):
                self._watches[action] = watch.stopped(stop)

    def standing(self) -> tuple[Stop, ...]:
        """What is stopped now, by name."""
        with self._lock:
            watches = [self._watches[action] for action in sorted(self._watches)]
            return tuple(watch.standing for watch in watches if watch.standing)

    def release(self, action: str, *, by: str, at: datetime) -> Stop | None:
        """A person lets the action go on; the counts begin anew."""
        with self._lock:
            watch = self._watches.get(action, Watch())
            if (stop := watch.standing) is None:
                return None
            self._watches[action] = watch.released(stop, by=by, at=at)
            return self._watches[action].stop
