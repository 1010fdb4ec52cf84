"""Cuts an article into the pieces that are searched and cited: at headings, never inside a rule."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator

from deskhand.domain.article import Article, Chunk
from deskhand.text.markdown import Block, Section, sections
from deskhand.text.sentences import sentences

SIZE = 500
"""About how many characters a chunk has: what an embedder still reads as one thought."""
OVERLAP = 50
"""At least how many characters of running text are said again in the next chunk, as whole
sentences."""
LONGEST_OVERLAP = 150
LONGEST_WHOLE = 1_500
"""Up to here a list or a table stays in one piece; an embedder reads no further."""
_CARRIED = tuple(Chunk.model_fields.keys() & Article.model_fields.keys() - {"id", "text"})


def cut(article: Article) -> tuple[Chunk, ...]:
    """The article's chunks in order; the same words under the same heading are one chunk."""
    chunks = {
        chunk.id: chunk
        for section in sections(article.text, title=article.title)
        for chunk in _chunks(article, section)
    }
    return tuple(chunks.values())


def searched_text(chunk: Chunk) -> str:
    """What of a chunk is embedded: its words with the titles above them."""
    return "\n".join(part for part in (chunk.title, chunk.heading, chunk.text) if part)


def _chunks(article: Article, section: Section) -> Iterator[Chunk]:
    heading = " > ".join(section.headings)
    for text in _packed(section):
        words_hash = _hash(article.title, heading, text)
        place = "-".join(part for part in (_slug(heading), words_hash[:8]) if part)
        metadata = article.model_dump(mode="json", exclude={"text"})
        told = {key: getattr(article, key) for key in _CARRIED}
        yield Chunk(
            id=f"{article.id}#{place}",
            article_id=article.id,
            heading=heading,
            text=text,
            content_hash=_hash(words_hash, json.dumps(metadata, sort_keys=True)),
            **told,
        )


def _packed(section: Section) -> Iterator[str]:
    """Neighbouring pieces together, as long as they stay about the size of a chunk."""
    held: list[str] = []
    for piece in _pieces(section.blocks):
        if held and len("\n\n".join(held)) + len(piece) > SIZE:
            yield "\n\n".join(held)
            held = []
        held.append(piece)
    if held:
        yield "\n\n".join(held)


def _pieces(blocks: tuple[Block, ...]) -> Iterator[str]:
    """What may not be cut: a paragraph, or a list or table with the sentence that leads to it."""
    lead = ""
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        leads_on = following is not None and following.kind in ("list", "table")
        if block.kind == "text" and block.text.endswith(":") and leads_on:
            lead = block.text
            continue
        yield from _cut_block(block, lead)
        lead = ""


def _cut_block(block: Block, lead: str) -> Iterator[str]:
    whole = "\n".join(part for part in (lead, block.text) if part)
    if block.kind == "text":
        yield from _cut_running_text(whole)
    elif block.kind == "code" or len(whole) <= LONGEST_WHOLE:
        yield whole
    else:
        for group in _groups(block.parts):
            yield "\n".join(part for part in (lead, *group) if part)


def _cut_running_text(text: str) -> Iterator[str]:
    if len(text) <= SIZE * 1.2:
        yield text
        return
    held: list[str] = []
    for sentence in sentences(text):
        if held and len(" ".join(held)) + len(sentence) > SIZE:
            yield " ".join(held)
            held = _said_again(held)
        held.append(sentence)
    if held:
        yield " ".join(held)


def _said_again(said: list[str]) -> list[str]:
    """The last whole sentences, so that what hangs on them is understood in the next chunk."""
    tail: list[str] = []
    for sentence in reversed(said):
        if len(" ".join([sentence, *tail])) > LONGEST_OVERLAP:
            break
        tail.insert(0, sentence)
        if len(" ".join(tail)) >= OVERLAP:
            break
    return tail if len(tail) < len(said) else []


def _groups(parts: tuple[str, ...]) -> Iterator[list[str]]:
    held: list[str] = []
    for part in parts:
        if held and len("\n".join(held)) + len(part) > SIZE:
            yield held
            held = []
        held.append(part)
    yield held


def _slug(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
