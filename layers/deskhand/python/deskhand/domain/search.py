"""What a search of the knowledge base may bring back, and for whom."""

from datetime import date

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import OnlyFor
from deskhand.domain.noun import Noun


class Reader(Noun):
    """What is known of who asks; empty is unknown, and what holds only for some is not told."""

    plan: str = ""
    region: str = ""
    channel: str = ""

    def is_meant(self, only_for: OnlyFor) -> bool:
        """Whether a text that holds for those holds for this reader."""
        return (
            (not only_for.plan or self.plan in only_for.plan)
            and (not only_for.region or self.region in only_for.region)
            and (not only_for.channel or self.channel in only_for.channel)
        )


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
