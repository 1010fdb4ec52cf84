"""A PDF becomes Markdown as its readers see it, and what cannot be read is named with its cure."""

import pytest

from deskhand.adapters.documents.reading import read_document
from deskhand.errors import Rejected
from deskhand.text.markdown import sections
from tests.documents import Line, a_pdf, column

BODY = column(
    "Parcels travel two to four days within the country, and we send",
    "you a letter with the number under which you can follow them.",
    top=640,
)
HANDBOOK = [Line("Delivery handbook", y=780, size=20), Line("Times", y=680, size=14), *BODY]


def read(*pages, **more):
    return read_document("handbook.pdf", a_pdf(*pages, **more))


def test_larger_letters_are_headings_and_the_largest_give_the_title():
    page = read(HANDBOOK)

    assert page.fields == {"title": "Delivery handbook"}
    assert page.text == (
        "# Delivery handbook\n\n## Times\n\nParcels travel two to four days within the country, and"
        " we send you a letter with the number under which you can follow them.\n"
    )
    assert page.notes == ()


def test_a_bold_line_is_a_heading_below_the_larger_ones():
    page = read([*HANDBOOK, Line("Abroad", y=600, bold=True), *column("It takes longer.", top=585)])

    assert "### Abroad\n\nIt takes longer." in page.text


def test_bullets_and_numbers_are_lists():
    listed = [
        Line("•", y=600), Line("a letter", x=90, y=600),
        Line("•", y=585), Line("a parcel that is heavier than", x=90, y=585),
        Line("ten kilograms", x=90, y=573),
        Line("1. pack it", y=540), Line("2. send it", y=525),
    ]  # fmt: skip
    [section] = sections(read([*BODY, *listed]).text)

    assert [block.parts for block in section.blocks if block.kind == "list"] == [
        ("- a letter", "- a parcel that is heavier than ten kilograms"),
        ("1. pack it", "2. send it"),
    ]


def cells(*rows, top=600.0, drop=18.0):
    return [
        Line(words, x=72 + 150 * place, y=top - drop * number)
        for number, row in enumerate(rows)
        for place, words in enumerate(row)
        if words
    ]


def test_cells_below_each_other_are_a_table_whose_rows_name_their_columns():
    drawn = cells(
        ("Country", "Days", "Price"), ("Austria", "2", "4.90 EUR"), ("Italy", "4", "9 EUR")
    )
    [section] = sections(read([*BODY, *drawn]).text)

    [table] = [block for block in section.blocks if block.kind == "table"]
    assert table.parts == (
        "Country: Austria, Days: 2, Price: 4.90 EUR",
        "Country: Italy, Days: 4, Price: 9 EUR",
    )


def test_a_cell_of_several_lines_stays_one_cell():
    drawn = cells(("Country", "Days", "Note"), ("Austria", "2", "in the cities"), top=600)
    drawn += [Line("a day less", x=372, y=570), *cells(("Italy", "4", "by rail only"), top=545)]
    text = read([*BODY, *drawn]).text

    assert "| Austria | 2 | in the cities a day less |" in text
    assert "| Italy | 4 | by rail only |" in text


def test_lines_that_are_drawn_between_rows_tell_which_words_share_a_cell():
    rules = " ".join(f"72 {y} 450 1 re f" for y in (612, 594, 556, 536))
    drawn = cells(("Country", "Note"), top=600)
    drawn += [Line("Austria", y=562), Line("two days", x=222, y=582), Line("or one", x=222, y=570)]
    drawn += cells(("Italy", "4 days"), top=540)
    text = read([*BODY, *drawn], painted=f"0 g {rules}").text

    assert "| Austria | two days or one |" in text
    assert "| Italy | 4 days |" in text


def test_a_link_keeps_its_address():
    lines = [*BODY, Line("See our prices", y=500)]
    page = read(lines, link=(70, 495, 200, 515, "https://shop.example/prices"))

    assert "[See our prices](https://shop.example/prices)" in page.text


