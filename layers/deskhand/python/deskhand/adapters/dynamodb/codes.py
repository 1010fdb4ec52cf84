"""One-time codes in DynamoDB: the last challenge of a conversation, and the count of an account."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from deskhand.adapters.challenges import Issued, KeptChallenge, among, answered, asked, too_many
from deskhand.adapters.dynamodb.items import ABSENT, Item, Key, Put, noun_of
from deskhand.adapters.dynamodb.layout import conversation
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.code import Challenge, CodeTried
from deskhand.errors import Unavailable

TRIES = 20


class DynamoDbCodes:
    """The port `Codes` over the DeskTable; the key lies elsewhere, and is asked for when needed."""

    def __init__(self, table: DeskTable, *, key: Callable[[], str]) -> None:
        self._table = table
        self._key = key

    def issue(
        self, challenge: Challenge, code: str, *, most_an_hour: int
    ) -> Literal["issued", "issued_before", "too_many"]:
        """Keeps the challenge in place of any earlier one, once for each turn."""
        where, account_key = _challenge_key(challenge.conversation_id), _account_key(challenge)
        for _ in range(TRIES):
            item, account_item = self._table.get(where), self._table.get(account_key)
            kept = noun_of(KeptChallenge, item) if item else None
            account = noun_of(Issued, account_item) if account_item else Issued()
            if kept and kept.challenge.turn_id == challenge.turn_id:
                return "issued_before"
            if too_many(kept, account, challenge, most_an_hour):
                return "too_many"
            if not self._table.write(
                Put.of(
                    where, asked(kept, challenge, code, key=self._key()), expects=_changes(item)
                ),
                Put.of(
                    account_key,
                    account.with_one_more(challenge.issued_at),
                    expects=_changes(account_item),
                ),
            ):
                return "issued"
        raise Unavailable("the conversation's one-time code, which changes all the time,")

    def standing(self, conversation_id: str) -> Challenge | None:
        """The last challenge of the conversation."""
        item = self._table.get(_challenge_key(conversation_id))
        return noun_of(KeptChallenge, item).challenge if item else None

    def attempt(
        self,
        conversation_id: str,
        given: Sequence[str],
        *,
        email: str,
        message_id: str,
        now: datetime,
    ) -> CodeTried | None:
        """What comes of the numbers in one message; several at once are tried one by one."""
        where = _challenge_key(conversation_id)
        for _ in range(TRIES):
            item = self._table.get(where)
            if item is None:
                return None
            kept = noun_of(KeptChallenge, item)
            after, outcome = answered(
                kept, given, email=email, message_id=message_id, now=now, key=self._key()
            )
            if after == kept or not self._table.write(Put.of(where, after, expects=item.changes)):
                return outcome
        raise Unavailable("the conversation's one-time code, which changes all the time,")

    def among(self, conversation_id: str, numbers: Sequence[str]) -> tuple[str, ...]:
        """Which of these are the conversation's last code."""
        item = self._table.get(_challenge_key(conversation_id))
        return among(noun_of(KeptChallenge, item), numbers, key=self._key()) if item else ()


def _changes(item: Item | None) -> int:
    return item.changes if item else ABSENT


def _challenge_key(conversation_id: str) -> Key:
    return Key(conversation(conversation_id), "code")


def _account_key(challenge: Challenge) -> Key:
    return Key(f"K#{challenge.account}", "codes")
