"""One version of the index: an SQLite file with full text (FTS5) and vectors, read whole."""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deskhand.adapters.index_entries import CANDIDATES, asked_words, passage_of
from deskhand.domain.article import Chunk
from deskhand.domain.evidence import OnlyFor, Passage
from deskhand.domain.search import Filters
from deskhand.errors import Rejected
from deskhand.ports import Vector
from deskhand.text.fusion import best_first, fused

_SCHEMA = """
    pragma page_size = 32768; -- a row has 2.5 kB: of smaller pages half would stay empty
    create table meta (fingerprint text not null);
    create table chunk (
        row integer primary key, id text not null unique, content_hash text not null,
        category text not null, language text not null, public integer not null,
        first_day integer not null, last_day integer not null, only_for text not null,
        passage text not null, vector blob not null
    );
    create virtual table words using fts5(
        title, heading, text, content='', tokenize='porter unicode61 remove_diacritics 2'
    );
"""
_TITLE_WEIGHTS = "2.0, 2.0, 1.0"
_FOREVER = date.max.toordinal()


def build_index(chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str) -> bytes:
    """The file of an index over these chunks."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        database.execute("insert into meta values (?)", (fingerprint,))
        for row, (chunk, vector) in enumerate(zip(chunks, vectors, strict=True)):
            database.execute(
                "insert into chunk values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _row(row, chunk, vector),
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
            "select id, content_hash, category, language, public, first_day, last_day,"
            f" {self._only_for()} from chunk order by row"
        ).fetchall()
        self._ids = [row[0] for row in rows]
        self.hashes = {row[0]: str(row[1]) for row in rows}
        self._categories = np.array([row[2] for row in rows], dtype=np.str_)
        self._languages = np.array([row[3] for row in rows], dtype=np.str_)
        self._public = np.array([row[4] for row in rows], dtype=bool)
        self._days = np.array([row[5:7] for row in rows], dtype=np.int64).reshape(len(rows), 2)
        self._vectors = self._read_vectors(len(rows))
        kinds = list(dict.fromkeys(row[7] for row in rows))
        self._kinds = [OnlyFor.model_validate_json(kind) for kind in kinds]
        places = {kind: place for place, kind in enumerate(kinds)}
        self._kind_of = np.array([places[row[7]] for row in rows], dtype=np.intp)

    def _read_vectors(self, count: int) -> NDArray[np.float32]:
        """One by one into their place: of a large index two copies would not fit a function."""
        stored = self._database.execute("select vector from chunk order by row")
        first = stored.fetchone()
        if first is None:
            return np.zeros((0, 0), "<f4")
        vectors = np.empty((count, len(first[0]) // 4), "<f4")
        for row, (vector,) in enumerate(chain([first], stored)):
            vectors[row] = np.frombuffer(vector, "<f4")
        return vectors

    def _only_for(self) -> str:
        """The column of that name; a file of a release before there was one holds for everybody."""
        columns = self._database.execute("select name from pragma_table_info('chunk')")
        return "only_for" if ("only_for",) in columns else "'{}'"

    def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
        """The vectors of those chunks that are here."""
        wanted = set(ids)
        rows: Iterator[tuple[str, Any]] = zip(self._ids, self._vectors, strict=True)
        return {id: vector for id, vector in rows if id in wanted}

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, by words and meaning together."""
        allowed = self._allowed(filters)
        if not allowed.any():
            return ()
        word_scores = self._word_scores(query, allowed)
        cosines = self._cosines(vector)
        candidates = set(word_scores)
        if vector is not None:
            by_meaning = np.where(allowed, cosines, -np.inf)
            count = min(CANDIDATES, int(allowed.sum()))
            candidates.update(np.argpartition(-by_meaning, count - 1)[:count].tolist())
        scores = fused({row: float(cosines[row]) for row in candidates}, word_scores)
        # Everything within a tie of the last place may yet overtake it.
        shortlist = sorted(scores, key=lambda row: -scores[row])[: limit + 10]
        found = self._passages(shortlist, scores, cosines)
        return tuple(best_first(found)[:limit])

    def _allowed(self, filters: Filters) -> NDArray[np.bool_]:
        day = filters.on.toordinal()
        allowed = self._public & (self._days[:, 0] <= day) & (day <= self._days[:, 1])
        if filters.categories:
            allowed &= np.isin(self._categories, list(filters.categories))
        if filters.language:
            allowed &= self._languages == filters.language
        meant = np.array([filters.reader.is_meant(kind) for kind in self._kinds], dtype=bool)
        return np.asarray(allowed & meant[self._kind_of] if len(meant) else allowed, dtype=bool)

    def _cosines(self, vector: Vector | None) -> NDArray[np.float32]:
        if vector is None:
            return np.zeros(len(self._ids), dtype=np.float32)
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
        said = asked_words(query)
        if not said:
            return {}
        match = " OR ".join(f'"{word}"' for word in said)
        # Of half as many again the filters are likely to leave enough; if not, of all.
        likely = int(1.5 * CANDIDATES / allowed.mean())
        fitting: dict[int, float] = {}
        for most in (likely, len(allowed)):
            best = self._best_by_words(match, most)
            fitting = {row: score for row, score in best if allowed[row]}
            if len(fitting) >= CANDIDATES or len(best) < most:
                break
        return dict(islice(fitting.items(), CANDIDATES))

    def _best_by_words(self, match: str, most: int) -> list[tuple[int, float]]:
        statement = (
            f"select rowid, -bm25(words, {_TITLE_WEIGHTS}) as score from words where words match ?"
            " order by score desc, rowid limit ?"
        )
        with self._lock:
            return self._database.execute(statement, (match, most)).fetchall()

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
        chunk.only_for.model_dump_json(exclude_defaults=True),
        passage_of(chunk).model_dump_json(),
        np.asarray(vector, dtype="<f4").tobytes(),
    )
