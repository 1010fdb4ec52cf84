"""What it means for a draft that a judge is down, will not read it, or does."""

import pytest

from deskhand.adapters.careful_judge import UNREAD, CarefulJudge
from deskhand.adapters.circuit_breaker import FAILURES, PAUSE
from deskhand.domain.draft import Claim, Doubt
from deskhand.domain.turn import Drafted
from deskhand.domain.usage import Usage
from deskhand.errors import Rejected, Unavailable
from tests.builders import StoppedClock, a_draft, a_drafted_turn

CLAIMS = (Claim(text="It takes two days.", supports=("a#1",)), Claim(text="It is free."))
DOUBT = Doubt(claim="It is free.", why="it costs 5 EUR")


class Judge:
    """Says what a test tells it to."""

    def __init__(self, said: object) -> None:
        self.said = said
        self.asked = 0

    def doubts(self, turn: Drafted) -> tuple[tuple[Doubt, ...], Usage]:
        self.asked += 1
        if isinstance(self.said, Exception):
            raise self.said
        assert isinstance(self.said, Doubt)
        return (self.said,), Usage(calls=1)


def a_turn_with_claims() -> Drafted:
    return a_drafted_turn(draft=a_draft(claims=CLAIMS))


def test_what_a_judge_doubts_goes_on_as_it_is() -> None:
    judge = CarefulJudge(Judge(DOUBT), StoppedClock())
    assert judge.doubts(a_turn_with_claims()) == ((DOUBT,), Usage(calls=1))


def test_a_judge_that_is_down_has_no_word() -> None:
    judge = CarefulJudge(Judge(Unavailable("the judge")), StoppedClock())
    assert judge.doubts(a_turn_with_claims()) == ((), Usage())


def test_a_judge_that_will_not_read_a_draft_doubts_all_of_it() -> None:
    judge = CarefulJudge(Judge(Rejected("it refused")), StoppedClock())
    doubts, used = judge.doubts(a_turn_with_claims())

    assert doubts == tuple(Doubt(claim=claim.text, why=UNREAD) for claim in CLAIMS)
    assert used == Usage()


def test_a_judge_that_is_down_is_soon_asked_no_longer_and_then_again() -> None:
    inner, clock = Judge(Unavailable("the judge")), StoppedClock()
    judge = CarefulJudge(inner, clock)
    for _ in range(FAILURES + 4):
        assert judge.doubts(a_turn_with_claims()) == ((), Usage())
    assert inner.asked == FAILURES

    inner.said = DOUBT
    clock.now += PAUSE
    assert judge.doubts(a_turn_with_claims()) == ((DOUBT,), Usage(calls=1))


def test_a_mistake_of_ours_is_not_taken_for_a_word() -> None:
    judge = CarefulJudge(Judge(ZeroDivisionError("a bug")), StoppedClock())
    with pytest.raises(ZeroDivisionError):
        judge.doubts(a_turn_with_claims())
