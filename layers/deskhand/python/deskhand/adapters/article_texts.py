"""What every source of articles minds: what a document becomes, and what is noticed in it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from deskhand.adapters.documents.kinds import kind_of, suffix_of
from deskhand.adapters.documents.page import Page, without_macros
from deskhand.adapters.documents.reading import check_length, check_size, read_document
from deskhand.domain.article import Article, Trouble
from deskhand.errors import Rejected
from deskhand.text.front_matter import read_article, with_front_matter
from deskhand.text.injections import without_orders
from deskhand.text.markdown import LONGEST_HEADING, unread_html
from deskhand.text.unseen import seen

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SHOWN = 60


def as_markdown(
    name: str,
    content: bytes,
    *,
    said: Mapping[str, Any],
    read: Callable[[str, bytes], Page],
) -> tuple[str, tuple[str, ...]]:
    """A document as the text of an article, and notes on it. `said` are the keys that stand beside
    a document which cannot carry them, `read` opens what is no Markdown.

    `Rejected` or ValueError: what is wrong and what to do.
    """
    check_size(len(content))
    if kind_of(name, content) == "markdown":
        if said:
            raise ValueError(
                "Markdown says such things itself: move the keys into its front matter"
            )
        return read_document(name, content).text, ()
    page = read(name, content)
    title = str(page.fields.get("title", "")) or _as_words(name)
    found = {**page.fields, "title": without_macros(title[:LONGEST_HEADING]), **said}
    return with_front_matter(found, page.text), page.notes


def whole_article(text: str, *, name: str, article_id: str) -> tuple[Article, tuple[str, ...]]:
    """The article without what only a machine would read, and notes on what was taken out.

    ValueError: what is wrong with it and what to do.
    """
    check_length(text)
    visible, hidden = seen(text)
    article = read_article(visible, name=name, article_id=article_id)
    kept, orders = without_orders(article.text)
    if not kept.strip():
        raise ValueError("all its text speaks to a language model: write it for customers")
    notes = _on(hidden, orders, unread_html(kept))
    return article.model_copy(update={"text": kept}), notes


def _on(
    hidden: tuple[str, ...], orders: tuple[str, ...], unread: tuple[str, ...]
) -> tuple[str, ...]:
    for_customers = "take it out, or write it for customers"
    notes = (
        ("invisible text was left out", hidden, for_customers),
        ("text that speaks to a language model was left out", orders, for_customers),
        ("HTML inside of Markdown is not read", unread, "write it as Markdown"),
    )
    return tuple(
        f'{what}: "{_short(passages[0])}"{_more(passages)}; {cure}'
        for what, passages, cure in notes
        if passages
    )


def _short(passage: str) -> str:
    return passage if len(passage) <= _SHOWN else f"{passage[:_SHOWN]}…"


def _more(passages: tuple[str, ...]) -> str:
    return f", and {len(passages) - 1} more" if len(passages) > 1 else ""


def check_document(article_id: str, text: str) -> tuple[str, ...]:
    """Notes on the article that would be kept under that id; `Rejected` where it cannot be."""
    try:
        article, notes = whole_article(text, name=article_id, article_id=checked_id(article_id))
    except ValueError as error:
        raise Rejected(named(article_id, error)) from error
    if article.id != article_id:
        raise Rejected(f"{article_id}: its front matter says id {article.id}: leave that line out")
    return notes


def checked_id(article_id: str) -> str:
    """The id, if it may be one: nothing that leads out of the folder."""
    if not _ID.fullmatch(article_id):
        raise Rejected(
            f"{article_id!r} cannot be the id of an article: use up to 100 letters, digits, '.',"
            " '_' and '-', beginning with a letter or digit"
        )
    return article_id


def id_from(name: str) -> str:
    """The id of an article by its file's name: the name itself, or for what is no Markdown the
    nearest that may be one, as nobody chose the name of a PDF for that."""
    stem = _stem(name)
    if suffix_of(name) == ".md" or _ID.fullmatch(stem):
        return stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-._")[:100] or stem


def named(name: str, error: Exception) -> str:
    """What is wrong, with the file's name before it, once."""
    return f"{name}{_joined(name, error)}"


def trouble(name: str, error: Exception) -> Trouble:
    """The article that is left out, and why."""
    return Trouble(name=name, reason=_joined(name, error).lstrip(":, "))


def _joined(name: str, error: Exception) -> str:
    """What follows the file's name: `: what is wrong` or `, line 3: what is wrong`."""
    words = str(error)
    said_already = words.startswith((f"{name}: ", f"{name}, "))
    return words.removeprefix(name) if said_already else f": {words}"


def _stem(name: str) -> str:
    last = name.rpartition("/")[2]
    return last[: len(last) - len(suffix_of(last))]


def _as_words(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", _stem(name)).strip()
