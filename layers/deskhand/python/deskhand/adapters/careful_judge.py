"""A judge that loses no ticket: what it means for a draft that nobody could read a second time."""

from aws_lambda_powertools import Logger

from deskhand.adapters.circuit_breaker import CircuitBreaker
from deskhand.domain.draft import Doubt
from deskhand.domain.turn import Drafted
from deskhand.domain.usage import Usage
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock, GroundingJudge

logger = Logger(service="deskhand")

UNREAD = "nobody could read it a second time"


class CarefulJudge:
    """The port `GroundingJudge`, behind a circuit breaker.

    A judge that is down has no word: the gate judges as it does where there is none, and the draft
    is not paid for twice. One that refuses, or whose answer cannot be read, doubts every sentence:
    a customer's words can bring that about, and must not get a draft past it.
    """

    def __init__(self, judge: GroundingJudge, clock: Clock) -> None:
        self._judge = judge
        self._breaker = CircuitBreaker("the judge", clock)

    def doubts(self, turn: Drafted) -> tuple[tuple[Doubt, ...], Usage]:
        """The claims that do not stand in what they cite, or that it would not read."""
        try:
            with self._breaker.asking():
                return self._judge.doubts(turn)
        except Unavailable as error:
            logger.warning("a draft was not read a second time", extra={"why": str(error)})
            return (), Usage()
        except Rejected as error:
            logger.warning("a draft is doubted, as nobody read it", extra={"why": str(error)})
            claims = turn.draft.claims
            return tuple(Doubt(claim=claim.text, why=UNREAD) for claim in claims), Usage()
