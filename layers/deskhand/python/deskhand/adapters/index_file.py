"""One version of the index: an SQLite file with full text (FTS5) and vectors, read whole."""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import date

import numpy as np
from numpy.typing import NDArray

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.errors import Rejected
from deskhand.ports import Vector
from deskhand.text.fusion import best_first, fused
from deskhand.text.words import STOP_WORDS, words

_SCHEMA = """
    pragma page_size = 32768; -- a row has 2.5 kB: of smaller pages half would stay empty
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
_TITLE_WEIGHTS = "2.0, 2.0, 1.0"
_CANDIDATES = 100
"""How many each of words and vectors bring; what is best joined is hardly ever below that in
both."""
_MOST_WORDS = 64
"""A pasted page is no sharper a question than its first words."""
_FOREVER = date.max.toordinal()


def build_index(chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str) -> bytes:
    """The file of an index over these chunks."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        database.execute("insert into meta values (?)", (fingerprint,))
        for row, (chunk, vector) in enumerate(zip(chunks, vectors, strict=True)):
            database.execute(
                "insert into chunk values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(row, chunk, vector)
            )
            database.execute(
                "insert into words (rowid, title, heading, text) values (?, ?, ?, ?)",
                (row, chunk.title, chunk.heading, chunk.text),
            )
        database.execute("insert into words (words) values ('optimize')")
        database.commit()
        return database.serialize()


class Index:
    """An index that is searched: nothing in it ever changes, so several may search at once."""

    def __init__(self, version: str, content: bytes) -> None:
        self.version = version
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._database.deserialize(content)
            self._load()
        except (sqlite3.Error, ValueError) as error:
            raise Rejected(f"index {version} is broken: {error}; run the reindex") from error

    def _load(self) -> None:
        [(self.fingerprint,)] = self._database.execute("select fingerprint from meta")
        rows = self._database.execute(
            "select id, content_hash, category, language, public, first_day, last_day, vector"
            " from chunk order by row"
        ).fetchall()
        self._ids = [row[0] for row in rows]
        self._hashes = [row[1] for row in rows]
        self._categories = np.array([row[2] for row in rows], dtype=np.str_)
        self._languages = np.array([row[3] for row in rows], dtype=np.str_)
        self._public = np.array([row[4] for row in rows], dtype=bool)
        self._days = np.array([row[5:7] for row in rows], dtype=np.int64).reshape(len(rows), 2)
        joined = np.frombuffer(b"".join(row[7] for row in rows), dtype="<f4")
        self._vectors = joined.reshape(len(rows), -1) if rows else np.zeros((0, 0), "<f4")

    def indexed(self) -> dict[str, tuple[str, Vector]]:
        """Chunk id to content hash and vector."""
        hashes_and_vectors = zip(self._hashes, self._vectors, strict=True)
        return dict(zip(self._ids, hashes_and_vectors, strict=True))

    def search(
        self,
        query: str,
        vector: Vector,
        *,
        limit: int,
        on: date,
        categories: Sequence[str],
        language: str,
    ) -> tuple[Passage, ...]:
        """The best passages that may answer, by words and meaning together."""
        allowed = self._allowed(on, categories, language)
        if not allowed.any():
            return ()
        cosines = self._cosines(vector)
        by_meaning = np.where(allowed, cosines, -np.inf)
        count = min(_CANDIDATES, int(allowed.sum()))
        nearest = np.argpartition(-by_meaning, count - 1)[:count]
        word_scores = self._word_scores(query, allowed)
        candidates = {*nearest.tolist(), *word_scores}
        scores = fused({row: float(cosines[row]) for row in candidates}, word_scores)
        # Everything within a tie of the last place may yet overtake it.
        shortlist = sorted(scores, key=lambda row: -scores[row])[: limit + 10]
        found = self._passages(shortlist, scores, cosines)
        return tuple(best_first(found)[:limit])

    def _allowed(self, on: date, categories: Sequence[str], language: str) -> NDArray[np.bool_]:
        day = on.toordinal()
        allowed = self._public & (self._days[:, 0] <= day) & (day <= self._days[:, 1])
        if categories:
            allowed &= np.isin(self._categories, list(categories))
        if language:
            allowed &= self._languages == language
        return np.asarray(allowed, dtype=bool)

    def _cosines(self, vector: Vector) -> NDArray[np.float32]:
        asked = np.asarray(vector, dtype=np.float32)
        if asked.shape != self._vectors.shape[1:]:
            raise Rejected(
                f"the question has {asked.size} dimensions, index {self.version} has"
                f" {self._vectors.shape[1]}: run the reindex with the embedder of today"
            )
        # Not `@`: on a busy machine BLAS waits for its threads many times longer than it computes.
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", self._vectors, asked)
        return cosines

    def _word_scores(self, query: str, allowed: NDArray[np.bool_]) -> dict[int, float]:
        said = [word for word in dict.fromkeys(words(query)) if word not in STOP_WORDS]
        if not said:
            return {}
        match = " OR ".join(f'"{word}"' for word in said[:_MOST_WORDS])
        with self._lock:
            rows = self._database.execute(
                f"select rowid, -bm25(words, {_TITLE_WEIGHTS}) from words where words match ?",
                (match,),
            ).fetchall()
        fitting = [(row, score) for row, score in rows if allowed[row]]
        return dict(sorted(fitting, key=lambda found: -found[1])[:_CANDIDATES])

    def _passages(
        self, rows: list[int], scores: dict[int, float], cosines: NDArray[np.float32]
    ) -> list[Passage]:
        marks = ",".join("?" * len(rows))
        with self._lock:
            stored = self._database.execute(
                f"select row, passage from chunk where row in ({marks})", rows
            ).fetchall()
        return [
            Passage.model_validate_json(passage).model_copy(
                update={
                    "score": min(1.0, scores[row]),
                    "similarity": float(np.clip(cosines[row], -1.0, 1.0)),
                }
            )
            for row, passage in stored
        ]


def passage_of(chunk: Chunk) -> Passage:
    """The chunk as it can be cited."""
    return Passage(
        id=chunk.id,
        article_id=chunk.article_id,
        title=chunk.title,
        heading=chunk.heading,
        text=chunk.text,
        category=chunk.category,
        audience=chunk.audience,
        authority=chunk.authority,
        policy_id=chunk.policy_id,
        effective_from=chunk.effective_from,
        effective_until=chunk.effective_until,
    )


def _row(row: int, chunk: Chunk, vector: Vector) -> tuple[object, ...]:
    return (
        row,
        chunk.id,
        chunk.content_hash,
        chunk.category,
        chunk.language,
        chunk.audience == "public",
        chunk.effective_from.toordinal() if chunk.effective_from else 0,
        chunk.effective_until.toordinal() if chunk.effective_until else _FOREVER,
        passage_of(chunk).model_dump_json(),
        np.asarray(vector, dtype="<f4").tobytes(),
    )
