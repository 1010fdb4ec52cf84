"""One suite for every place that articles come from, and for those that can be written to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.adapters.article_sources import FolderArticles, S3Articles
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.errors import Rejected
from deskhand.ports import ArticleShelf
from tests.knowledge import a_bucket

CARE = "---\ntitle: Care\ncategory: products\n---\nWash cold.\n"
SIZES = "# Sizes\n\nCut wide.\n"


@pytest.fixture(params=["memory", "s3"])
def shelf(request: pytest.FixtureRequest) -> Iterator[ArticleShelf]:
    if request.param == "memory":
        yield MemoryArticles()
        return
    with a_bucket() as client:
        client.put_object(Bucket="knowledge", Key="index/current", Body=b"not an article")
        yield S3Articles(client, "knowledge")


def test_what_is_put_is_kept_as_it_is_and_read_as_an_article(shelf):
    shelf.put("care", CARE)
    shelf.put("sizes", SIZES)

    assert shelf.get("care") == CARE
    care, sizes = shelf.articles()
    assert (care.id, care.title, care.category, care.text) == (
        "care",
        "Care",
        "products",
        "Wash cold.\n",
    )
    assert sizes.title == "Sizes"


def test_a_second_put_takes_the_place_of_the_first(shelf):
    shelf.put("care", CARE)
    shelf.put("care", CARE.replace("cold", "warm"))

    [care] = shelf.articles()
    assert care.text == "Wash warm.\n"


def test_what_is_removed_is_gone(shelf):
    shelf.put("care", CARE)

    assert shelf.remove("care") is True
    assert shelf.remove("care") is False
    assert shelf.get("care") is None
    assert list(shelf.articles()) == []


def test_a_broken_article_is_refused_before_it_is_kept(shelf):
    shelf.put("care", CARE)
    with pytest.raises(Rejected, match="care: audience is 'all': say public or internal"):
        shelf.put("care", "---\ntitle: Care\naudience: all\n---\nText.\n")

    assert shelf.get("care") == CARE


def test_an_article_cannot_claim_another_ones_id(shelf):
    with pytest.raises(Rejected, match="its front matter says id sizes: leave that line out"):
        shelf.put("care", "---\nid: sizes\ntitle: Care\n---\nText.\n")


@pytest.mark.parametrize("article_id", ["", "../../etc/passwd", "a/b", ".hidden", "x" * 101])
def test_an_id_that_leads_elsewhere_is_refused(shelf, article_id):
    for attempt in (shelf.get, shelf.remove, lambda id: shelf.put(id, CARE)):
        with pytest.raises(Rejected, match="cannot be the id of an article"):
            attempt(article_id)


# --- a folder of files ---------------------------------------------------------------------------


def test_a_folder_gives_its_markdown_files_and_those_of_its_folders(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "care.md").write_text(CARE)
    (tmp_path / "deep" / "sizes.md").write_text(SIZES)
    (tmp_path / "README.md").write_text("How to write articles.")
    (tmp_path / "notes.txt").write_text("Not one.")

    assert [article.id for article in FolderArticles(tmp_path).articles()] == ["care", "sizes"]


def test_two_files_of_one_id_are_refused_by_both_names(tmp_path: Path):
    (tmp_path / "a.md").write_text(CARE.replace("---\n", "---\nid: care\n", 1))
    (tmp_path / "b.md").write_text(CARE.replace("---\n", "---\nid: care\n", 1))

    with pytest.raises(Rejected, match=r"b\.md: id care is taken by a\.md: give it another one"):
        list(FolderArticles(tmp_path).articles())


def test_two_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "care.md").write_text(CARE)

    with pytest.raises(Rejected, match=r"y/care\.md: id care is taken by x/care\.md"):
        list(FolderArticles(tmp_path).articles())


def test_a_broken_file_is_named(tmp_path: Path):
    (tmp_path / "care.md").write_text("---\ncolour: red\n---\nText.\n")
    with pytest.raises(Rejected, match=r"care\.md: colour is no key of an article"):
        list(FolderArticles(tmp_path).articles())


def test_a_file_in_another_encoding_is_named(tmp_path: Path):
    (tmp_path / "care.md").write_bytes("# Größen\n\nText.".encode("latin-1"))
    with pytest.raises(Rejected, match=r"care\.md: byte 4 is no UTF-8"):
        list(FolderArticles(tmp_path).articles())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(Rejected, match="there is no such folder"):
        list(FolderArticles(tmp_path / "nowhere").articles())
