"""Fills in what articles share, and takes apart what holds only for some: never executed, never
guessed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from deskhand.domain.article import Article, Trouble
from deskhand.domain.evidence import OnlyFor
from deskhand.domain.macros import Macros
from deskhand.text.conditions import both
from deskhand.text.macro_lines import Line, Misread, Place, has_macros, lines_of
from deskhand.text.macro_values import check_known, fill, meant

SNIPPET = "snippet"
"""The category of internal articles that are written to be included in public ones."""
DEEPEST = 5
"""So many articles may include one another in a row."""
LONGEST_INCLUDED = 1_000_000
"""So many characters may be included in one article, through however many doors."""


@dataclass(frozen=True)
class Filled:
    """Articles as they can be cut, and what is wrong with those that cannot."""

    articles: tuple[Article, ...]
    """One with conditions is several of the same id: what holds for everybody, and apart from it
    what holds for some, under its headings and with its `only_for`."""
    troubles: tuple[Trouble, ...]


def filled(articles: Iterable[Article], macros: Macros) -> Filled:
    """The articles with their variables, includes and conditions worked out.

    An article in which anything is wrong is left out as a whole: no customer reads a gap.
    """
    by_id = {article.id: article for article in articles}
    done: list[Article] = []
    troubles: list[Trouble] = []
    pages: dict[str, tuple[Line, ...]] = {}
    for article in by_id.values():
        try:
            done.extend(_Filling(by_id, macros, pages).parts(article))
        except Misread as wrong:
            troubles.append(Trouble(name=article.name or article.id, reason=str(wrong)))
    return Filled(tuple(done), tuple(troubles))


class _Filling:
    """One article on its way to be told, with how much it may still include."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        macros: Macros,
        pages: dict[str, tuple[Line, ...]],
    ) -> None:
        self._articles, self._macros, self._pages = articles, macros, pages
        self._left = LONGEST_INCLUDED

    def parts(self, article: Article) -> Iterator[Article]:
        """What holds for everybody whom the article is for, and what holds for fewer."""
        try:
            check_known(article.only_for, self._macros)
        except ValueError as error:
            raise Misread(1, f"only_for: {error}") from error
        if not has_macros(article):
            yield article
            return
        title = fill(article.title, self._macros, line=1)
        parts: dict[OnlyFor, list[tuple[int, Place]]] = {}
        for number, told in enumerate(self._told(article, Place(only_for=article.only_for), ())):
            parts.setdefault(told.only_for, []).append((number, told))
        for only_for, lines in parts.items():
            for_fewer = only_for != article.only_for
            text = _written([*_moved_left(lines)] if for_fewer else lines, title)
            if text.strip():
                told_of = {"title": title, "text": text, "only_for": only_for}
                yield article.model_copy(update=told_of)

    def _told(self, article: Article, at: Place, through: tuple[str, ...]) -> Iterator[Place]:
        """The lines that are told of the article, each with the headings above it and for whom it
        holds."""
        here = at
        opened: list[tuple[int, Place]] = []
        through = (*through, article.id)
        for line in self._lines(article):
            self._pay(line, through)
            match line.kind:
                case "heading":
                    here = self._below(here, line, at, article, inside=len(through) > 1)
                    if line.alone:
                        yield here.standing_alone()
                case "open":
                    opened.append((line.number, here))
                    here = self._narrowed(here, line)
                case "close":
                    if not opened:
                        raise Misread(line.number, "`:::` closes what was never opened: remove it")
                    here = opened.pop()[1]
                case "include":
                    yield from self._included(line, here, through)
                case _:
                    words = line.words
                    if line.kind == "text":
                        words = fill(words, self._macros, line=line.number)
                    if here.lead and words.strip():
                        if line.listed:
                            yield from (here.saying(here.lead), here.saying(""))
                        here = here.without_lead()
                    yield here.saying(words)
                    here = here.after(line, words)
        if opened:
            raise Misread(opened[-1][0], "this `:::` is never closed: end the block with `:::`")

    def _lines(self, article: Article) -> tuple[Line, ...]:
        if article.id not in self._pages:
            self._pages[article.id] = tuple(lines_of(article))
        return self._pages[article.id]

    def _pay(self, line: Line, through: tuple[str, ...]) -> None:
        if len(through) > 1:
            self._left -= len(line.words) + 1
        if self._left < 0:
            most = f"{LONGEST_INCLUDED:,} characters"
            raise Misread(line.number, f"more than {most} would be included: include less")

    def _below(
        self, here: Place, line: Line, at: Place, article: Article, *, inside: bool
    ) -> Place:
        words = " ".join(fill(line.words, self._macros, line=line.number).split())
        own = {level: name for level, name in here.own if level < line.level}
        if not (inside and words == article.title):
            own[line.level] = words
        return here.under(at, tuple(own.items()))

    def _narrowed(self, here: Place, line: Line) -> Place:
        try:
            return here.inside(both(here.only_for, meant(line.words, self._macros)))
        except ValueError as error:
            raise Misread(line.number, str(error)) from error

    def _included(self, line: Line, here: Place, through: tuple[str, ...]) -> Iterator[Place]:
        target = self._articles.get(line.words)
        try:
            if target is None:
                raise ValueError("there is no such article that can be read")
            if target.id in through:
                chain = " > ".join((*through, target.id))
                raise ValueError(f"they include one another without end ({chain})")
            if len(through) > DEEPEST:
                raise ValueError(
                    f"no more than {DEEPEST} articles may include one another in a row"
                )
            # What stands between them may be internal, and is told as a part of the outermost.
            _check_may_stand_in(self._articles[through[0]], target)
            start = Place(only_for=both(here.only_for, target.only_for), above=here.headings)
            yield from self._told(target, start, through)
        except Misread as wrong:
            within = f"{target.name or target.id}, {wrong}" if target else str(wrong)
            raise Misread(line.number, f"what it includes is wrong: {within}") from wrong
        except ValueError as error:
            raise Misread(line.number, f"it cannot include {line.words}: {error}") from error


