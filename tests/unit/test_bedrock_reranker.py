"""Bedrock puts passages in order: what it is asked, and what comes of its answers and troubles."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.stub import Stubber

from deskhand.adapters.aws import IN_TIME
from deskhand.adapters.rerankers.bedrock_reranker import LONGEST_CHARS, BedrockReranker
from deskhand.errors import Rejected, Unavailable
from tests.builders import a_passage

MODEL = "cohere.rerank-v3-5:0"
ARN = f"arn:aws:bedrock:eu-central-1::foundation-model/{MODEL}"
FOUND = (
    a_passage(id="returns", title="Returns", heading="How", text="Send it back.", score=0.9),
    a_passage(id="delivery", title="Delivery", heading="", text="Two days.", score=0.8),
)


@pytest.fixture
def bedrock() -> Iterator[Stubber]:
    client = boto3.client(
        "bedrock-agent-runtime",
        region_name="eu-central-1",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
        config=IN_TIME,
    )
    with Stubber(client) as stubber:
        yield stubber


@pytest.fixture
def reranker(bedrock: Stubber) -> BedrockReranker:
    return BedrockReranker(bedrock.client, MODEL)


def a_request(query: str, *texts: str, arn: str = ARN) -> dict[str, Any]:
    documents = ({"type": "TEXT", "textDocument": {"text": text}} for text in texts)
    return {
        "queries": [{"type": "TEXT", "textQuery": {"text": query}}],
        "sources": [{"type": "INLINE", "inlineDocumentSource": one} for one in documents],
        "rerankingConfiguration": {
            "type": "BEDROCK_RERANKING_MODEL",
            "bedrockRerankingConfiguration": {
                "modelConfiguration": {"modelArn": arn},
                "numberOfResults": len(texts),
            },
        },
    }


def scored(*scores: float) -> dict[str, Any]:
    results = [{"index": place, "relevanceScore": score} for place, score in enumerate(scores)]
    return {"results": sorted(results, key=lambda one: -one["relevanceScore"])}


def test_the_question_and_the_passages_with_their_titles_are_read_together(
    bedrock: Stubber, reranker: BedrockReranker
) -> None:
    asked = a_request("How fast?", "Returns\nHow\nSend it back.", "Delivery\nTwo days.")
    bedrock.add_response("rerank", scored(0.1, 0.7), asked)

    reranked = reranker.rerank("How fast?", FOUND)

    assert [(one.id, one.score) for one in reranked] == [("delivery", 0.7), ("returns", 0.1)]
    bedrock.assert_no_pending_responses()


def test_a_model_of_another_region_is_named_by_its_arn(bedrock: Stubber) -> None:
    arn = "arn:aws:bedrock:us-west-2::foundation-model/amazon.rerank-v1:0"
    bedrock.add_response("rerank", scored(0.5), a_request("How?", "Delivery\nTwo days.", arn=arn))

    assert BedrockReranker(bedrock.client, arn).rerank("How?", FOUND[1:])


def test_what_bedrock_says_nothing_of_comes_last(
    bedrock: Stubber, reranker: BedrockReranker
) -> None:
    bedrock.add_response("rerank", {"results": [{"index": 1, "relevanceScore": 1.2}]})

    reranked = reranker.rerank("How fast?", FOUND)

    assert [(one.id, one.score) for one in reranked] == [("delivery", 1.0), ("returns", 0.0)]


def test_a_question_is_cut_to_what_bedrock_takes(
    bedrock: Stubber, reranker: BedrockReranker
) -> None:
    asked = a_request("x" * LONGEST_CHARS, "Delivery\nTwo days.")
    bedrock.add_response("rerank", scored(0.4), asked)

    assert reranker.rerank("x" * (LONGEST_CHARS + 1), FOUND[1:])


@pytest.mark.parametrize(("query", "found"), [("", FOUND), ("   ", FOUND), ("How?", ())])
def test_where_there_is_nothing_to_compare_nobody_is_asked(
    reranker: BedrockReranker, query: str, found: tuple[Any, ...]
) -> None:
    assert reranker.rerank(query, found) == found


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("ThrottlingException", 429, Unavailable),
        ("InternalServerException", 500, Unavailable),
        ("BadGatewayException", 502, Unavailable),
        ("DependencyFailedException", 424, Unavailable),
        ("AccessDeniedException", 403, Rejected),
        ("ValidationException", 400, Rejected),
        ("ResourceNotFoundException", 404, Rejected),
        ("ServiceQuotaExceededException", 400, Rejected),
    ],
)
def test_what_may_pass_is_unavailable_and_the_rest_is_rejected(
    bedrock: Stubber,
    reranker: BedrockReranker,
    code: str,
    status: int,
    error: type[Exception],
) -> None:
    bedrock.add_client_error("rerank", code, http_status_code=status)

    with pytest.raises(error, match=f"the reranker .*{code}"):
        reranker.rerank("How fast?", FOUND)


def test_who_does_not_answer_in_time_is_unavailable(
    monkeypatch: pytest.MonkeyPatch, bedrock: Stubber, reranker: BedrockReranker
) -> None:
    def too_slow(**_: Any) -> Any:
        raise ReadTimeoutError(endpoint_url="bedrock")

    monkeypatch.setattr(bedrock.client, "rerank", too_slow)

    with pytest.raises(Unavailable, match="the reranker cannot be reached"):
        reranker.rerank("How fast?", FOUND)


def test_it_gives_up_long_before_its_function_does() -> None:
    attempts = IN_TIME.retries["total_max_attempts"]

    assert attempts * (IN_TIME.connect_timeout + IN_TIME.read_timeout) <= 15
