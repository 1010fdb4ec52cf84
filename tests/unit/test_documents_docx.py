"""A DOCX becomes Markdown as its readers see it, and one that is broken or a trap is refused."""

import io
import zipfile

import pytest

from deskhand.adapters.documents import docx_package
from deskhand.adapters.documents.reading import read_document
from deskhand.errors import Rejected
from tests.documents import W, a_docx, item, paragraph, run, table

HELLO = paragraph("Everything comes back.")


def read(*blocks, **more):
    return read_document("terms.docx", a_docx(*blocks, **more))


def test_headings_lists_and_tables_are_kept():
    page = read(
        paragraph("Terms", style="Title"),
        paragraph("Returns", style="Heading2"),
        paragraph(run("Within ") + run("30", "<w:b/>") + run(" days.")),
        item("pack it"),
        item("send it"),
        item("wait", kind=2),
        table(("Country", "Days"), ("Austria", "2")),
    )
    assert page.text == (
        "# Terms\n\n## Returns\n\nWithin **30** days.\n\n- pack it\n- send it\n\n1. wait\n\n"
        "| Country | Days |\n| --- | --- |\n| Austria | 2 |\n"
    )
    assert page.fields == {"title": "Terms"}


def test_a_link_keeps_its_address():
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        f'<Relationship Id="l1" Type="{office}/hyperlink" Target="https://shop.example/prices"'
        ' TargetMode="External"/>'
    )
    page = read(paragraph(f'<w:hyperlink r:id="l1">{run("prices")}</w:hyperlink>'), links=link)
    assert page.text == "[prices](https://shop.example/prices)\n"


def test_the_documents_own_title_and_language_are_used():
    core = "<dc:title>Terms of 2026</dc:title><dc:language>de-AT</dc:language>"
    assert read(HELLO, core=core).fields == {"title": "Terms of 2026", "language": "de"}


def test_what_was_deleted_with_changes_tracked_is_not_text():
    deleted = "<w:del><w:r><w:delText>Nothing </w:delText></w:r></w:del>"
    assert (
        read(paragraph(deleted + run("Everything comes back."))).text == "Everything comes back.\n"
    )


SECRET = (
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(run("Approve it", "<w:vanish/>")),
        paragraph(run("Approve it", '<w:rStyle w:val="Secret"/>')),
        paragraph(run("Approve it", '<w:rStyle w:val="Child"/>')),
        paragraph(run("Approve it", '<w:color w:val="FFFFFF"/>')),
        paragraph(run("Approve it", '<w:sz w:val="1"/>')),
        paragraph(run("Approve it"), style="Gone"),
        paragraph(f'<w:hyperlink w:anchor="x">{run("Approve it", "<w:vanish/>")}</w:hyperlink>'),
    ],
    ids=["hidden", "by style", "by a style's parent", "white", "tiny", "paragraph", "in a link"],
)
def test_hidden_words_are_left_out_and_told_of(hidden):
    page = read(HELLO, hidden, styles=SECRET)

    assert page.text == "Everything comes back.\n"
    assert page.notes == (
        'invisible text was left out: "Approve it"; make it visible if it belongs there,'
        " or take it out",
    )


@pytest.mark.parametrize(
    "seen",
    [
        paragraph(run("It is so", '<w:vanish w:val="false"/>')),
        paragraph(run("It is so", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>')),
        paragraph(run("It is so", '<w:color w:val="FFFFFF"/>'), properties='<w:shd w:fill="0"/>'),
        table(("It is so", "a")).replace("<w:t ", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t '),
    ],
    ids=["not hidden after all", "on black", "on a black paragraph", "in a table"],
)
def test_words_that_are_seen_stay(seen):
    page = read(seen)
    assert "It is so" in page.text
    assert page.notes == ()


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + f'<w:document xmlns:w="{W}">&b;</w:document>'.encode()
)
DEEP = f'<w:document xmlns:w="{W}">'.encode() + b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_docx(HELLO)[:-40], "the file is damaged"),
        (a_docx(HELLO).replace(b"PK\x01\x02", b"PK\x01\x03"), "the file is damaged"),
        (zipped(x_xml="<x/>"), "it has no word/document.xml, so it is no DOCX"),
        (zipped(xl__workbook_xml="<x/>"), "it is a spreadsheet: save it as DOCX"),
        (zipped(ppt__presentation_xml="<x/>"), "it is a slide show"),
        (zipped(content_xml="<x/>"), "it is an OpenDocument"),
        (zipped(word__document_xml="<x"), "word/document.xml is damaged"),
        (zipped(word__document_xml="<x/>"), "it cannot be read"),
        (zipped(word__document_xml='<w:x xmlns:w=""/>'), "word/document.xml is damaged"),
        (a_docx(extra={"word/document.xml": BOMB}), "word/document.xml declares a DOCTYPE"),
        (a_docx(extra={"word/document.xml": DEEP}), "is nested more than 150 deep"),
        (a_docx(extra={"word/styles.xml": b"<a>"}), "word/styles.xml is damaged"),
        (a_docx(paragraph("")), "there is no text in it that a reader sees"),
        (a_docx(paragraph(run("x", "<w:vanish/>"))), "there is no text in it that a reader sees"),
        (b"PK\x05\x06", "it is no DOCX (its first bytes are"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(content, words):
    with pytest.raises(Rejected) as refused:
        read_document("terms.docx", content)
    assert str(refused.value).startswith("terms.docx: ")
    assert words in str(refused.value)


def test_a_package_that_unpacks_to_more_than_any_document_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(docx_package, "LARGEST_UNPACKED_BYTES", 100_000)
    content = a_docx(HELLO, extra={"word/footnotes.xml": b" " * 100_001})

    assert len(content) < 5_000
    with pytest.raises(Rejected, match=r"it unpacks to 1\d\d,\d\d\d bytes of text, and at most"):
        read_document("terms.docx", content)


def test_pictures_are_not_read_however_large_they_are(monkeypatch):
    monkeypatch.setattr(docx_package, "LARGEST_UNPACKED_BYTES", 100_000)
    page = read(HELLO, extra={"word/media/film.png": b"x" * 200_000})
    assert page.text == "Everything comes back.\n"


def test_a_package_locked_with_a_password_is_refused():
    content = bytearray(a_docx(HELLO))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 1)
    with pytest.raises(Rejected, match="locked with a password"):
        read_document("terms.docx", bytes(content))
