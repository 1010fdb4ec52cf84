"""Whatever lies among the documents gives an article or a trouble: nothing else, and no wait."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.adapters.article_files import ArticleFiles, articles_in
from deskhand.adapters.article_texts import as_markdown, id_from, whole_article
from deskhand.adapters.documents.apart import DocumentReader
from deskhand.adapters.documents.kinds import SUFFIXES
from deskhand.domain.article import Article, Trouble
from deskhand.errors import Rejected
from deskhand.text.chunks import cut
from tests.documents import Line, a_docx, a_pdf, column, item, paragraph, run, table

LONGEST_S = 20.0
PDF = a_pdf([Line("Post", size=20), *column("By rail.", "Two days.", top=600)], picture=True)
DOCX = a_docx(
    paragraph("Post", style="Title"), item("by rail"), table(("a", "b"), ("c", "d")),
    paragraph(run("x", "<w:vanish/>")),
)  # fmt: skip
HTML = (
    b"<html lang=de><meta charset=utf-8><meta name='deskhand:category' content=post>"
    b"<title>T</title>"
    b"<h1>Post</h1><p style='color:#fff'>x<p>By <a href='/x'>rail</a><ul><li>a<ol><li>b</ul>"
    b"<table><tr><th rowspan=2>A<th>B<tr><td colspan=3>1</table><!-- c --><form><dl><dt>e<dd>f"
)
MARKDOWN = (
    b"---\ntitle: Post\neffective_from: 2026-01-31\nonly_for: {plan: [pro]}\n---\n\n# Post\n\n"
    b"By rail.\n\n- a\n  1. b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n<!-- c -->\n"
)
WHOLE = {".pdf": PDF, ".docx": DOCX, ".html": HTML, ".htm": HTML, ".md": MARKDOWN}
TAGS = st.sampled_from(
    [
        *("<div>", "</div>", "<p>", "<ul>", "<li>", "<ol start=9>", "<table>", "</table>", "<tr>"),
        *(
            "<td>",
            "<th rowspan=9>",
            "<td colspan=99>",
            "<pre>",
            "<a href=x>",
            "</a>",
            "<h1>",
            "<b>",
        ),
        *("<!--", "-->", "<script>", "</script>", "<style>", ".a{display:none}", "</style>"),
        *(
            "<p class=a>",
            "<form>",
            "<main>",
            "<select>",
            "&#0;",
            "&amp",
            "&#xD800;",
            "<svg>",
            "<dd>",
        ),
        *("<math>", "<template>", "<body>", "<html>", "<dl>", "|", "*", "# ", "---", "```"),
        *("\u200b", "\ue000"),
    ]
)


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    with DocumentReader(longest_s=LONGEST_S) as reader:
        yield reader


def read(reader: DocumentReader, name: str, content: bytes) -> Article | None:
    """The article, or None where it is refused; any other error fails the test."""
    try:
        text, notes = as_markdown(name, content, said={}, read=reader.read)
        article, more = whole_article(text, name=name, article_id=id_from(name))
    except (ValueError, Rejected) as refused:
        given_up = ("it was not read within", "reading it broke the reader", "codec can't")
        if any(words in str(refused) for words in given_up):
            raise AssertionError from refused
        return None
    assert all(isinstance(note, str) for note in (*notes, *more))
    assert all(chunk.text.strip() for chunk in cut(article))
    return article


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=st.binary(max_size=2_000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(reader: DocumentReader, suffix: str, content: bytes) -> None:
    read(reader, f"a{suffix}", content)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_document_with_anything_changed_in_it_is_read_or_refused(
    reader: DocumentReader, suffix: str, data: st.DataObject
) -> None:
    content = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 30))
        content[place : place + length] = data.draw(st.binary(max_size=30))
    read(reader, f"a{suffix}", bytes(content))


@given(tags=st.lists(st.one_of(TAGS, st.text(max_size=20)), max_size=80))
@settings(max_examples=150, deadline=None)
def test_tags_in_any_order_are_read_or_refused(reader: DocumentReader, tags: list[str]) -> None:
    read(reader, "a.html", "".join(tags).encode("utf-8", "surrogatepass"))


@given(words=st.text(st.characters(codec="cp1252", exclude_categories=["C"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_plain_words_come_through_every_kind_alike(reader: DocumentReader, words: str) -> None:
    words = " ".join(f"The {words} end".split())
    page = words.replace("&", "&amp;").replace("<", "&lt;")
    html = read(reader, "a.html", f"<title>T</title><p>{page}".encode())
    docx = read(reader, "a.docx", a_docx(paragraph(run(words)), core="<dc:title>T</dc:title>"))

    assert html is not None
    assert docx is not None
    assert [chunk.text for chunk in cut(html)] == [chunk.text for chunk in cut(docx)]


NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["a", "b", "deep/a", "A b", "ä", ".a", "README", "deep/.x/a", "~$a"]),
    st.sampled_from([*SUFFIXES, ".txt", "", ".PDF"]),
    st.sampled_from(["", ".yaml", ".yml"]),
)


@given(
    files=st.dictionaries(
        NAMES,
        st.one_of(st.sampled_from([*WHOLE.values(), b"category: post\n"]), st.binary(max_size=50)),
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None)
def test_a_folder_of_anything_gives_articles_each_with_its_own_id_and_troubles(
    files: dict[str, bytes],
) -> None:
    sizes = {name: len(content) for name, content in files.items()}
    found = list(articles_in(ArticleFiles(sizes, files.get)))

    articles = [one for one in found if isinstance(one, Article)]
    assert len({article.id for article in articles}) == len(articles)
    for one in found:
        assert one.name in files
        if isinstance(one, Trouble):
            assert one.reason
