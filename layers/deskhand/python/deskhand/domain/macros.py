"""What articles may be filled with, and which conditions may stand in them."""

from collections.abc import Mapping

from pydantic import Field

from deskhand.domain.evidence import OnlyFor
from deskhand.domain.noun import Noun


class Macros(Noun):
    """The words that many articles share, each written once, by name."""

    variables: Mapping[str, str | int] = Field(default_factory=dict)
    known: OnlyFor = OnlyFor()
    """The plans, regions and channels that there are, so that a slip in an article is seen; empty:
    not listed, anything may stand there."""
