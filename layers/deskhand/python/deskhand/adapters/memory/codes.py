"""One-time codes in memory: the twin for a laptop and for tests."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Literal

from deskhand.adapters.challenges import Issued, KeptChallenge, among, answered, asked, too_many
from deskhand.domain.code import Challenge, CodeTried


class MemoryCodes:
    """The port `Codes`, behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key = secrets.token_hex(32)
        self._kept: dict[str, KeptChallenge] = {}
        self._accounts: defaultdict[str, Issued] = defaultdict(Issued)

    def issue(
        self, challenge: Challenge, code: str, *, most_an_hour: int
    ) -> Literal["issued", "issued_before", "too_many"]:
        """Keeps the challenge in place of any earlier one, once for each turn."""
        with self._lock:
            kept = self._kept.get(challenge.conversation_id)
            account = self._accounts[challenge.account]
            if kept and kept.challenge.turn_id == challenge.turn_id:
                return "issued_before"
            if too_many(kept, account, challenge, most_an_hour):
                return "too_many"
            self._kept[challenge.conversation_id] = asked(kept, challenge, code, key=self._key)
            self._accounts[challenge.account] = account.with_one_more(challenge.issued_at)
            return "issued"

    def standing(self, conversation_id: str) -> Challenge | None:
        """The last challenge of the conversation."""
        with self._lock:
            kept = self._kept.get(conversation_id)
        return kept.challenge if kept else None

    def attempt(
        self,
        conversation_id: str,
        given: Sequence[str],
        *,
        email: str,
        message_id: str,
        now: datetime,
    ) -> CodeTried | None:
        """What comes of the numbers in one message."""
        with self._lock:
            kept = self._kept.get(conversation_id)
            if kept is None:
                return None
            self._kept[conversation_id], outcome = answered(
                kept, given, email=email, message_id=message_id, now=now, key=self._key
            )
            return outcome

    def among(self, conversation_id: str, numbers: Sequence[str]) -> tuple[str, ...]:
        """Which of these are the conversation's last code."""
        with self._lock:
            kept = self._kept.get(conversation_id)
        return among(kept, numbers, key=self._key) if kept else ()
