"""Reads Markdown as sections of plain-text blocks, so that what is quoted carries no markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

BlockKind = Literal["text", "list", "table", "code"]

_TAGS = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>?", re.DOTALL | re.IGNORECASE
)
LONGEST_HEADING = 200
"""What is longer is a paragraph that somebody has made big."""
DEEPEST = 100
"""Stars within stars that go deeper are no emphasis, and would lead deeper than anything can be
read."""
LONGEST_NAME = 60
"""So many characters of a column's name are said again in each row."""

_KINDS: dict[str, BlockKind] = {
    "bullet_list": "list",
    "ordered_list": "list",
    "table": "table",
    "fence": "code",
    "code_block": "code",
}


@dataclass(frozen=True)
class Block:
    """One paragraph, list, table or piece of code, as plain text."""

    kind: BlockKind
    parts: tuple[str, ...]
    """A list's items, a table's rows; otherwise one part."""

    @property
    def text(self) -> str:
        """The whole block."""
        return "\n".join(self.parts)


@dataclass(frozen=True)
class Section:
    """What stands under one heading, before the next one."""

    headings: tuple[str, ...]
    """The headings above it, outermost first; without the page's own title."""
    blocks: tuple[Block, ...]


def title_of(text: str) -> str:
    """The first top-level heading, or nothing."""
    headings = (node for node in _tree(text).children if _is_heading(node))
    return next((_plain(node) for node in headings if node.tag == "h1"), "")


def sections(text: str, *, title: str = "") -> Iterator[Section]:
    """The sections of a page in order. A heading with nothing below it says what it says: it is
    its own text."""
    above: dict[int, str] = {}
    blocks: list[Block] = []
    alone: tuple[int, str] | None = None
    for node in (*_tree(text).children, None):
        if node is not None and not _is_heading(node):
            blocks.extend(_blocks(node))
            continue
        level = int(node.tag[1]) if node else 0
        if not blocks and alone and level <= alone[0]:
            blocks = [Block("text", (alone[1],))]
            above = {depth: words for depth, words in above.items() if depth < alone[0]}
        if blocks:
            yield Section(tuple(above.values()), tuple(blocks))
        blocks, alone = [], None
        above = {depth: words for depth, words in above.items() if depth < level}
        if node and (words := _plain(node)) and words != title:
            above[level], alone = words, (level, words)


def unread_html(text: str) -> tuple[str, ...]:
    """The words that stand in blocks of HTML, which are not read: a person has to write them as
    Markdown."""
    if "<" not in text:
        return ()
    blocks = (node for node in _tree(text).walk() if node.type == "html_block")
    words = (" ".join(_TAGS.sub(" ", block.content).split()) for block in blocks)
    return tuple(said for said in words if any(letter.isalnum() for letter in said))


def _is_heading(node: SyntaxTreeNode) -> bool:
    return node.type == "heading" and len(_plain(node)) <= LONGEST_HEADING


def _tree(text: str) -> SyntaxTreeNode:
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(text)
    if any(inner.level > DEEPEST for token in tokens for inner in token.children or ()):
        tokens = reader.disable("emphasis").parse(text)
    return SyntaxTreeNode(tokens)


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "blockquote":
        for child in node.children:
            yield from _blocks(child)
        return
    parts = tuple(part for part in _parts(node) if part.strip())
    if parts:
        yield Block(_KINDS.get(node.type, "text"), parts)


def _parts(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "bullet_list":
            yield from (_item(item, "- ") for item in node.children)
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            for number, item in enumerate(node.children, start=first):
                yield _item(item, f"{number}. ")
        case "table":
            yield from _rows(node)
        case "fence" | "code_block":
            yield node.content.rstrip()
        case "paragraph" | "heading":
            yield _plain(node)
        case _:  # rules and raw HTML say nothing that could be quoted
            return


def _item(item: SyntaxTreeNode, mark: str) -> str:
    lines = [line for child in item.children for block in _blocks(child) for line in block.parts]
    indented = "\n".join(lines).replace("\n", "\n  ")
    return f"{mark}{indented}"


def _rows(table: SyntaxTreeNode) -> Iterator[str]:
    """Each row with its column's names, so that it says something when it is quoted alone."""
    names: list[str] = []
    for part in table.children:
        for row in part.children:
            cells = [_plain(cell) for cell in row.children]
            if part.type == "thead":
                names = cells
                yield from [] if len(table.children) > 1 else [", ".join(filter(None, names))]
                continue
            named = zip((name[:LONGEST_NAME] for name in names), cells, strict=False)
            yield ", ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def _plain(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return ""
    words = "".join(_plain(child) for child in node.children).strip(
        " " if node.nester_tokens else ""
    )
    if node.type == "link":
        address = str(node.attrs.get("href", ""))
        outside = address.startswith(("http://", "https://")) and address != words
        return f"{words} ({address})" if outside else words
    return words
