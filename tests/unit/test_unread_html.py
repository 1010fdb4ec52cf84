"""What stands in blocks of HTML is not read, and the person who wrote it hears of that."""

import pytest

from deskhand.adapters.article_texts import whole_article
from deskhand.text.markdown import unread_html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One.\n\n<div class='box'>\nIn <b>five</b> days.\n</div>\n\nTwo.\n", ("In five days.",)),
        ("- a\n\n  <p>Inside of a list.</p>\n", ("Inside of a list.",)),
        ("<details>\n<summary>How?</summary>\n\nSo.\n\n</details>\n", ("How?",)),
        ("<table><tr><td>2 days", ("2 days",)),
        ("<script>run()</script>\n\n<style>b{}</style>\n\n<!-- a note -->\n", ()),
        ("<br>\n\n<img src='a.png' alt='a lamp'>\n\nLess than 3 < 4.\n", ()),
        ("```html\n<p>shown</p>\n```\n", ()),
        ("A <b>bold</b> word.", ()),
        ("<" * 50_000, ()),
    ],
)
def test_words_in_blocks_of_html_are_named_and_the_rest_is_not(text, words):
    assert unread_html(text) == words


def test_the_article_is_read_with_a_note_on_it():
    article, notes = whole_article(
        "# Care\n\nWash cold.\n\n<p>Dry <i>flat</i>.</p>\n", name="care.md", article_id="care"
    )

    assert "Wash cold." in article.text
    assert notes == ('HTML inside of Markdown is not read: "Dry flat ."; write it as Markdown',)
