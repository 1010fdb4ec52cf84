"""Our template with OpenSearch in it: the whole house indexes there, and answers from there."""

import pytest

from deskhand.adapters.opensearch.client import open_client
from deskhand.adapters.opensearch.opening import NAME
from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.own_desk import SAMPLE, own_desk
from scripts.deskhand_cli.runner import run_tickets
from scripts.deskhand_cli.send import tickets_of

ANSWERED_FROM_ARTICLES = 6


@pytest.mark.slow
@pytest.mark.local_aws
def test_tickets_are_answered_from_articles_that_lie_in_opensearch(opensearch: str) -> None:
    answered = [
        ticket
        for ticket in tickets_of(SAMPLE / "tickets")
        if ticket.expect.ending == "answered" and not ticket.expect.actions
    ][:ANSWERED_FROM_ARTICLES]
    client = open_client(opensearch, service="es", timeout_s=30)
    try:
        with own_desk(report=lambda _: None, search_url=opensearch) as (session, stack):
            with DeskApi(session.address) as api:
                outcomes = run_tickets(answered, desk=api, report=lambda *_: None)
            kept = stack.boto3_client("s3").list_objects_v2(
                Bucket=stack.outputs["KnowledgeBucketName"], Prefix="index/"
            )
        [index] = client.indices.get_alias(name=NAME)
        chunks = client.count(index=index)["count"]
    finally:
        client.indices.delete(index=f"{NAME}-*")
        client.close()

    assert len(outcomes) == ANSWERED_FROM_ARTICLES
    assert [one.id for one in outcomes if not one.as_expected] == []
    assert chunks > 100
    assert kept["KeyCount"] == 0
