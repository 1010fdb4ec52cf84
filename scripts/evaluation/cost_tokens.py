"""How many tokens an ask and its answer are: estimated, or counted by the vendor."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from deskhand.adapters.models.claude.ask import Ask
from deskhand.adapters.models.claude.requests import schema_of
from deskhand.domain.models import Task
from deskhand.domain.noun import Noun
from deskhand.text.tokens import estimated_tokens

Tokens = Callable[[str], int]
"""Of one text."""


class CountedAsk(Noun):
    """One ask as it would be billed, whichever model answers it."""

    task: Task
    steady_tokens: int
    """The layers and the shape of the answer: the same in every ask of the task."""
    turn_tokens: int
    output_tokens: int


def counted(ask: Ask[Any], answer: BaseModel, tokens: Tokens = estimated_tokens) -> CountedAsk:
    """The tokens of an ask and of a plausible answer to it."""
    shape: type[BaseModel] = ask.answer
    schema = json.dumps(schema_of(shape), separators=(",", ":"))
    return CountedAsk(
        task=ask.task,
        steady_tokens=sum(map(tokens, ask.steady)) + tokens(schema),
        turn_tokens=tokens(ask.turn),
        output_tokens=tokens(answer.model_dump_json()),
    )


def counted_by(client: Any, model: str) -> Tokens:
    """The vendor's own count, by an SDK client: of a text as if it were a whole message."""

    def tokens(text: str) -> int:
        message = {"role": "user", "content": text}
        counted = client.messages.count_tokens(model=model, messages=[message])
        return int(counted.input_tokens)

    return tokens
