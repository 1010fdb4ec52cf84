"""What an anomaly has stopped, and a person's word that it may go on."""

from dataclasses import dataclass

from deskhand.domain.web import Answer, Request, refusal
from deskhand.jobs.go_ahead import go_ahead
from deskhand.ports import Clock, Stops


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
        word = go_ahead(request)
        if isinstance(word, Answer):
            return word
        action = request.path["action"]
        stop = self.kept.release(action, by=word.by, at=self.clock())
        if stop is None:
            return refusal(404, f"{action} is not stopped")
        return Answer(status=200, body=stop.model_dump(mode="json"))
