"""Reranks by a model of Amazon Bedrock, which reads the question and each passage together."""

from collections.abc import Sequence
from typing import Any

from deskhand.adapters.aws_errors import reached
from deskhand.domain.evidence import Passage

LONGEST_CHARS = 32_000
"""What Bedrock takes of a question, and of a passage."""


class BedrockReranker:
    """The port `Reranker` over Bedrock's `Rerank`; one call for all passages of a question."""

    def __init__(self, client: Any, model: str) -> None:
        """`model` is the id of a model in the client's region, or a whole ARN."""
        self._client = client
        self._model_arn = model if model.startswith("arn:") else _arn(client.meta, model)

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """All of them, best first; one that Bedrock says nothing of comes last, with 0."""
        if not passages or not query.strip():
            return tuple(passages)
        with reached("the reranker"):
            answer = self._client.rerank(**self._request(query, passages))
        scores = {one["index"]: float(one["relevanceScore"]) for one in answer["results"]}
        scored = (
            passage.model_copy(update={"score": min(1.0, max(0.0, scores.get(place, 0.0)))})
            for place, passage in enumerate(passages)
        )
        return tuple(sorted(scored, key=lambda passage: -passage.score))

    def _request(self, query: str, passages: Sequence[Passage]) -> dict[str, Any]:
        return {
            "queries": [{"type": "TEXT", "textQuery": {"text": query[:LONGEST_CHARS]}}],
            "sources": [_source(passage) for passage in passages],
            "rerankingConfiguration": {
                "type": "BEDROCK_RERANKING_MODEL",
                "bedrockRerankingConfiguration": {
                    "modelConfiguration": {"modelArn": self._model_arn},
                    "numberOfResults": len(passages),
                },
            },
        }


def _source(passage: Passage) -> dict[str, Any]:
    told = "\n".join(part for part in (passage.title, passage.heading, passage.text) if part)
    document = {"type": "TEXT", "textDocument": {"text": told[:LONGEST_CHARS]}}
    return {"type": "INLINE", "inlineDocumentSource": document}


def _arn(meta: Any, model: str) -> str:
    return f"arn:{meta.partition}:bedrock:{meta.region_name}::foundation-model/{model}"
