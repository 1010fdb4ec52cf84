"""One-time codes: by which somebody whom the helpdesk does not know shows that an account is
theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from deskhand.domain.code import Challenge, CodeTried


class Codes(Protocol):
    """Keeps the last challenge of each conversation; a code itself is kept by nobody, and no
    method may log one."""

    def issue(
        self, challenge: Challenge, code: str, *, most_an_hour: int
    ) -> Literal["issued", "issued_before", "too_many"]:
        """Keeps the challenge in place of any earlier one of its conversation, once for each turn.

        With an empty code nothing can ever meet it, and it looks and is written like any other.
        `issued_before`: this turn has asked already. `too_many`: the conversation or the account
        had that many within the hour. In both cases nothing was changed.
        """
        ...

    def standing(self, conversation_id: str) -> Challenge | None:
        """The last challenge of the conversation, whatever became of it."""
        ...

    def attempt(
        self,
        conversation_id: str,
        given: Sequence[str],
        *,
        email: str,
        message_id: str,
        now: datetime,
    ) -> CodeTried | None:
        """What comes of the numbers in one message, each a try, until one is right; the same
        message again is no further try. None: no code is asked for, so they are ordinary text."""
        ...

    def among(self, conversation_id: str, numbers: Sequence[str]) -> tuple[str, ...]:
        """Which of these are the conversation's last code, whatever became of it: so that it can be
        masked. This is no try, and its answer is for nobody to see."""
        ...
