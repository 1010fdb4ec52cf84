"""An article is cut at its headings, and an edit touches only its own piece."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.text.chunks import (
    LONGEST_DECISION,
    LONGEST_WHOLE,
    OVERLAP,
    SIZE,
    cut,
    searched_text,
)
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


RULE = "it is unused, in its box, and came to you less than thirty days ago"


def bullets(count: int, words: str = RULE) -> str:
    return "\n".join(f"- point {number}: {words}" for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        f"You can return it if all of this holds:\n\n{bullets(20)}",
        f"Not everything can come back.\n\n{bullets(20)}",
        f"## When you can return something\n\n{bullets(20)}",
    ],
)
def test_the_conditions_of_one_decision_stay_together_though_they_are_long(text):
    [block] = [piece for piece in texts(text) if "point 0:" in piece]

    assert LONGEST_WHOLE < len(block) <= LONGEST_DECISION
    assert "point 19:" in block


def test_a_long_paragraph_above_a_list_leads_to_it_with_its_last_sentence():
    pieces = texts(f"{'We check it by hand. ' * 20}These are left out:\n\n{bullets(3)}")

    assert pieces[-1].startswith("These are left out:\n- point 0")


def test_every_piece_of_a_long_table_says_what_its_columns_mean():
    rows = "\n".join(f"| Country {number} | {number} | by Postwing |" for number in range(60))
    pieces = texts(f"Our times:\n\n| Where | Days | How |\n| - | - | - |\n{rows}")

    assert len(pieces) > 3
    assert all(piece.startswith("Our times:\nWhere: Country") for piece in pieces)
    assert all("Days: " in line for piece in pieces for line in piece.splitlines()[1:])


def test_a_table_of_names_alone_is_still_read():
    assert texts("| Visa | Maestro |\n| --- | --- |\n") == ["Visa, Maestro"]


def test_long_code_is_cut_between_its_lines():
    code = "\n".join(f"set option_{number} = {number * 'x'}" for number in range(80))
    pieces = texts(f"```\n{code}\n```")

    assert len(pieces) > 3
    assert "\n".join(pieces) == code
    assert all(len(piece) <= LONGEST_WHOLE for piece in pieces)


def test_a_sentence_that_no_embedder_could_read_is_found_by_its_end_too():
    pieces = texts("and then " * 200 + "the hedgehog sleeps")

    assert all(len(piece) <= LONGEST_WHOLE for piece in pieces)
    assert pieces[-1].endswith("the hedgehog sleeps")


def test_a_script_without_spaces_is_cut_with_an_overlap():
    letters = "".join(chr(0x4E00 + number) for number in range(3000))
    pieces = texts(letters)

    assert all(len(piece) <= LONGEST_DECISION for piece in pieces)
    assert all(one[-OVERLAP:] == other[:OVERLAP] for one, other in pairwise(pieces))
    assert set("".join(pieces)) == set(letters)


def test_a_heading_that_says_it_all_can_be_found():
    chunks = cut(an_article("## We do not rent anything out\n\n## Hours\n\nTen to six.\n\n## Fax"))

    assert [(chunk.heading, chunk.text) for chunk in chunks] == [
        ("", "We do not rent anything out"),
        ("Hours", "Ten to six."),
        ("", "Fax"),
    ]


def test_a_heading_of_a_whole_paragraph_is_one():
    [chunk] = cut(an_article(f"# {'very big letters ' * 20}\n\nText."))

    assert chunk.heading == ""
    assert chunk.text.startswith("very big letters")


def test_the_same_words_for_two_kinds_of_customers_are_two_chunks():
    [pro] = cut(an_article(only_for={"plan": ("pro",)}))
    [team] = cut(an_article(only_for={"plan": ("team",)}))
    [all_of_them] = cut(an_article())

    assert len({pro.id, team.id, all_of_them.id}) == 3
    assert pro.only_for.plan == ("pro",)


def test_a_moved_file_changes_nothing():
    assert cut(an_article(name="a.md", first_line=3)) == cut(an_article(name="b/a.md"))


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


@pytest.mark.parametrize("mark", ["**", "*", "_", "*a **b "])
def test_stars_within_stars_without_end_are_read_as_stars(mark):
    deep = mark * 2_000 + "Send it back." + mark[::-1] * 2_000

    assert "Send it back." in "".join(texts(f"# A title\n\n{deep}"))
    assert texts(f"# {mark * 40}Returns{mark[::-1] * 40}\n\nFree.")
