"""An index as OpenSearch keeps it: its mapping, and a chunk as a document of it."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np

from deskhand.adapters.index_entries import passage_of
from deskhand.domain.article import Chunk
from deskhand.errors import Rejected
from deskhand.ports import Vector

EVERYBODY = ""
"""Stands where a text holds for all plans, all regions or all channels."""
_KEYWORD = {"type": "keyword"}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_ANALYSIS = {
    "analyzer": {
        "stems": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["possessive", "lowercase", "asciifolding", "porter_stem"],
        }
    },
    "filter": {"possessive": {"type": "stemmer", "language": "possessive_english"}},
}
"""English stems, with or without accents, as the embedded index makes them."""
_FIELDS: dict[str, Any] = {
    "chunk_id": _KEYWORD,
    "content_hash": _KEYWORD,
    "words": {"type": "text", "analyzer": "stems"},
    "category": _KEYWORD,
    "language": _KEYWORD,
    "public": {"type": "boolean"},
    "first_day": {"type": "integer"},
    "last_day": {"type": "integer"},
    "plan": _KEYWORD,
    "region": _KEYWORD,
    "channel": _KEYWORD,
    "passage": _KEPT,
    "numbers": _KEPT,
}


@dataclass(frozen=True)
class Flavour:
    """How one kind of OpenSearch wants to be treated."""

    engine: str
    """What keeps the vectors."""
    takes_ids: bool
    """Whether we name documents, so that one sent twice is there once."""
    refreshes: bool
    """Whether what was written can be made visible at once; else it appears after seconds."""
    runs_scripts: bool
    """Whether it computes a vector's score for what the words found."""
    tunable: bool
    """Whether the index has copies and pauses that we may set."""


DOMAIN = Flavour(engine="lucene", takes_ids=True, refreshes=True, runs_scripts=True, tunable=True)
SERVERLESS = Flavour(
    engine="faiss", takes_ids=False, refreshes=False, runs_scripts=False, tunable=False
)


@dataclass(frozen=True)
class Version:
    """One index that was built: its name, and what it says of itself."""

    name: str
    fingerprint: str
    """Of the embedder whose vectors it holds."""
    chunks: int
    dimensions: int
    """Of its vectors; 0: it is empty."""

    @classmethod
    def read(cls, name: str, mapping: dict[str, Any]) -> "Version":
        """The version of that name from its mapping. `Rejected`: it is not one of ours."""
        meta = mapping[name]["mappings"].get("_meta", {})
        try:
            return cls(name, meta["fingerprint"], meta["chunks"], meta["dimensions"])
        except KeyError as error:
            raise Rejected(f"index {name} was not made by Deskhand; run the reindex") from error


NOTHING = Version(name="", fingerprint="", chunks=0, dimensions=0)


def creation(version: Version, flavour: Flavour, *, replicas: str) -> dict[str, Any]:
    """What makes the index: nothing that the mapping does not know is taken.

    It is written once and never again, so it needs no refresh but the last one. The vectors are
    compared by inner product: ours are of length one, and a text without a word that the embedder
    knows has the vector 0, for which there is no cosine.
    """
    settings: dict[str, Any] = {"knn": True, "analysis": _ANALYSIS}
    if flavour.tunable:
        settings |= {"number_of_shards": 1, "refresh_interval": "-1"}
        settings |= {"auto_expand_replicas": replicas}
    properties: dict[str, Any] = _FIELDS.copy()
    if version.dimensions:
        properties["vector"] = {
            "type": "knn_vector",
            "dimension": version.dimensions,
            "method": {
                "name": "hnsw",
                "engine": flavour.engine,
                "space_type": "innerproduct",
                "parameters": {"m": 16, "ef_construction": 128},
            },
        }
    meta = {
        "fingerprint": version.fingerprint,
        "version": version.name,
        "chunks": version.chunks,
        "dimensions": version.dimensions,
    }
    return {
        "settings": {"index": settings},
        # Written out, a vector is longer than all the rest, and each answer would wade through it.
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            "_source": {"includes": ["chunk_id", "passage", "numbers"]},
            "properties": properties,
        },
    }


def documents(
    version: Version, chunks: Sequence[Chunk], vectors: Sequence[Vector], flavour: Flavour
) -> Iterator[dict[str, Any]]:
    """What is sent of each chunk."""
    for row, (chunk, vector) in enumerate(zip(chunks, vectors, strict=True)):
        action: dict[str, Any] = {"_op_type": "index", "_index": version.name}
        if flavour.takes_ids:
            action["_id"] = str(row)
        yield action | {"_source": _document(chunk, vector)}


def vector_of(numbers: str) -> Vector:
    """The vector as it was kept."""
    return cast(Vector, np.frombuffer(b64decode(numbers), "<f4"))


def _document(chunk: Chunk, vector: Vector) -> dict[str, Any]:
    numbers = np.asarray(vector, dtype="<f4")
    return {
        "chunk_id": chunk.id,
        "content_hash": chunk.content_hash,
        # A word of the titles counts twice, in one field: rare is what is rare in all of them.
        "words": "\n".join((chunk.title, chunk.title, chunk.heading, chunk.heading, chunk.text)),
        "category": chunk.category,
        "language": chunk.language,
        "public": chunk.audience == "public",
        "first_day": chunk.effective_from.toordinal() if chunk.effective_from else 0,
        "last_day": (chunk.effective_until or date.max).toordinal(),
        "plan": chunk.only_for.plan or (EVERYBODY,),
        "region": chunk.only_for.region or (EVERYBODY,),
        "channel": chunk.only_for.channel or (EVERYBODY,),
        "passage": passage_of(chunk).model_dump_json(),
        "numbers": b64encode(numbers.tobytes()).decode("ascii"),
        # As doubles they would be twice as long; compared are 32 bits, and kept are the numbers.
        "vector": np.round(numbers.astype(np.float64), 8).tolist(),
    }