def _check_may_stand_in(article: Article, target: Article) -> None:
    """Raises ValueError where including would tell what by itself is not told."""
    hidden = target.audience == "internal" and target.category != SNIPPET
    if article.audience == "public" and hidden:
        raise ValueError(
            f"it is internal, and this article is public: give it the category {SNIPPET} if"
            " customers may read it inside of others"
        )
    starts = target.effective_from
    ends = target.effective_until
    begins_late = starts and (article.effective_from is None or article.effective_from < starts)
    ends_early = ends and (article.effective_until is None or article.effective_until > ends)
    if begins_late or ends_early:
        raise ValueError(
            "it is not in force as long as this article is: give both the same effective days"
        )


def _written(lines: list[tuple[int, Place]], title: str) -> str:
    """The lines as Markdown again, with the headings that stand above them wherever they change."""
    text: list[str] = []
    headings: tuple[str, ...] = ()
    before = -1
    for number, told in lines:
        if number != before + 1:
            text.append("")
        if told.headings != headings and (told.words.strip() or told.alone):
            text.extend(_headings(headings, told.headings, title))
            headings = told.headings
        text.append(told.words)
        before = number
    return "\n".join(text).strip("\n") + "\n"


def _moved_left(lines: list[tuple[int, Place]]) -> Iterator[tuple[int, Place]]:
    """Lines that were taken out of a list, where their indentation would make code of them."""
    before, margin = -1, 0
    for number, told in lines:
        indent = len(told.words) - len(told.words.lstrip(" "))
        if number != before + 1:
            margin = indent
        before = number
        yield number, replace(told, words=told.words[min(margin, indent) :])


def _headings(before: tuple[str, ...], now: tuple[str, ...], title: str) -> Iterator[str]:
    shared = 0
    while shared < min(len(before), len(now) - 1) and before[shared] == now[shared]:
        shared += 1
    # A page's own title is no heading, so it leads back above all of them.
    for level, words in list(enumerate(now, 1))[shared:] or [(1, title)]:
        yield from ("", f"{'#' * min(level, 6)} {words}", "")
