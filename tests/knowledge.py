"""Articles, and an embedder that counts, for tests of what is known."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import boto3
from moto import mock_aws

from deskhand.domain.article import Article, Chunk
from deskhand.domain.search import Filters
from deskhand.ports import KnowledgeBase
from deskhand.text.chunks import cut, searched_text
from deskhand.text.words import stems

TODAY = date(2026, 11, 21)


class CountingEmbedder:
    """Hashes the stems of a text into 256 dimensions, and remembers what it was asked to embed."""

    def __init__(self, fingerprint: str = "counting-1") -> None:
        self.fingerprint = fingerprint
        self.batches: list[list[str]] = []

    @property
    def embedded(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.batches.append(list(texts))
        return [_unit(text) for text in texts]


def _unit(text: str) -> list[float]:
    counts = [0.0] * 256
    for stem in stems(text):
        counts[hashlib.sha256(stem.encode()).digest()[0]] += 1.0
    length = math.sqrt(sum(count * count for count in counts)) or 1.0
    return [count / length for count in counts]


def an_article(text: str = "Parcels travel two to four days.", **bent: Any) -> Article:
    return Article.model_validate({"id": "delivery", "title": "Delivery", "text": text} | bent)


def a_chunk(text: str = "Parcels travel two to four days.", **bent: Any) -> Chunk:
    [chunk] = cut(an_article(text, **bent))
    return chunk


def fill(knowledge: KnowledgeBase, *articles: Article, embedder: CountingEmbedder) -> str:
    chunks = [chunk for article in articles for chunk in cut(article)]
    vectors = embedder.embed([searched_text(chunk) for chunk in chunks])
    return knowledge.replace(chunks, vectors, fingerprint=embedder.fingerprint)


EMBEDDER = CountingEmbedder()
DELIVERY = an_article("Parcels travel two to four days.", id="delivery", category="delivery")
RETURNS = an_article(
    "Send anything back within 30 days.", id="returns", title="Returns", category="returns"
)


def found(knowledge: KnowledgeBase, query: str, **bent: Any) -> list[str]:
    [vector] = EMBEDDER.embed([query])
    limit = bent.pop("limit", 5)
    passages = knowledge.search(query, vector, limit=limit, filters=filters(**bent))
    return [passage.article_id for passage in passages]


def filters(**bent: Any) -> Filters:
    return Filters.model_validate({"on": TODAY} | bent)


@contextmanager
def a_bucket(name: str = "knowledge") -> Iterator[Any]:
    """An S3 client and one empty bucket, in this process."""
    with mock_aws():
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        client = boto3.client("s3", region_name="us-east-1", **keys)
        client.create_bucket(Bucket=name)
        yield client
