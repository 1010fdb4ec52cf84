"""What every source of articles minds: broken ones are refused by name, and no id stands twice."""

import re
from collections.abc import Iterator

from deskhand.domain.article import Article
from deskhand.errors import Rejected
from deskhand.text.front_matter import read_article

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def once_each(texts: Iterator[tuple[str, str, str]]) -> Iterator[Article]:
    """The articles in files of these names, ids and texts; two of one id are refused."""
    seen: dict[str, str] = {}
    for name, article_id, text in texts:
        try:
            article = read_article(text, name=name, article_id=article_id)
        except ValueError as error:
            raise Rejected(str(error)) from error
        if (other := seen.setdefault(article.id, name)) != name:
            raise Rejected(f"{name}: id {article.id} is taken by {other}: give it another one")
        yield article


def check_document(article_id: str, text: str) -> Article:
    """The article that would be kept under that id; `Rejected` where it cannot be."""
    try:
        article = read_article(text, name=article_id, article_id=checked_id(article_id))
    except ValueError as error:
        raise Rejected(str(error)) from error
    if article.id != article_id:
        raise Rejected(f"{article_id}: its front matter says id {article.id}: leave that line out")
    return article


def checked_id(article_id: str) -> str:
    """The id, if it may be one: nothing that leads out of the folder."""
    if not _ID.fullmatch(article_id):
        raise Rejected(
            f"{article_id!r} cannot be the id of an article: use up to 100 letters, digits, '.',"
            " '_' and '-', beginning with a letter or digit"
        )
    return article_id


def decoded(content: bytes, name: str) -> str:
    """The text of a file of that name."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Rejected(f"{name}: byte {error.start} is no UTF-8: save the file as UTF-8") from error
