"""What an anomaly has stopped, and a person's word that it may go on."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.web import Answer, Request, refusal
from deskhand.ports import Clock, Stops
from deskhand.text.deliveries import in_plain_words


class Release(Noun):
    """Who has looked, and lets the action go on."""

    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


@dataclass(frozen=True)
class StopRoutes:
    """What the people's API says of the anomaly stop."""

    kept: Stops
    clock: Clock

    def standing(self, _request: Request) -> Answer:
        """What is stopped now, and why."""
        standing = self.kept.standing()
        return Answer(status=200, body=[stop.model_dump(mode="json") for stop in standing])

    def release(self, request: Request) -> Answer:
        """A person lets an action go on; what is not stopped (any longer) is a 404."""
        try:
            release = Release.model_validate_json(request.body)
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        action = request.path["action"]
        stop = self.kept.release(action, by=release.by, at=self.clock())
        if stop is None:
            return refusal(404, f"{action} is not stopped")
        return Answer(status=200, body=stop.model_dump(mode="json"))
