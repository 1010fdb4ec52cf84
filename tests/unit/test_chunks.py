"""An article is cut at its headings, and an edit touches only its own piece."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.text.chunks import LONGEST_WHOLE, SIZE, cut, searched_text
from tests.knowledge import an_article

SENTENCE = "A parcel to the islands takes {} days longer than one that stays on the mainland. "
PAGE = """
# Returns

Send anything back within 30 days.

## What it costs

Returns are **free** in [Germany](https://shop.example/de).

### From elsewhere

A label costs 4.90 EUR.
"""


def texts(text: str, **bent: object) -> list[str]:
    return [chunk.text for chunk in cut(an_article(text, **bent))]


def test_each_section_is_a_chunk_that_carries_its_titles_along():
    chunks = cut(an_article(PAGE, title="Returns"))

    assert [(chunk.heading, chunk.text) for chunk in chunks] == [
        ("", "Send anything back within 30 days."),
        ("What it costs", "Returns are free in Germany (https://shop.example/de)."),
        ("What it costs > From elsewhere", "A label costs 4.90 EUR."),
    ]
    assert searched_text(chunks[2]).startswith("Returns\nWhat it costs > From elsewhere\n")


def test_long_running_text_is_cut_at_sentences_of_which_the_last_is_said_again():
    long = "".join(SENTENCE.format(days) for days in range(2, 32))
    pieces = texts(long)

    assert len(pieces) > 4
    assert all(len(piece) <= SIZE + 150 for piece in pieces)
    for piece, following in pairwise(pieces):
        again = piece[piece.rindex("A parcel") :]
        assert following.startswith(again)
        assert len(again) >= 50


def test_a_decision_block_stays_whole_with_the_sentence_that_leads_to_it():
    rules = "\n".join(f"- rule {number}: " + "it must hold " * 5 for number in range(9))
    pieces = texts(f"{'Before it. ' * 30}\n\nYou may return an item if:\n\n{rules}\n\nAfter it.")

    [block] = [piece for piece in pieces if "rule 0" in piece]
    assert "You may return an item if:\n- rule 0" in block
    assert "rule 8" in block
    assert len(block) > SIZE


def test_a_table_row_says_by_itself_what_its_columns_mean():
    [table] = texts("| Country | Days |\n| --- | --- |\n| Germany | 2 |\n| France | 4 |\n")

    assert table == "Country: Germany, Days: 2\nCountry: France, Days: 4"


def test_a_list_beyond_what_an_embedder_reads_is_cut_between_items_under_its_lead():
    items = "\n".join(f"- item {number} " + "is spelled out at length " * 4 for number in range(40))
    pieces = texts(f"These are left out:\n\n{items}")

    assert all(piece.startswith("These are left out:\n- item") for piece in pieces)
    assert all(len(piece) < LONGEST_WHOLE for piece in pieces)
    assert sum(piece.count("- item") for piece in pieces) == 40


def test_nested_lists_code_quotes_and_numbers_keep_their_shape():
    [piece] = texts(
        "1. first\n   - inner\n2. second  \n   line\n\n> quoted *words*\n\n```\ncode  x\n```\n"
    )

    assert piece == "1. first\n  - inner\n2. second\n  line\n\nquoted words\n\ncode  x"


def test_an_edit_touches_only_its_own_chunk():
    before = {chunk.id for chunk in cut(an_article(PAGE, title="Returns"))}
    edited = PAGE.replace("4.90", "5.90")
    after = {chunk.id for chunk in cut(an_article(edited, title="Returns"))}

    assert len(before & after) == 2
    assert len(after - before) == 1


def test_new_metadata_keeps_the_ids_and_changes_the_content_hash():
    [before] = cut(an_article(category="delivery"))
    [after] = cut(an_article(category="returns"))

    assert before.id == after.id
    assert before.content_hash != after.content_hash


def test_the_same_words_twice_under_one_heading_are_one_chunk():
    filler = "x" * SIZE
    assert len(texts(f"Twice.\n\n{filler}\n\nTwice.")) == 2


def test_headings_in_other_scripts_still_give_an_id():
    [chunk] = cut(an_article("## 配送\n\nText here."))

    assert chunk.id.startswith("delivery#")
    assert chunk.heading == "配送"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab .:-#|\n*>`[]()1é", max_size=80), max_size=8))
def test_whatever_stands_there_can_be_cut_and_ids_are_unique(parts):
    chunks = cut(an_article("\n".join(parts)))

    assert len({chunk.id for chunk in chunks}) == len(chunks)
    assert all(chunk.text.strip() for chunk in chunks)
