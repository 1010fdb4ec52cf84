"""Writes small PDF and DOCX files, byte by byte, for tests of what reads them."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Line:
    """Words on a PDF page; distances in points, from the page's lower left corner."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 10
    bold: bool = False
    mode: int = 0
    """3: laid there unseen."""
    white: bool = False

    def drawn(self) -> str:
        words = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        colour, font = "1 1 1" if self.white else "0 0 0", "F2" if self.bold else "F1"
        return (
            f"BT {colour} rg {self.mode} Tr /{font} {self.size} Tf"
            f" 1 0 0 1 {self.x} {self.y} Tm ({words}) Tj ET"
        )


def column(*texts: str, top: float = 700, x: float = 72, size: float = 10) -> list[Line]:
    """Lines below each other, as close as those of a paragraph."""
    return [Line(text, x=x, y=top - 12 * row, size=size) for row, text in enumerate(texts)]


def a_pdf(
    *pages: Sequence[Line],
    painted: str = "",
    picture: bool = False,
    link: tuple[float, float, float, float, str] | None = None,
    info: str = "",
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF; `painted` is drawn below the words of each page, `picture` lies below that."""
    objects: list[str] = ["", ""]  # the catalog and the list of pages come last

    def add(body: str) -> int:
        objects.append(body)
        return len(objects)

    fonts = [
        add(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    resources = f"/Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>"
    below = painted
    if picture:
        head = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        image = add(f"<<{head}/BitsPerComponent 8/Length 1>>\nstream\n7\nendstream")
        resources += f"/XObject<</I {image} 0 R>>"
        below = f"q 595 0 0 842 0 0 cm /I Do Q {painted}"
    kids = []
    for lines in pages:
        drawn = "\n".join([below, *(line.drawn() for line in lines)])
        size = len(drawn.encode("cp1252"))
        content = add(f"<</Length {size}>>\nstream\n{drawn}\nendstream")
        annotation = ""
        if link:
            *box, address = link
            rectangle = " ".join(map(str, box))
            action = f"/A<</S/URI/URI({address})>>"
            found = add(f"<</Type/Annot/Subtype/Link/Rect[{rectangle}]{action}>>")
            annotation = f"/Annots[{found} 0 R]"
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
                f"/Resources<<{resources}>>{annotation}>>"
            )
        )
    told = add(f"<<{info}>>")
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>"
    return _written(objects, f"/Root 1 0 R/Info {told} 0 R{trailer}")


def _written(objects: Sequence[str], trailer: str) -> bytes:
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer\n<</Size {len(places) + 1}{trailer}>>\nstartxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """Words in a DOCX, with their properties as XML."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain words."""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def item(text: str, kind: int = 1) -> str:
    """An item of a list: 1 with bullets, 2 with numbers."""
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{kind}"/></w:numPr>'
    return paragraph(text, properties=numbered)


def table(*rows: Sequence[str]) -> str:
    """A table of plain cells."""
    drawn = (
        "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row).join(("<w:tr>", "</w:tr>"))
        for row in rows
    )
    return f"<w:tbl>{''.join(drawn)}</w:tbl>"


_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{kind}"><w:lvl w:ilvl="0"><w:numFmt w:val="{look}"/></w:lvl>'
    "</w:abstractNum>"
    for kind, look in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{kind}"><w:abstractNumId w:val="{kind}"/></w:num>' for kind in (1, 2))
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"))
)


def a_docx(
    *blocks: str,
    styles: str = "",
    core: str = "",
    links: str = "",
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A DOCX with these blocks; `extra` are parts by name, in place of those of that name."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1"'
            f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="s1" Type="{_OFFICE}/styles"'
            f' Target="styles.xml"/><Relationship Id="n1" Type="{_OFFICE}/numbering"'
            f' Target="numbering.xml"/>{links}</Relationships>'
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{_STYLES}{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{_NUMBERING}</w:numbering>',
        "word/document.xml": (
            f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{"".join(blocks)}</w:body>'
            "</w:document>"
        ),
        "docProps/core.xml": (
            '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/'
            f'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</p:coreProperties>'
        ),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | (extra or {})).items():
            package.writestr(name, content)
    return made.getvalue()
