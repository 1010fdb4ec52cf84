"""From the text of an answer to its type: valid, or said in short what is wrong with it."""

from pydantic import ValidationError

from deskhand.adapters.models.claude.ask import AnswerT

MOST_MISTAKES = 3
FENCE = "```"


class MisshapenError(Exception):
    """An answer that is not of the shape; its words name places and kinds, never values."""


def value_of(answer: type[AnswerT], text: str) -> AnswerT:
    """The answer as its type, held to all limits of the type once more."""
    if not text.strip():
        raise MisshapenError("it was empty")
    try:
        return answer.model_validate_json(_unfenced(text.strip()), strict=True)
    except ValidationError as error:
        raise MisshapenError(_in_short(error)) from None


def _unfenced(text: str) -> str:
    """Without the fence that a model likes to put around JSON where no grammar holds it."""
    first, _, rest = text.partition("\n")
    if first in (FENCE, f"{FENCE}json") and rest.endswith(FENCE):
        return rest.removesuffix(FENCE)
    return text


def _in_short(error: ValidationError) -> str:
    mistakes = error.errors(include_url=False, include_context=False, include_input=False)
    words = [
        f"{_place(mistake['loc'], unknown=mistake['type'] == 'extra_forbidden')}{mistake['type']}"
        for mistake in mistakes[:MOST_MISTAKES]
    ]
    more = f" and {len(mistakes) - MOST_MISTAKES} more" if len(mistakes) > MOST_MISTAKES else ""
    return "; ".join(words) + more


def _place(where: tuple[int | str, ...], *, unknown: bool) -> str:
    """Where it is; a name that the type does not know is the model's, and may be anybody's."""
    known = where[:-1] if unknown else where
    path = ".".join(str(step) for step in known)
    return f"{path}: " if path else ""
