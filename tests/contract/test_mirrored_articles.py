"""One suite for the shelf of a help centre, in memory and in S3."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from deskhand.adapters.article_sources import S3Articles
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.mirrored_articles import MARK, MirroredArticles
from deskhand.domain.article import Article
from deskhand.domain.help_centre import Mark
from deskhand.errors import Rejected
from tests.help_centres.centres import a_page
from tests.knowledge import a_bucket


@pytest.fixture(params=["memory", "s3"])
def articles(request: pytest.FixtureRequest) -> Iterator[MemoryArticles | S3Articles]:
    if request.param == "memory":
        yield MemoryArticles()
        return
    with a_bucket() as client:
        client.put_object(Bucket="knowledge", Key="mirrored/intercom/intercom-1.md", Body=b"other")
        yield S3Articles(client, "knowledge", "mirrored/zendesk")


@pytest.fixture
def shelf(articles: MemoryArticles | S3Articles) -> MirroredArticles:
    return MirroredArticles(articles)


def test_a_page_is_kept_as_an_article_and_only_once(articles, shelf) -> None:
    assert shelf.ids() == frozenset()
    assert shelf.keep([a_page("zendesk-1")]).changed == ("zendesk-1",)
    assert shelf.keep([a_page("zendesk-1")]).changed == ()
    assert shelf.keep([a_page("zendesk-1", html="<p>New.</p>")]).changed == ("zendesk-1",)

    assert shelf.ids() == {"zendesk-1"}
    [article] = articles.articles()
    assert isinstance(article, Article)
    assert article.text == "New.\n"


def test_what_is_removed_is_gone_and_what_is_not_there_is_fine(shelf) -> None:
    shelf.keep([a_page("zendesk-1"), a_page("zendesk-2")])

    shelf.remove(["zendesk-1", "zendesk-9"])

    assert shelf.ids() == {"zendesk-2"}


def test_a_page_that_cannot_be_read_and_never_was_changes_nothing(shelf) -> None:
    kept = shelf.keep([a_page("zendesk-1", html="")])

    assert kept.changed == ()
    assert [one.name for one in kept.troubles] == ["zendesk-1"]


def test_the_mark_is_kept_beside_the_articles_and_is_none_of_them(articles, shelf) -> None:
    assert shelf.mark() is None
    mark = Mark(cursor="1795262400", complete_at=datetime(2026, 11, 21, tzinfo=UTC))

    shelf.set_mark(mark)

    assert shelf.mark() == mark
    assert shelf.ids() == frozenset()
    assert list(articles.articles()) == []


def test_a_mark_that_makes_no_sense_is_none(articles, shelf) -> None:
    articles.keep(MARK, b"{")
    assert shelf.mark() is None


def test_an_id_that_leads_elsewhere_is_refused(shelf) -> None:
    with pytest.raises(Rejected, match="cannot be the id of an article"):
        shelf.keep([a_page("../../articles/returns")])
