"""Whatever an article is like: nothing of it is lost, no piece is too long, no edit spreads."""

import gc
import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.article import Chunk
from deskhand.text.chunks import LONGEST_DECISION, LONGEST_LEAD, LONGEST_WHOLE, cut, searched_text
from tests.knowledge import an_article

WORD = st.text("abcdefghijklmnopqrstuvwxyz\u00e9\u4e00", min_size=2, max_size=12)
SENTENCE = st.lists(WORD, min_size=1, max_size=60).map(lambda words: f"{' '.join(words)}.")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=12).map(" ".join)
ITEMS = st.lists(SENTENCE, min_size=1, max_size=30)
LISTED = ITEMS.map(lambda items: "\n".join(f"- {item}" for item in items))
LED = st.tuples(SENTENCE, LISTED).map(lambda parts: f"{parts[0][:-1]}:\n\n{parts[1]}")
TABLE = st.lists(st.tuples(WORD, SENTENCE), min_size=1, max_size=30).map(
    lambda rows: "| name | text |\n| - | - |\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
)
CODE = st.lists(SENTENCE, min_size=1, max_size=30).map(
    lambda lines: "```\n" + "\n".join(lines) + "\n```"
)
BLOCK = st.one_of(PARAGRAPH, LISTED, LED, TABLE, CODE)
SECTION = st.tuples(WORD, st.lists(BLOCK, min_size=1, max_size=4))
PAGE = st.lists(SECTION, min_size=1, max_size=5)


def written(page: list[tuple[str, list[str]]]) -> str:
    """The page as Markdown; each heading stands once, by its number."""
    return "\n\n".join(
        f"## {number} {heading}\n\n" + "\n\n".join(blocks)
        for number, (heading, blocks) in enumerate(page)
    )


def chunks_of(text: str) -> tuple[Chunk, ...]:
    return cut(an_article(text))


@settings(max_examples=60, deadline=None)
@given(PAGE)
def test_every_word_of_an_article_is_in_some_chunk(page):
    text = written(page)
    found = {word for chunk in chunks_of(text) for word in re.findall(r"\w+", searched_text(chunk))}

    assert set(re.findall(r"\w+", text)) <= found


@settings(max_examples=60, deadline=None)
@given(PAGE)
def test_no_chunk_is_longer_than_it_may_be(page):
    lengths = [len(chunk.text) for chunk in chunks_of(written(page))]

    assert max(lengths) <= LONGEST_WHOLE + LONGEST_LEAD
    assert LONGEST_WHOLE + LONGEST_LEAD <= LONGEST_DECISION


@settings(max_examples=60, deadline=None)
@given(PAGE, SENTENCE, st.data())
def test_an_edit_of_a_paragraph_changes_nothing_outside_of_its_section(page, sentence, data):
    place = data.draw(st.integers(0, len(page) - 1))
    heading, blocks = page[place]
    edited = [*page[:place], (heading, [*blocks[:-1], sentence]), *page[place + 1 :]]
    before, after = chunks_of(written(page)), chunks_of(written(edited))
    changed = {chunk.heading for chunk in set(before) ^ set(after)}

    assert changed <= {f"{place} {heading}"}


@settings(max_examples=60, deadline=None)
@given(PAGE, st.randoms())
def test_sections_that_change_places_change_nothing(page, random):
    sections = [written([one]) for one in page]
    moved = random.sample(sections, len(sections))

    assert set(chunks_of("\n\n".join(sections))) == set(chunks_of("\n\n".join(moved)))


def test_a_renamed_section_leaves_its_neighbours_as_they_are():
    before = chunks_of("## One\n\nFirst.\n\n## Two\n\nSecond.\n\n## Three\n\nThird.")
    after = chunks_of("## One\n\nFirst.\n\n## Zwei\n\nSecond.\n\n## Three\n\nThird.")

    assert (before[0], before[2]) == (after[0], after[2])
    assert before[1].id != after[1].id


HUGE: dict[str, Callable[[int], str]] = {
    "a paragraph": lambda size: "Some words here. " * (size // 17),
    "a word": lambda size: "x" * size,
    "a sentence": lambda size: "and so on " * (size // 10),
    "abbreviations": lambda size: "e.g. " * (size // 5),
    "a heading": lambda size: "# " + "big " * (size // 4),
    "headings": lambda size: "## Yet another\n\n" * (size // 16),
    "a list": lambda size: "- an item of it\n" * (size // 16),
    "a deep list": lambda size: "- " * (size // 2),
    "lines of code": lambda size: "```\n" + "a = 1\n" * (size // 6),
    "a table": lambda size: "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * (size // 10),
    "a wide table": lambda size: f"|{'a|' * (size // 4)}\n|{'-|' * (size // 4)}\n",
    "brackets": lambda size: "[" * size,
    "quotes": lambda size: "> " * (size // 2),
    "blank lines": lambda size: "\n" * size + "end",
}


def work_s(text: str) -> float:
    """The processor time that it takes to cut the text, at its quickest, without what a garbage
    collection of everything else takes in between."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            began = process_time()
            chunks_of(text)
            times.append(process_time() - began)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("kind", HUGE)
def test_eight_times_the_text_takes_about_eight_times_the_work(kind):
    """64 times, were anything done for each pair of things."""
    assert work_s(HUGE[kind](40_000)) <= 32 * work_s(HUGE[kind](5_000)) + 0.02


@pytest.mark.parametrize("kind", HUGE)
def test_a_long_page_of_anything_is_cut_into_pieces_that_can_be_read(kind):
    chunks = chunks_of(HUGE[kind](100_000))

    assert all(len(chunk.text) <= LONGEST_DECISION for chunk in chunks)
    assert sum(len(searched_text(chunk)) for chunk in chunks) < 400_000
