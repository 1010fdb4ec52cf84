"""Writes down what models answer, and answers by what was written down, without anybody's data.

For evaluations on a laptop: recorded once with a model, run as often as one likes without it.
"""

from collections.abc import Mapping

from aws_lambda_powertools import Logger
from pydantic import ValidationError

from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask, Asked
from deskhand.adapters.models.claude.recordings import (
    TURN,
    Known,
    Recording,
    Shelf,
    answer_hidden,
    answer_shown,
    differences,
)
from deskhand.domain.models import ModelChoice, Task
from deskhand.errors import Rejected
from deskhand.text.veils import UnveiledError

logger = Logger(service="deskhand")
Choices = Mapping[Task, ModelChoice]


class Recorded:
    """The port `Asked`: somebody else answers, and each answer is written down.

    What was asked is not written down, only its hashes. An answer in which something personal is
    left that nobody could put back is given on and not written down; the log says why.
    """

    def __init__(self, asked: Asked, shelf: Shelf, choices: Choices) -> None:
        self._asked = asked
        self._shelf = shelf
        self._choices = choices

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        """The answer of the other one; its errors pass, and are not recorded."""
        answered = self._asked.ask(ask)
        if ask.files:
            # What stands in a photo or a paper nobody here can tell, and so not hide.
            _left_out(ask, "the customer's files were shown")
            return answered
        known = Known.of(ask, _choice(self._choices, ask.task))
        try:
            hidden = answer_hidden(answered.value, known.veil)
        except UnveiledError as error:
            _left_out(ask, str(error))
            return answered
        self._shelf.put(
            known.name,
            Recording(task=ask.task, parts=known.parts, answer=hidden, usage=answered.usage),
        )
        return answered


class Replayed:
    """The port `Asked`: answers what was recorded, and nothing else; asks nobody."""

    def __init__(self, shelf: Shelf, choices: Choices) -> None:
        self._shelf = shelf
        self._choices = choices

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        """The recorded answer, with this customer's own values in it, and what it cost then.
        `Rejected`: there is none, and what is different."""
        known = Known.of(ask, _choice(self._choices, ask.task))
        recording = self._shelf.get(known.name)
        if recording is None:
            raise Rejected(self._why_none(known))
        try:
            value = ask.answer.model_validate(answer_shown(recording.answer, known.veil))
        except (UnveiledError, ValidationError) as error:
            why = type(error).__name__
            raise Rejected(f"the recording {known.name} does not fit its ask: {why}") from None
        return Answered(value, recording.usage)

    def _why_none(self, known: Known) -> str:
        where = f"{self._shelf.folder} has no recording of this {known.task}"
        nearest = self._shelf.nearest(known)
        if nearest is None:
            return f"{where}, nor of any other"
        changed = differences(nearest, known)
        if TURN in changed:
            return f"{where}: {TURN} was never recorded, or is another one now"
        return f"{where}: since it was recorded there changed {', '.join(changed)}"


def _left_out(ask: Ask[AnswerT], why: str) -> None:
    logger.warning("an answer is not recorded", extra={"task": ask.task, "why": why})


def _choice(choices: Choices, task: Task) -> ModelChoice:
    choice = choices.get(task) or (choices.get("draft") if task == "redraft" else None)
    if choice is None:
        raise Rejected(f"no language model is chosen: models.toml has no [{task}]")
    return choice
