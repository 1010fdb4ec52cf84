"""Several sources of articles as one."""

from collections.abc import Iterator

from deskhand.domain.article import Article, Trouble
from deskhand.ports import ArticleSource


class JoinedArticles:
    """The articles of each source in turn; of two with one id the first stays."""

    def __init__(self, *sources: ArticleSource) -> None:
        self._sources = sources

    def articles(self) -> Iterator[Article | Trouble]:
        """Every article that there is now, and what is wrong with the others."""
        taken: dict[str, tuple[int, str]] = {}
        for number, source in enumerate(self._sources):
            for one in source.articles():
                if isinstance(one, Trouble):
                    yield one
                    continue
                first, name = taken.setdefault(one.id, (number, one.name))
                # Within one source that is the source's own to tell.
                if first == number:
                    yield one
                    continue
                yield Trouble(
                    name=one.name,
                    reason=f"id {one.id} is taken by {name}: give one of them another",
                )
