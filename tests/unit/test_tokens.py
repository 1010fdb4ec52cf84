"""How many tokens a text has, rather too many than too few, and how it is made to fit."""

import pytest

from deskhand.text.tokens import estimated_tokens, shortened
from tests.builders import ROOT

TEXTS = ("word " * 9_000, "a" * 9_000, "退款" * 3_000, "🤬" * 3_000, "{}[]1,2" * 2_000, "é" * 9_000)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("Where is my order?", 7),
        ("{}", 2),
        ("退款", 4),
        ("🤬", 3),
        ("\ud800", 1),
    ],
)
def test_a_text_is_estimated_by_its_letters_signs_and_scripts(text: str, tokens: int) -> None:
    assert estimated_tokens(text) == tokens


def test_prose_is_estimated_at_about_three_letters_a_token() -> None:
    articles = (ROOT / "scripts" / "sample" / "articles").glob("*.md")
    prose = "\n".join(path.read_text("utf-8") for path in articles)

    assert 2.6 < len(prose) / estimated_tokens(prose) < 3.2


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("most", [40, 100, 1_000])
def test_what_is_too_long_fits_with_its_beginning_and_its_end(text: str, most: int) -> None:
    short = shortened(text, most)

    assert estimated_tokens(short) <= most
    assert short[0] == text[0]
    assert short.rstrip()[-1] == text.rstrip()[-1]
    assert "characters left out" in short


def test_what_is_left_out_is_counted() -> None:
    text = "".join(chr(ord("a") + place % 26) for place in range(5_000))
    head, left_out, tail = shortened(text, 200).split("\n")

    assert f"{len(text) - len(head) - len(tail):,} characters" in left_out
    assert text.startswith(head)
    assert text.endswith(tail)
    assert len(head) > len(tail) > 50


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("  as it is \n", 10) == "  as it is \n"
