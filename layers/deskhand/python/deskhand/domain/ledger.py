"""What was begun, done and confirmed, and what that leaves of a customer's and a day's limits."""

from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt

from deskhand.domain.money import Money
from deskhand.domain.noun import Noun
from deskhand.domain.receipt import Receipt

LedgerState = Literal["begun", "done", "confirmed", "unknown", "refused"]


class LedgerEntry(Noun):
    """One thing that may happen at most once, and how far it got."""

    key: str
    what: str
    conversation_id: str
    turn_id: str
    state: LedgerState
    begun_at: AwareDatetime
    reference: str = ""
    words: str = ""
    """Why it is unknown or refused."""
    receipt: Receipt | None = None


class Reservation(Noun):
    """A place under the limits, taken before acting and given back when the action fails."""

    key: str
    customer_id: str
    action: str
    money: Money
    made_at: AwareDatetime


class Counters(Noun):
    """What the limits are counted against at one moment; reserving fails if any of it has
    changed."""

    customer_version: NonNegativeInt = 0
    refunds_in_7_days: NonNegativeInt = 0
    attempts_in_1_hour: NonNegativeInt = 0
    refunded_today_cents: NonNegativeInt = 0
    """By everybody, in the currency of the shop."""
