"""Who reads and writes, and the knowledge base."""

from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.errors import Rejected
from deskhand.wiring.claude import WAYS, claude_model
from deskhand.wiring.environment import client, port, setting
from deskhand.wiring.policies import clock

if TYPE_CHECKING:
    from deskhand.ports import (
        ArticleShelf,
        ArticleSource,
        Embedder,
        KnowledgeBase,
        LanguageModel,
        Reindexing,
        Reranker,
        VectorShelf,
    )
    from deskhand.text.intents import FittedIntents


@port
def embedder() -> "Embedder":
    """The embedder that lies in the models' folder; EMBEDDER beside it says which one it is."""
    models = Path(setting("DESKHAND_MODELS_DIR"))
    if (models / "EMBEDDER").read_text(encoding="utf-8").strip() == "minilm-l6-int8":
        from deskhand.adapters.minilm_embedder import MiniLmEmbedder

        return MiniLmEmbedder(models)
    from deskhand.adapters.wordllama_embedder import WordLlamaEmbedder

    return WordLlamaEmbedder()


@port
def fitted_intents() -> "FittedIntents":
    """The local classifier's coefficients."""
    from deskhand.text.intents import FittedIntents

    return FittedIntents.load(Path(setting("DESKHAND_MODELS_DIR")) / "intents.npz")


@port
def language_model() -> "LanguageModel":
    """Who writes, behind circuit breakers."""
    from deskhand.adapters.circuit_breaking import BreakingModel

    return BreakingModel(_named_model(setting("DESKHAND_LANGUAGE_MODEL")), clock())


def _named_model(name: str) -> "LanguageModel":
    if name == "offline":
        from deskhand.adapters.models.offline import OfflineModel

        return OfflineModel(embedder(), fitted_intents())
    if name in WAYS:
        return claude_model()
    known = ", ".join(("offline", *WAYS))
    raise Rejected(f"DESKHAND_LANGUAGE_MODEL names {name!r}; known: {known}")


@port
def knowledge() -> "KnowledgeBase":
    """The index that is searched, behind circuit breakers."""
    from deskhand.adapters.circuit_breaking import BreakingKnowledge

    return BreakingKnowledge(_named_knowledge(setting("DESKHAND_KNOWLEDGE_STORE")), clock())


def _named_knowledge(name: str) -> "KnowledgeBase":
    store, _, url = name.partition(":")
    if store == "embedded":
        from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
        from deskhand.adapters.index_shelves import S3Shelf

        shelf = S3Shelf(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET"))
        return EmbeddedKnowledge(shelf, clock=clock())
    if store == "opensearch":
        from deskhand.adapters.opensearch.opening import in_a_domain

        return in_a_domain(url, clock())
    if store == "opensearch-hybrid":
        from deskhand.adapters.opensearch.joining import joined_there
        from deskhand.adapters.opensearch.opening import in_a_domain

        return in_a_domain(url, clock(), joined_there)
    if store == "opensearch-serverless":
        from deskhand.adapters.opensearch.opening import in_a_collection

        bucket = setting("DESKHAND_KNOWLEDGE_BUCKET")
        return in_a_collection(url, clock(), s3=client("s3"), bucket=bucket)
    raise Rejected(
        f"DESKHAND_KNOWLEDGE_STORE names {store!r}; known: embedded, opensearch:<url>,"
        " opensearch-hybrid:<url>, opensearch-serverless:<url>"
    )


@port
def reranker() -> "Reranker | None":
    """Who puts passages in order, behind a circuit breaker; None: the order of the search
    stands."""
    name = setting("DESKHAND_RERANKER")
    service, _, model = name.partition(":")
    if name == "none":
        return None
    if service == "bedrock" and model:
        from deskhand.adapters.circuit_breaking import BreakingReranker
        from deskhand.adapters.rerankers.bedrock_reranker import BedrockReranker

        return BreakingReranker(BedrockReranker(client("bedrock-agent-runtime"), model), clock())
    raise Rejected(f"DESKHAND_RERANKER names {name!r}; known: none, bedrock:<model id>")


@port
def article_shelf() -> "ArticleShelf":
    """Where articles lie."""
    from deskhand.adapters.article_sources import S3Articles

    return S3Articles(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET"))


@port
def article_source() -> "ArticleSource":
    """All that is indexed: what people put, and what is mirrored of help centres."""
    from deskhand.adapters.article_sources import S3Articles
    from deskhand.adapters.joined_articles import JoinedArticles

    bucket = setting("DESKHAND_KNOWLEDGE_BUCKET")
    return JoinedArticles(article_shelf(), S3Articles(client("s3"), bucket, "mirrored"))


@port
def proposals() -> "ArticleShelf":
    """Where proposed articles lie until a person approves them; no index reads them."""
    from deskhand.adapters.article_sources import S3Articles

    return S3Articles(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET"), "proposed")


@port
def vector_shelf() -> "VectorShelf":
    """What keeps the vectors of a reindex that was cut off."""
    from deskhand.adapters.vector_shelf import S3VectorShelf

    return S3VectorShelf(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET"))


@port
def reindexing() -> "Reindexing":
    """Who builds the index when an article changes."""
    from deskhand.adapters.lambda_reindexing import LambdaReindexing

    return LambdaReindexing(client("lambda"), setting("DESKHAND_REINDEX_FUNCTION"))
