"""What asking for a one-time code and answering it change, as pure functions.

A code has a million values, so a salted hash alone would fall in a second to whoever reads the
table, and a slow one in hours. It is therefore an HMAC under a key that lies elsewhere (a secret of
its own): without the key the table tells nothing, and a try costs microseconds.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from deskhand.domain.code import Challenge, CodeTried
from deskhand.domain.noun import Noun

HOUR = timedelta(hours=1)
MOST_REMEMBERED = 20


class Issued(Noun):
    """When codes were asked for, as far as the limit of an hour looks back."""

    at: tuple[AwareDatetime, ...] = ()

    def within_the_hour(self, now: datetime) -> tuple[datetime, ...]:
        """Those that still count."""
        return tuple(at for at in self.at if at > now - HOUR)

    def with_one_more(self, now: datetime) -> "Issued":
        """One more, without those that no longer count."""
        return Issued(at=(*self.within_the_hour(now), now))


class Try(Noun):
    """A message that was tried, and what came of it."""

    message_id: str
    outcome: CodeTried


class KeptChallenge(Noun):
    """A challenge with what an answer is compared with."""

    challenge: Challenge
    salt: str
    digest: str
    tried: tuple[Try, ...] = ()
    issued: Issued = Issued()
    """The conversation's, not only this one."""


def asked(
    kept: KeptChallenge | None, challenge: Challenge, code: str, *, key: str
) -> KeptChallenge:
    """The challenge as it is kept in place of the earlier one."""
    salt = secrets.token_hex(16)
    # What no code can be is hashed where there is no account: the record looks the same.
    secret = code or secrets.token_hex(32)
    earlier = kept.issued if kept else Issued()
    return KeptChallenge(
        challenge=challenge,
        salt=salt,
        digest=_digest(challenge.conversation_id, salt, secret, key),
        tried=kept.tried[-MOST_REMEMBERED:] if kept else (),
        issued=earlier.with_one_more(challenge.issued_at),
    )


def too_many(
    kept: KeptChallenge | None, account: Issued, challenge: Challenge, most_an_hour: int
) -> bool:
    """Whether the conversation or the account had its codes of this hour."""
    conversation = kept.issued if kept else Issued()
    now = challenge.issued_at
    return any(len(one.within_the_hour(now)) >= most_an_hour for one in (conversation, account))


def answered(
    kept: KeptChallenge,
    given: Sequence[str],
    *,
    email: str,
    message_id: str,
    now: datetime,
    key: str,
) -> tuple[KeptChallenge, CodeTried | None]:
    """What is kept afterwards, and what came of it; None: the numbers are ordinary text."""
    for one in kept.tried:
        if one.message_id == message_id:
            return kept, one.outcome
    challenge = kept.challenge
    fits = [_fits(kept, code, key) for code in given]
    if not challenge.is_open(now):
        return kept, _too_late(challenge, matched=any(fits), now=now)
    tries = fits[: challenge.tries_left]
    if challenge.is_for(email) and any(tries):
        outcome = CodeTried(
            result="right",
            episode=challenge.episode,
            verified_until=now + timedelta(seconds=challenge.proof_s),
        )
        return _after(kept, message_id, outcome, met=True), outcome
    left = challenge.tries_left - len(tries)
    outcome = CodeTried(
        result="wrong" if left else "locked", tries_left=left, episode=challenge.episode
    )
    return _after(kept, message_id, outcome, tries_left=left), outcome


def among(kept: KeptChallenge, numbers: Sequence[str], *, key: str) -> tuple[str, ...]:
    """Which of the numbers are the code."""
    return tuple(number for number in numbers if _fits(kept, number, key))


def _too_late(challenge: Challenge, *, matched: bool, now: datetime) -> CodeTried | None:
    if not challenge.met and now < challenge.expires_at:
        return CodeTried(result="locked", episode=challenge.episode)
    if not matched:
        return None
    return CodeTried(result="used" if challenge.met else "expired", episode=challenge.episode)


def _after(
    kept: KeptChallenge, message_id: str, outcome: CodeTried, **changed: object
) -> KeptChallenge:
    return kept.model_copy(
        update={
            "challenge": kept.challenge.model_copy(update=changed),
            "tried": (*kept.tried, Try(message_id=message_id, outcome=outcome)),
        }
    )


def _fits(kept: KeptChallenge, code: str, key: str) -> bool:
    given = _digest(kept.challenge.conversation_id, kept.salt, code, key)
    return hmac.compare_digest(given, kept.digest)


def _digest(conversation_id: str, salt: str, code: str, key: str) -> str:
    text = f"{conversation_id}\n{salt}\n{code}"
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
