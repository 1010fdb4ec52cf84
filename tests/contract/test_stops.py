"""What `Stops` promises: an action out of the ordinary is held until a person lets it go on."""

from datetime import datetime, timedelta

import pytest

from deskhand.domain.stop import Stop
from tests.builders import NOON
from tests.contract.conftest import Desk

ACTION = "refund_order"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def done(desk: Desk, times: int = 1, *, at: datetime = NOON, action: str = ACTION) -> None:
    for _ in range(times):
        desk.stops.note(action, "done", at=at)


def stopped(desk: Desk) -> list[str]:
    return [stop.action for stop in desk.stops.standing()]


def test_nothing_is_stopped_at_first(desk: Desk) -> None:
    assert desk.stops.standing() == ()


def test_what_comes_too_often_in_one_hour_is_stopped(desk: Desk) -> None:
    done(desk, 2)
    assert stopped(desk) == []

    done(desk)

    words = (
        "refund_order was done 3 times in the hour from 2026-11-21 12:00 UTC; "
        "over the last 7 days an hour has brought 0.0"
    )
    assert desk.stops.standing() == (
        Stop(action=ACTION, sign="done", words=words, count=3, since=NOON),
    )


def test_a_stop_stays_as_it_was_whatever_comes_after_it(desk: Desk) -> None:
    done(desk, 3)
    (stop,) = desk.stops.standing()

    done(desk, 3, at=NOON + timedelta(minutes=5))
    done(desk, 3, at=NOON + HOUR)

    assert desk.stops.standing() == (stop,)


def test_another_hour_is_counted_by_itself(desk: Desk) -> None:
    done(desk, 2)
    done(desk, 2, at=NOON + HOUR)

    assert stopped(desk) == []


def test_the_hour_is_that_of_utc(desk: Desk) -> None:
    for at in (
        "2026-11-21T14:10:00+02:00",
        "2026-11-21T12:20:00+00:00",
        "2026-11-21T07:59:59-05:00",
    ):
        done(desk, at=datetime.fromisoformat(at))

    assert stopped(desk) == [ACTION]


def test_what_is_usual_is_not_out_of_the_ordinary(desk: Desk) -> None:
    for hours in range(1, 7 * 24 + 1):
        done(desk, 2, at=NOON - hours * HOUR)

    done(desk, 3)
    assert stopped(desk) == []  # 3 is less than twice the usual 2

    done(desk)
    assert stopped(desk) == [ACTION]


def test_only_the_last_seven_days_say_what_is_usual(desk: Desk) -> None:
    for times in range(4 * 84):
        done(desk, at=NOON - 7 * DAY - HOUR * (1 + times % 24), action="cancel_order")
    desk.stops.release("cancel_order", by="Bo", at=NOON - 7 * DAY)

    done(desk, 5, action="cancel_order")

    assert stopped(desk) == ["cancel_order"]


def test_each_sign_is_counted_by_itself(desk: Desk) -> None:
    done(desk, 2)
    for _ in range(3):
        desk.stops.note(ACTION, "refused", at=NOON)
    assert stopped(desk) == []

    desk.stops.note(ACTION, "refused", at=NOON)

    (stop,) = desk.stops.standing()
    assert (stop.sign, stop.count) == ("refused", 4)
    assert stop.words.startswith("refund_order was denied 4 times")


def test_an_action_without_rules_of_its_own_has_those_of_any_other(desk: Desk) -> None:
    done(desk, 4, action="cancel_order")
    assert stopped(desk) == []

    done(desk, action="cancel_order")

    assert stopped(desk) == ["cancel_order"]


def test_a_sign_without_a_rule_stops_nothing(desk: Desk) -> None:
    for _ in range(50):
        desk.stops.note(ACTION, "unusual_place", at=NOON)

    assert stopped(desk) == []


def test_one_action_stopped_leaves_the_others_alone(desk: Desk) -> None:
    done(desk, 3)
    done(desk, 4, action="cancel_order")
    assert stopped(desk) == [ACTION]

    done(desk, action="cancel_order")
    assert stopped(desk) == ["cancel_order", ACTION]


def test_a_person_lets_it_go_on_with_name_and_time(desk: Desk) -> None:
    done(desk, 3)
    (stop,) = desk.stops.standing()

    later = NOON + timedelta(minutes=10)
    let_go = desk.stops.release(ACTION, by="Bo", at=later)

    assert let_go == stop.model_copy(update={"released_by": "Bo", "released_at": later})
    assert desk.stops.standing() == ()


@pytest.mark.parametrize("action", [ACTION, "cancel_order", "no such action"])
def test_letting_go_what_is_not_stopped_changes_nothing(desk: Desk, action: str) -> None:
    done(desk, 2)

    assert desk.stops.release(action, by="Bo", at=NOON) is None

    done(desk)
    assert stopped(desk) == [ACTION]


def test_a_stop_is_let_go_once(desk: Desk) -> None:
    done(desk, 3)
    desk.stops.release(ACTION, by="Bo", at=NOON)

    assert desk.stops.release(ACTION, by="Cy", at=NOON) is None


def test_the_hour_is_counted_anew_once_a_person_has_looked(desk: Desk) -> None:
    done(desk, 3)
    desk.stops.release(ACTION, by="Bo", at=NOON)

    done(desk, 2)
    assert stopped(desk) == []

    done(desk)
    (stop,) = desk.stops.standing()
    assert (stop.count, stop.released_by) == (3, "")


def test_what_was_usual_is_not_forgotten_when_a_person_has_looked(desk: Desk) -> None:
    for hours in range(1, 7 * 24 + 1):
        done(desk, 2, at=NOON - hours * HOUR)
    done(desk, 4)
    desk.stops.release(ACTION, by="Bo", at=NOON)

    done(desk, 3)

    assert stopped(desk) == []


def test_a_stop_stands_however_long_nobody_looks(desk: Desk) -> None:
    done(desk, 3)

    desk.clock.pass_by(days=400)

    assert stopped(desk) == [ACTION]