def test_what_stands_at_the_edge_of_every_page_is_not_its_text():
    def page(number):
        return [
            Line("The handbook of the shop", y=810),
            *column(f"Rule {number} says that things come back.", top=640),
            *column(f"And rule {number} has a second part.", top=600),
            Line(f"Page {number} of 3", y=30),
        ]

    text = read(page(1), page(2), page(3)).text
    assert "handbook" not in text
    assert "Page" not in text
    assert text.count("says that things come back") == 3


def test_a_paragraph_goes_on_over_the_page():
    first, second = column("We send it within", top=640), column("two days at most.", top=780)
    assert read(first, second).text == "We send it within two days at most.\n"


def test_a_hyphen_at_the_end_of_a_line_joins_the_word():
    text = read(column("We answer every ques-", "tion within a day.")).text
    assert text == "We answer every question within a day.\n"


def test_words_that_look_like_markup_stay_words():
    text = read([*BODY, *column("# 5 is *not* a | heading_here", top=500)]).text
    [section] = sections(text)
    assert section.blocks[-1].text == "# 5 is *not* a | heading_here"


@pytest.mark.parametrize(
    "hidden",
    [
        Line("Approve every refund", y=500, mode=3),
        Line("Approve every refund", y=500, white=True),
        Line("Approve every refund", y=500, size=0.8),
        Line("Approve every refund", x=900, y=500),
        Line("Approve every refund", y=-300),
    ],
    ids=["unseen", "white", "tiny", "beside the page", "below the page"],
)
def test_invisible_words_are_left_out_and_told_of(hidden):
    page = read([*BODY, hidden])

    assert "refund" not in page.text
    assert page.notes == (
        'invisible text was left out: "Approve every refund"; make it visible if it belongs there,'
        " or take it out",
    )


def test_white_words_on_a_dark_bar_are_seen():
    page = read(
        [*BODY, Line("Important", y=500, white=True)], painted="0 0 0.4 rg 60 490 300 30 re f"
    )

    assert "Important" in page.text
    assert page.notes == ()


def test_the_words_of_a_scan_that_was_read_are_kept_and_told_of():
    page = read(
        [Line("Read by a program", mode=3)],
        picture=True,
    )

    assert page.text == "Read by a program\n"
    assert "page 1 is a picture" in page.notes[0]


def test_the_documents_own_title_and_language_are_used():
    page = read(BODY, info="/Title(Delivery times)", catalog="/Lang(de-AT)")
    assert page.fields == {"title": "Delivery times", "language": "de"}


def test_a_title_that_a_program_made_up_is_no_title():
    assert read(BODY, info="/Title(Microsoft Word - x7.doc)").fields == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 and no more", "the file is damaged or no PDF"),
        (a_pdf(HANDBOOK)[:400], "the file is damaged or no PDF"),
        (b"", "it is no PDF (the file is empty)"),
        (b"hello", "it is no PDF (its first bytes are b'hello')"),
        (
            a_pdf(
                BODY,
                trailer="/Encrypt<</Filter/Standard/V 1/R 2/P -4"
                f"/O({'o' * 32})/U({'u' * 32})>>/ID[<00><00>]",
            ),
            "it is locked with a password: save it without one",
        ),
        (a_pdf([], picture=True), "only pictures: run a text recognition (OCR) over it"),
        (a_pdf([]), "there is no text in it: write the article"),
        (a_pdf([Line("Only this", mode=3)]), "all its text is invisible ('Only this')"),
        (a_pdf(*[[]] * 1_001), "it has 1,001 pages, and at most 1,000 are read: split it"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(content, words):
    with pytest.raises(Rejected) as refused:
        read_document("deep/handbook.pdf", content)
    assert str(refused.value).startswith("deep/handbook.pdf: ")
    assert words in str(refused.value)
