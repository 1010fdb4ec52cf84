"""Proof that something happened, read back from where it happened."""

from typing import Literal

from pydantic import AwareDatetime

from deskhand.domain.money import Money
from deskhand.domain.noun import Noun


class Receipt(Noun):
    """An action or a reply that was seen to have happened."""

    key: str
    kind: Literal["action", "reply"]
    name: str
    """The action's name, or `reply`."""
    reference: str
    """The other system's own id for it: a refund id, a message id."""
    words: str
    """What happened, in a sentence fit to be said to the customer."""
    money: Money | None = None
    read_back_at: AwareDatetime
