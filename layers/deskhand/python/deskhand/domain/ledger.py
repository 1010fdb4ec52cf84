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
    conversation_id: str = ""
    """The ticket that it is for, which has a limit of its own."""
    action: str
    money: Money
    made_at: AwareDatetime


class Counters(Noun):
    """What the limits are counted against at one moment; reserving fails if the customer's
    version or the day's total has changed."""

    customer_version: NonNegativeInt = 0
    refunds_in_7_days: NonNegativeInt = 0
    attempts_in_1_hour: NonNegativeInt = 0
    refunded_today_cents: NonNegativeInt = 0
    """By everybody (UTC day), in the currency of the shop."""
    customer_today_cents: NonNegativeInt = 0
    """Of that, by this customer."""
    ticket_cents: NonNegativeInt = 0
    """Refunded in this conversation so far, whenever that was."""
    stopped: tuple[str, ...] = ()
    """Actions that an anomaly has stopped for everybody until a person releases them."""
