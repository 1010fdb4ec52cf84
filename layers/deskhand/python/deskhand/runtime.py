"""@step: from the claim check to the typed turn, through the stage, to the stored turn and back."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar, get_type_hints

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from pydantic import JsonValue

from deskhand import wiring
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.growth import Found, grown
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.turn import Ended, Ending, Envelope, Parked, StageRecord, Turn
from deskhand.domain.usage import Usage
from deskhand.domain.verdict import Verdict
from deskhand.errors import Rejected, Unavailable

Event = Mapping[str, JsonValue]
Answer = dict[str, JsonValue]
Handler = Callable[[Event, object], Answer]
Outcome = Found | Turn | Ending
StageT = TypeVar("StageT", bound=Turn)

logger = Logger(service="deskhand")
NAMESPACE = "Deskhand"


def step(stage: Callable[[StageT], Outcome]) -> Handler:
    """A state of the machine: runs when the stored turn is at the stage that it takes, not again.

    Where the turn's field is already there, or the turn has ended, the claim check is returned
    unchanged: a repeated invocation does nothing twice.
    """
    takes: type[StageT] = get_type_hints(stage)["turn"]

    def handler(event: Event, _context: object) -> Answer:
        stored = _redeem(Envelope.model_validate(event))
        if type(stored) is not takes:
            return _envelope(stored)
        watch = Stopwatch()
        return _store(stored, stage(stored), watch)

    return handler


def parking_step(stage: Callable[[StageT, str], Parked]) -> Handler:
    """The state that asks a person: takes the task token too, and parks the turn."""
    takes: type[StageT] = get_type_hints(stage)["turn"]

    def handler(event: Event, _context: object) -> Answer:
        token = str(event["task_token"])
        check = {name: value for name, value in event.items() if name != "task_token"}
        stored = _redeem(Envelope.model_validate(check))
        if type(stored) is not takes or stored.next_step != "await_approval":
            # Somebody answered between an earlier try of this step and this one: the machine
            # waits for this token now, and nobody else knows it.
            wiring.workflow().resume(token, Envelope.of(stored))
            return _envelope(stored)
        watch = Stopwatch()
        parked = stage(stored, token)
        waiting = _traced(stored, watch.record("ask_person", f"asked: {parked.approval.summary}"))
        if not wiring.turns().park(waiting, parked):
            raise Unavailable("the turn, which somebody else stored meanwhile,")
        return _envelope(waiting)

    return handler


def last_step(stage: Callable[[Turn, str], Ended]) -> Handler:
    """The state where every error leads: takes a turn at any stage, and the error's name; what it
    gives is stored, with whatever it has found out about the turn."""

    def handler(event: Event, _context: object) -> Answer:
        check = Envelope.model_validate(event)
        stored = _redeem(check)
        if isinstance(stored, Ended):
            return _envelope(stored)
        watch = Stopwatch()
        over = stage(stored, check.error)
        return _end(over.turn, over.ending, watch, "escalate")

    return handler


class Stopwatch:
    """When a stage began, by the wall and by a clock that never jumps."""

    def __init__(self) -> None:
        self.started_at = wiring.clock()()
        self._began_s = time.perf_counter()

    def record(self, stage: str, outcome: str, usage: Usage | None = None) -> StageRecord:
        """What goes into the turn's trace."""
        return StageRecord(
            stage=stage,
            started_at=self.started_at,
            duration_ms=round((time.perf_counter() - self._began_s) * 1000, 3),
            outcome=outcome,
            usage=usage or Usage(),
        )


def _redeem(check: Envelope) -> Turn | Ended:
    """The stored turn of a claim check; one that has read nothing yet claims what waits."""
    logger.append_keys(conversation_id=check.conversation_id, turn_id=check.turn_id)
    conversations = wiring.conversations()
    stored = conversations.turn(check.conversation_id, check.turn_id)
    if stored is None:
        raise Rejected(f"no turn {check.turn_id} in conversation {check.conversation_id}")
    return conversations.claim(stored) if type(stored) is Turn else stored


def _store(turn: Turn, outcome: Outcome, watch: Stopwatch) -> Answer:
    stage, said, usage = _in_short(outcome)
    if isinstance(outcome, Ending):
        return _end(turn, outcome, watch, stage)
    after = outcome if isinstance(outcome, Turn) else grown(turn, outcome)
    saved = wiring.conversations().save(
        _traced(after, watch.record(stage, said, usage)),
        now=wiring.clock()(),
        lease_s=wiring.policy().replies.lease_s,
    )
    if saved is None:
        return _moved_on(turn)
    _measure(stage, saved.stages[-1])
    if isinstance(outcome, Draft) and outcome.withheld:
        _count("BudgetSpent")
    return _envelope(saved)


def _end(turn: Turn, ending: Ending, watch: Stopwatch, stage: str) -> Answer:
    record = watch.record(stage, f"{ending.kind}: {', '.join(ending.codes) or 'no objection'}")
    ended = _traced(turn, record)
    if not wiring.turns().end(ended, ending):
        return _moved_on(turn)
    _measure(stage, record)
    over = Ended(turn=ended, ending=ending)
    _count(f"Ended.{ending.kind}")
    if retrieval := Retrieval.of(over):
        _count("Retrievals")
        _count("ThinRetrievals", int(retrieval.thin))
    return _envelope(over)


def _moved_on(turn: Turn) -> Answer:
    """Somebody else stored the turn meanwhile: fine if they ended it, else read it again."""
    stored = wiring.conversations().turn(turn.conversation_id, turn.id)
    if isinstance(stored, Ended):
        return _envelope(stored)
    raise Unavailable("the turn, which somebody else stored meanwhile,")


def _traced(turn: StageT, record: StageRecord) -> StageT:
    return turn.model_copy(update={"stages": (*turn.stages, record)})


def _in_short(outcome: Outcome) -> tuple[str, str, Usage | None]:
    """Which stage this is the outcome of, what came of it in a few words, and what it used."""
    match outcome:
        case Classification():
            return "classify", f"{outcome.intent}, {outcome.sentiment}", outcome.usage
        case Evidence():
            found = f"{len(outcome.facts)} facts, {len(outcome.passages)} passages"
            return "retrieve", found, None
        case Draft() if outcome.withheld:
            return "generate", f"nobody was asked: {outcome.withheld}", None
        case Draft():
            drafted = f"{len(outcome.claims)} claims, {len(outcome.actions)} actions"
            return "generate", drafted, outcome.usage
        case Verdict():
            codes = ", ".join(objection.code for objection in outcome.objections)
            return "gate", f"{outcome.decision}: {codes or 'no objection'}", None
        case Turn():
            return "act", outcome.next_step, None
        case Ending():
            return "act", outcome.kind, None


def _measure(stage: str, record: StageRecord) -> None:
    """One log line without a word of the customer's, and one metric."""
    logger.info("stage done", extra={"stage": stage, "outcome": record.outcome})
    with single_metric(
        name="StageDuration",
        unit=MetricUnit.Milliseconds,
        value=record.duration_ms,
        namespace=NAMESPACE,
    ) as metric:
        metric.add_dimension(name="stage", value=stage)


def _count(name: str, count: int = 1) -> None:
    with single_metric(name=name, unit=MetricUnit.Count, value=count, namespace=NAMESPACE):
        pass


def _envelope(stored: Turn | Ended) -> Answer:
    answer: Answer = Envelope.of(stored).model_dump(mode="json")
    return answer
