"""Cuts an article into the pieces that are searched and cited: at headings, never inside a rule."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

from deskhand.domain.article import Article, Chunk
from deskhand.domain.evidence import OnlyFor
from deskhand.text.markdown import Block, Section, sections
from deskhand.text.sentences import whole_sentences

SIZE = 500
"""About how many characters a chunk has: what an embedder still reads as one thought."""
OVERLAP = 50
"""At least how many characters of running text are said again in the next chunk, as whole
sentences."""
LONGEST_OVERLAP = 150
LONGEST_WHOLE = 1_000
"""Up to here a list, a table or a piece of code stays in one piece: an embedder of 256 tokens still
reads it with the titles above it."""
LONGEST_DECISION = 2_000
"""Up to here the conditions of one decision stay together. Half of them would tell somebody yes
who is told no by the other half, which is worse than an end that only words find."""
LONGEST_SENTENCE = 800
LONGEST_LEAD = 250
"""No more than this is said again above every piece of a list or a table."""
_DECIDES = re.compile(
    r"\b(?:if|when|whenever|unless|only|except|provided|as long as|eligible|entitled|qualif\w+|"
    r"allowed|must|may|can|cannot|can't|conditions?|requirements?)\b",
    re.IGNORECASE,
)
_CARRIED = tuple(Chunk.model_fields.keys() & Article.model_fields.keys() - {"id", "text"})


def cut(article: Article) -> tuple[Chunk, ...]:
    """The article's chunks in order; the same words under the same heading are one chunk.

    None has more than `LONGEST_DECISION` characters. Each word is in one whole, unless it is longer
    than the overlap and stands in a sentence that no embedder could read.
    """
    metadata = article.model_dump(mode="json", exclude={"text", "name", "first_line"})
    said = json.dumps(metadata, sort_keys=True)
    chunks = {
        chunk.id: chunk
        for section in sections(article.text, title=article.title)
        for chunk in _chunks(article, section, said)
    }
    return tuple(chunks.values())


def searched_text(chunk: Chunk) -> str:
    """What of a chunk is embedded: its words with the titles above them."""
    return "\n".join(part for part in (chunk.title, chunk.heading, chunk.text) if part)


def _chunks(article: Article, section: Section, said: str) -> Iterator[Chunk]:
    heading = " > ".join(section.headings)
    for text in _packed(section):
        words_hash = _hash(article.title, heading, text, *_condition(article))
        place = "-".join(part for part in (_slug(heading), words_hash[:8]) if part)
        yield Chunk(
            id=f"{article.id}#{place}",
            article_id=article.id,
            heading=heading,
            text=text,
            content_hash=_hash(words_hash, said),
            **{key: getattr(article, key) for key in _CARRIED},
        )


def _condition(article: Article) -> tuple[str, ...]:
    """What keeps the same words for two kinds of customers apart; nothing where they hold for
    all."""
    return () if article.only_for == OnlyFor() else (article.only_for.model_dump_json(),)


def _packed(section: Section) -> Iterator[str]:
    """Neighbouring pieces together, as long as they stay about the size of a chunk."""
    held: list[str] = []
    for piece in _pieces(section):
        if held and len("\n\n".join(held)) + len(piece) > SIZE:
            yield "\n\n".join(held)
            held = []
        held.append(piece)
    if held:
        yield "\n\n".join(held)


def _pieces(section: Section) -> Iterator[str]:
    """What is not cut any further: a paragraph, or a list or table with the sentence that leads to
    it."""
    topic = section.headings[-1] if section.headings else ""
    lead = ""
    for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
        if block.kind == "text":
            leads_on = following is not None and following.kind in ("list", "table")
            before, lead = _without_lead(block.text) if leads_on else (block.text, "")
            yield from _cut_running_text(before)
        else:
            yield from _cut_block(block, lead, topic)
            lead = ""


def _without_lead(text: str) -> tuple[str, str]:
    """A paragraph above a list or a table, as what stands by itself and what leads to it."""
    *before, last = [text] if len(text) <= LONGEST_LEAD else whole_sentences(text)
    if len(last) > LONGEST_LEAD or not (last.endswith(":") or _DECIDES.search(last)):
        return text, ""
    return " ".join(before), last


def _cut_block(block: Block, lead: str, topic: str) -> Iterator[str]:
    decides = block.kind != "code" and _DECIDES.search(f"{topic} {lead}")
    whole = "\n".join(part for part in (lead, block.text) if part)
    if len(whole) <= (LONGEST_DECISION if decides else LONGEST_WHOLE):
        yield whole
        return
    parts = block.text.split("\n") if block.kind == "code" else block.parts
    for group in _groups(parts):
        yield "\n".join(part for part in (lead, *group) if part)


def _cut_running_text(text: str) -> Iterator[str]:
    if len(text) <= SIZE * 1.2:
        yield from filter(None, [text])
        return
    held: list[str] = []
    for sentence in (part for one in whole_sentences(text) for part in _readable(one)):
        if held and len(" ".join(held)) + len(sentence) > SIZE:
            yield " ".join(held)
            held = _said_again(held)
        held.append(sentence)
    if held:
        yield " ".join(held)


def _readable(sentence: str) -> Iterator[str]:
    """A sentence that is longer than an embedder reads in pieces that overlap, so that its end is
    found too: cut between words, and through what has no words (a key, a script without
    spaces)."""
    start = 0
    while len(sentence) - start > LONGEST_SENTENCE:
        end = sentence.rfind(" ", start + SIZE // 2, start + SIZE) + 1 or start + SIZE
        yield sentence[start:end].strip()
        start = sentence.find(" ", end - 2 * OVERLAP, end - OVERLAP) + 1 or end - OVERLAP
    yield sentence[start:].strip()


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


def _groups(parts: Sequence[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for piece in (piece for part in parts for piece in _short(part)):
        if held and len("\n".join(held)) + len(piece) > SIZE:
            yield held
            held = []
        held.append(piece)
    yield held


def _short(part: str) -> Iterator[str]:
    """An item, a row or a line of code; one that is longer than a chunk as running text."""
    return iter([part]) if len(part) <= LONGEST_SENTENCE else _cut_running_text(part)


def _slug(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
