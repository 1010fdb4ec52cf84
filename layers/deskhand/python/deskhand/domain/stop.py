"""The anomaly stop: an action that is held for everybody until a person has looked."""

from typing import Literal

from pydantic import AwareDatetime, Field, NonNegativeInt, PositiveInt

from deskhand.domain.noun import Noun

Sign = Literal["done", "refused", "unusual_place"]
"""What is counted: it was done, it was denied to somebody, it went to an unusual place."""


class StopRule(Noun):
    """When an action's last hour is out of the ordinary: at least so many of a sign, and so many
    times what an hour has brought on average over the last seven days."""

    at_least: PositiveInt
    times_usual: float = Field(ge=1.0)


class Stop(Noun):
    """One action, stopped for everybody."""

    action: str
    sign: Sign
    words: str
    """What was out of the ordinary, for the person who releases it."""
    count: NonNegativeInt
    since: AwareDatetime
    released_by: str = ""
    released_at: AwareDatetime | None = None
