"""A person's word that something may go on: who has looked at it, and lets it."""

from pydantic import ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.web import Answer, Request, refusal
from deskhand.jobs.approve import Name
from deskhand.text.deliveries import in_plain_words


class GoAhead(Noun):
    """Who has looked, and lets it go on."""

    by: Name


def go_ahead(request: Request) -> GoAhead | Answer:
    """The word in the body of a request; where it names nobody, the answer that says so (400)."""
    try:
        return GoAhead.model_validate_json(request.body)
    except ValidationError as error:
        return refusal(400, in_plain_words(error))
