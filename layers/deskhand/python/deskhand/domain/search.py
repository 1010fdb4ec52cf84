"""What a search of the knowledge base may bring back, and for whom."""

from datetime import date

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Reader
from deskhand.domain.noun import Noun

__all__ = ["Filters", "Reader"]


class Filters(Noun):
    """What a passage has to be; it is always public, too."""

    on: date
    """The day on which it has to be in force."""
    categories: tuple[str, ...] = ()
    """Any of these; empty: all."""
    language: str = ""
    """Empty: all."""
    reader: Reader = Reader()

    def allow(self, chunk: Chunk) -> bool:
        """Whether an answer may stand on the chunk; what every index has to filter by."""
        return (
            chunk.audience == "public"
            and (chunk.effective_from or date.min) <= self.on <= (chunk.effective_until or date.max)
            and (not self.categories or chunk.category in self.categories)
            and (not self.language or chunk.language == self.language)
            and self.reader.is_meant(chunk.only_for)
        )
