"""What every noun is: frozen, closed, and compared by value."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A value that never changes and refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
