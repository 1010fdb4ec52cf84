"""One-time codes: what is asked of somebody who says that an account is theirs, and what came of
it."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from deskhand.domain.noun import Noun

CodeResult = Literal["right", "wrong", "expired", "locked", "used", "again"]
"""`locked`: it was wrong too often. `used`: it was right, but counted before. `again`: no code, but
the wish for another one."""


class CodeTried(Noun):
    """What came of the one-time code in a message; the code itself is kept nowhere."""

    result: CodeResult
    tries_left: NonNegativeInt = 0
    episode: PositiveInt = 1
    """The episode in which the code was asked for; in another one it shows nothing."""
    verified_until: AwareDatetime | None = None
    """How long the asker counts as verified, if it was right."""
    alone: bool = False
    """Whether the message holds nothing besides, so that it answers and asks nothing else."""


class Challenge(Noun):
    """A code that was asked for in a conversation; whether an account stands behind it shows
    nowhere."""

    conversation_id: str
    turn_id: str
    episode: PositiveInt
    email: str
    """Who has to answer it."""
    account: str
    """A hash of the address on file, by which the codes of one account are counted."""
    issued_at: AwareDatetime
    expires_at: AwareDatetime
    tries_left: NonNegativeInt
    proof_s: PositiveInt
    """How long a right answer verifies the asker."""
    known: tuple[str, ...] = ()
    """Numbers that were said before it was asked for: orders and the like, never taken for it."""
    met: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return not self.met and self.tries_left > 0 and now < self.expires_at

    def is_for(self, email: str) -> bool:
        """Whether it is this address that has to answer it."""
        return same_address(self.email, email)


class Proof(Noun):
    """That whoever writes from this address has answered a one-time code."""

    email: str
    episode: PositiveInt
    until: AwareDatetime

    def covers(self, email: str, *, episode: int, at: datetime) -> bool:
        """Whether this address counts as verified then."""
        mine = same_address(self.email, email)
        return mine and self.episode == episode and at < self.until


def same_address(one: str, other: str) -> bool:
    """Whether two ways of writing it are one address: capitals make no other."""
    return address_key(one) == address_key(other)


def address_key(address: str) -> str:
    """The address by which it is compared: only the letters of ASCII have no other address in
    capitals. To Unicode `ß` is `ss`, and they are two mailboxes."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in address.strip())
