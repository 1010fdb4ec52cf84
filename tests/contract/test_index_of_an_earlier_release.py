"""The file of an index that an earlier release made still serves, and is brought up to date."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import numpy as np
import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.jobs.reindex import reindex
from deskhand.text.chunks import cut, searched_text
from tests.builders import StoppedClock
from tests.knowledge import CountingEmbedder, filters, found

RELEASE_1 = """
    pragma page_size = 32768;
    create table meta (fingerprint text not null);
    create table chunk (
        row integer primary key, id text not null unique, content_hash text not null,
        category text not null, language text not null, public integer not null,
        first_day integer not null, last_day integer not null,
        passage text not null, vector blob not null
    );
    create virtual table words using fts5(
        title, heading, text, content='', tokenize='porter unicode61 remove_diacritics 2'
    );
"""
PAGES = {
    "delivery": "# Delivery\n\nParcels travel two to four days.\n",
    "returns": "# Returns\n\nSend anything back within 30 days.\n",
}


def source() -> MemoryArticles:
    articles = MemoryArticles()
    for name, text in PAGES.items():
        articles.put(name, text)
    return articles


def made_by_release_1(embedder: CountingEmbedder) -> bytes:
    """An index over the pages: without the column of who it is for, and its passages short of what
    was added since."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(RELEASE_1)
        database.execute("insert into meta values (?)", (embedder.fingerprint,))
        chunks = [chunk for article in source().articles() for chunk in cut(article)]
        for row, chunk in enumerate(chunks):
            [vector] = embedder.embed([searched_text(chunk)])
            passage = {
                "id": chunk.id,
                "article_id": chunk.article_id,
                "title": chunk.title,
                "heading": chunk.heading,
                "text": chunk.text,
            }
            stored = (row, chunk.id, f"old-{row}", "general", "en", 1, 0, date.max.toordinal())
            blob = np.asarray(vector, dtype="<f4").tobytes()
            database.execute(
                "insert into chunk values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*stored, json.dumps(passage), blob),
            )
            database.execute(
                "insert into words (rowid, title, heading, text) values (?, ?, ?, ?)",
                (row, chunk.title, chunk.heading, chunk.text),
            )
        database.commit()
        return database.serialize()


@pytest.fixture
def knowledge(tmp_path) -> EmbeddedKnowledge:
    shelf = FolderShelf(tmp_path)
    shelf.publish("20260101T000000-release-1", made_by_release_1(CountingEmbedder()))
    return EmbeddedKnowledge(shelf, clock=StoppedClock())


def test_it_is_searched_by_words_and_by_meaning_and_holds_for_everybody(knowledge):
    assert found(knowledge, "parcels")[0] == "delivery"
    assert found(knowledge, "send it back", reader={"plan": "pro"})[0] == "returns"
    assert len(knowledge.search("days", None, limit=5, filters=filters())) == 2


def test_the_next_reindex_renews_it_and_embeds_nothing_again(knowledge):
    embedder = CountingEmbedder()
    done = reindex(source=source(), knowledge=knowledge, embedder=embedder)

    assert (done.chunks, done.embedded, done.kept, done.removed) == (2, 0, 2, 0)
    assert done.version
    assert embedder.batches == []
    assert found(knowledge, "parcels")[0] == "delivery"
