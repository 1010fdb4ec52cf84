"""One ask and its calls: what is tried again, who is asked next, and how long each may take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NoReturn

from aws_lambda_powertools import Logger

from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask
from deskhand.adapters.models.claude.calls import NoAnswerError, Said, one_call
from deskhand.adapters.models.claude.doors import Door
from deskhand.adapters.models.claude.reading_answers import MisshapenError, value_of
from deskhand.adapters.models.claude.requests import asked_again, request_of
from deskhand.domain.models import ModelChoice, Price
from deskhand.domain.usage import Usage
from deskhand.errors import Rejected, Unavailable

logger = Logger(service="deskhand")

LEAST_SHARE = 0.1
"""Of the time of an ask: nobody is asked who would have less to answer in."""
PAUSE_S = 0.5
"""Before a call is tried again, up to twice as long, where the other side does not say how long."""
PATIENCE_S = 2.0
"""Longer than that nobody waits for a model while there is another one to ask."""
Note = Callable[[str, Usage], None]
"""Told the conversation and what a call used, as soon as it was answered."""


class RefusedError(Exception):
    """The model would not answer this; another one may."""


@dataclass(frozen=True)
class Means:
    """What every ask is made with."""

    door: Door
    prices: Mapping[str, Price]
    note: Note
    seconds: Callable[[], float]
    pause: Callable[[float], None]
    chance: Callable[[], float]


class Asking(Generic[AnswerT]):
    """One ask under way.

    All of it ends within `timeout_s` of its choice: a call has half of what is left while there is
    another model to ask, the last one has all. There are at most four calls: one more after a call
    that failed, one more after an answer that could not be read, and one to the fallback. Whoever
    asks us does not try again by itself; the state machine does.
    """

    def __init__(self, means: Means, ask: Ask[AnswerT], choice: ModelChoice) -> None:
        self._means = means
        self._ask = ask
        self._choice = choice
        self._until_s = means.seconds() + choice.timeout_s
        self._used = Usage()
        self._may_try_again = True
        self._may_ask_again = True

    def answered(self) -> Answered[AnswerT]:
        """The answer of the chosen model, or else of its fallback."""
        fallback = self._choice.fallback
        try:
            return self._answer_of(self._choice.model, last=not fallback)
        except (NoAnswerError, RefusedError) as error:
            if not fallback or self._is_short_of_time():
                _give_up(error)
            first = error
        logger.warning("the fallback model is asked", extra={"why": str(first)})
        try:
            return self._answer_of(fallback, last=True)
        except (NoAnswerError, RefusedError, Rejected) as second:
            _give_up(first, second)

    def _answer_of(self, model: str, *, last: bool) -> Answered[AnswerT]:
        request = request_of(self._ask, self._choice, model, self._means.door)
        said = self._said(model, request, last=last)
        try:
            return Answered(self._value(said), self._used)
        except MisshapenError as error:
            if not self._may_ask_again or self._is_short_of_time():
                raise Rejected(f"the language model's answer cannot be read: {error}") from error
            self._may_ask_again = False
            why = str(error)
        said = self._said(model, asked_again(request, said.text, why), last=last)
        try:
            return Answered(self._value(said), self._used)
        except MisshapenError as error:
            raise Rejected(f"the language model's answers cannot be read: {error}") from error

    def _value(self, said: Said) -> AnswerT:
        match said.stop:
            case "end_turn" | "stop_sequence":
                return value_of(self._ask.answer, said.text)
            case "refusal":
                about = f" ({said.category})" if said.category else ""
                raise RefusedError(f"the language model refused to answer{about}")
            case "max_tokens":
                raise Rejected(
                    f"the language model's answer was cut off after {self._choice.max_tokens}"
                    f" tokens: max_tokens of [{self._ask.task}] in models.toml"
                )
            case "model_context_window_exceeded":
                raise Rejected("the language model was told more than it can read")
        raise MisshapenError(f"it ended with {said.stop or 'no reason'}")

    def _said(self, model: str, request: dict[str, Any], *, last: bool) -> Said:
        """What a call gives, or a second one where the first was turned away for a moment."""
        try:
            return self._called(model, request, last=last)
        except NoAnswerError as error:
            pause_s = self._pause_s(error, last=last)
            if pause_s is None:
                raise
            logger.warning("the language model is asked again", extra={"why": str(error)})
        self._may_try_again = False
        self._means.pause(pause_s)
        return self._called(model, request, last=last)

    def _pause_s(self, error: NoAnswerError, *, last: bool) -> float | None:
        """How long to wait for the same model; None where it is not asked again."""
        if error.silent or not self._may_try_again:
            return None
        pause_s = PAUSE_S * (1 + self._means.chance()) if error.wait_s is None else error.wait_s
        most_s = self._left_s() - self._least_s()
        return pause_s if pause_s <= (most_s if last else min(most_s, PATIENCE_S)) else None

    def _called(self, model: str, request: dict[str, Any], *, last: bool) -> Said:
        if self._is_short_of_time():
            raise NoAnswerError("the language model, for which there is no time left,", silent=True)
        client = self._means.door.client()
        left_s = self._left_s()
        said = one_call(client, request, limit_s=left_s if last else left_s / 2)
        used = said.usage.model_copy(update={"model": model})
        if price := self._means.prices.get(model):
            used = used.model_copy(update={"cost_microusd": price.cost_microusd(used)})
        self._used = self._used.plus(used)
        self._means.note(self._ask.conversation_id, used)
        return said

    def _is_short_of_time(self) -> bool:
        return self._left_s() < self._least_s()

    def _least_s(self) -> float:
        return self._choice.timeout_s * LEAST_SHARE

    def _left_s(self) -> float:
        return self._until_s - self._means.seconds()


def _give_up(*errors: Exception) -> NoReturn:
    """What goes on to whoever asked: where one could not be reached, it is worth another try."""
    for error in errors:
        if isinstance(error, NoAnswerError):
            raise Unavailable(str(error)) from error
    raise Rejected(str(errors[-1])) from errors[-1]
