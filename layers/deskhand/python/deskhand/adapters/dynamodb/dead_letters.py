"""Dead letters in DynamoDB; one that is too large for an item lies in S3."""

from deskhand.adapters.dynamodb.items import Due, Put, noun_of
from deskhand.adapters.dynamodb.layout import LETTERS, dead_letter
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.dead_letter import DeadLetter


class DynamoDbDeadLetters:
    """The port `DeadLetters` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def keep(self, letter: DeadLetter) -> None:
        """Keeps the letter in place of what was kept of it."""
        self._table.write(Put.of(dead_letter(letter.id), letter, due=Due(LETTERS, letter.sent_at)))

    def load(self, letter_id: str) -> DeadLetter | None:
        """The letter, or None."""
        item = self._table.get(dead_letter(letter_id))
        return noun_of(DeadLetter, item) if item else None

    def all(self) -> tuple[DeadLetter, ...]:
        """Every letter, oldest first."""
        found = (noun_of(DeadLetter, item) for item in self._table.due(LETTERS))
        return tuple(sorted(found, key=lambda letter: (letter.sent_at, letter.id)))
