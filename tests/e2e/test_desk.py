"""One desk on the local AWS, from the outside: what it refuses, and what it does with poison."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from deskhand.adapters.helpdesks.built_in_door import SIGNATURE, TIMESTAMP, sign
from deskhand.domain.turn import Ended, Retrieved
from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.own_desk import own_desk
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.seen import Seen
from scripts.deskhand_cli.session import Session
from scripts.local_stack import LocalStack
from tests.builders import a_message, an_arrival
from tests.documents import Line, a_pdf, column

PATIENCE_S = 90


class Desk:
    """The stack, its session, and a client."""

    def __init__(self, session: Session, stack: LocalStack, api: DeskApi) -> None:
        self.session, self.stack, self.api = session, stack, api

    def post(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.post(f"{self.session.api_url}{path}", content=body, headers=sent, timeout=30)

    def signed(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = sign(body, secret=self.session.webhook_secret, timestamp=stamp)
        return {TIMESTAMP: stamp, SIGNATURE: signature}

    def queued(self) -> int:
        queues = (self.stack.outputs["QueueUrl"], self.stack.outputs["DeadLetterQueueUrl"])
        sqs = self.stack.boto3_client("sqs")
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        return sum(
            int(count)
            for queue in queues
            for count in sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)[
                "Attributes"
            ].values()
        )

    def until(self, seen: Callable[[], Any]) -> Any:
        deadline, pause = time.monotonic() + PATIENCE_S, threading.Event()
        while not (found := seen()):
            assert time.monotonic() < deadline, "it did not happen in time"
            pause.wait(0.1)
        return found

    def ended(self, ticket: str, count: int = 1) -> Seen:
        def seen() -> Seen | None:
            conversation = self.api.conversation(f"inbox:{ticket}")
            enough = conversation is not None and len(conversation.endings) >= count
            return conversation if enough else None

        found: Seen = self.until(seen)
        return found


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with (
        own_desk(report=lambda _: None) as (session, stack),
        DeskApi(session.address) as api,
    ):
        yield Desk(session, stack, api)


def a_body(ticket: str = "T1", **bent: Any) -> dict[str, Any]:
    given = {
        "ticket_id": ticket,
        "message_id": "m1",
        "subject": "",
        "text": "What are your opening hours?",
        "from": {"email": f"{ticket}@example.com", "name": "Somebody", "verified": False},
    }
    return given | bent


def as_bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def test_an_unsigned_or_wrongly_signed_webhook_is_refused(desk: Desk) -> None:
    body = as_bytes(a_body("unsigned"))
    stamp = str(int(time.time()))
    wrong = {TIMESTAMP: stamp, SIGNATURE: sign(body, secret="guessed", timestamp=stamp)}
    for headers in ({}, wrong):
        assert desk.post("/webhooks/inbox", body, **headers).status_code == 401
    assert desk.post("/v1/tickets", body).status_code == 401
    assert desk.api.conversation("inbox:unsigned") is None


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        (b"{not json", 400, "Invalid JSON"),
        (as_bytes(a_body("large", text="x" * 930_000)), 413, "at most 921600"),
        (as_bytes({"ticket_id": "T1"}), 400, "message_id: Field required"),
    ],
)
def test_a_bad_body_is_told_what_is_wrong_and_queues_nothing(
    desk: Desk, body: bytes, status: int, what: str
) -> None:
    answer = desk.post("/webhooks/inbox", body, **desk.signed(body))
    assert answer.status_code == status
    assert what in answer.json()["error"]
    assert desk.queued() == 0


def test_an_unknown_helpdesk_is_named(desk: Desk) -> None:
    body = as_bytes(a_body())
    answer = desk.post("/webhooks/pigeon", body, **desk.signed(body))
    assert answer.status_code == 404
    assert "'pigeon'" in answer.json()["error"]


def test_the_same_delivery_twice_is_answered_once(desk: Desk) -> None:
    for _ in range(2):
        desk.api.deliver(a_body("twice"))
    seen = desk.ended("twice")
    assert [ending.kind for ending in seen.endings] == ["answered"]
    (ticket,) = [ticket for ticket in desk.api.tickets() if ticket["id"] == "twice"]
    assert [message["author"] for message in ticket["messages"]] == ["customer", "agent"]


def test_a_poison_message_hands_its_conversation_over_and_the_others_go_on(desk: Desk) -> None:
    desk.api.deliver(a_body("poisoned"))
    desk.ended("poisoned")
    text = {"DataType": "String"}
    desk.stack.boto3_client("sqs").send_message(
        QueueUrl=desk.stack.outputs["QueueUrl"],
        MessageBody='{"helpdesk": "inbox", "nothing": "that anybody could read"}',
        MessageGroupId="poisoned",
        MessageDeduplicationId="poison-1",
        MessageAttributes={
            "helpdesk": text | {"StringValue": "inbox"},
            "ticket_id": text | {"StringValue": "poisoned"},
        },
    )
    desk.api.deliver(a_body("healthy"))

    assert desk.ended("healthy").endings[0].kind == "answered"
    over = desk.ended("poisoned", 2).endings[-1]
    assert (over.kind, over.codes) == ("handed_over", ("POISON_MESSAGE",))
    (letter,) = [one for one in desk.api.dead_letters() if one["ticket_id"] == "poisoned"]
    assert (letter["state"], letter["why"]) == ("handed_over", "its body could not be read")
    with pytest.raises(CommandError, match="cannot be read by this release"):
        desk.api.redrive(letter["id"], by="Mia")


def test_a_dead_letter_that_is_redriven_is_answered(desk: Desk) -> None:
    """As if dispatch had failed on it three times: it lies in the dead-letter queue."""
    desk.api.deliver(a_body("revived"))
    desk.ended("revived")
    said = a_message("How long does delivery to France take?", id="m2")
    arrival = an_arrival(message=said, ticket_id="revived")
    desk.stack.boto3_client("sqs").send_message(
        QueueUrl=desk.stack.outputs["DeadLetterQueueUrl"],
        MessageBody=arrival.model_dump_json(),
        MessageGroupId="revived",
        MessageDeduplicationId="revived-1",
    )
    assert desk.ended("revived", 2).endings[-1].codes == ("POISON_MESSAGE",)

    def handed_over() -> str:
        letters = desk.api.dead_letters()
        return next(
            (
                one["id"]
                for one in letters
                if one["state"] == "handed_over" and one["conversation_id"] == "inbox:revived"
            ),
            "",
        )

    desk.api.redrive(desk.until(handed_over), by="Mia")
    assert desk.ended("revived", 3).endings[-1].kind == "answered"


def test_a_document_that_is_put_is_indexed_without_anybody_asking(desk: Desk) -> None:
    article = (
        "---\nid: owl-walks\ntitle: Owl walks\ncategory: service\naudience: public\n"
        "authority: 50\nlanguage: en\n---\n\n## When the owl walks are\n\n"
        "Guided owl walks start at our shop every second Friday at 21:30.\n"
    )
    s3, bucket = desk.stack.boto3_client("s3"), desk.stack.outputs["KnowledgeBucketName"]

    def serving() -> bytes:
        return bytes(s3.get_object(Bucket=bucket, Key="index/current")["Body"].read())

    before = serving()
    url = f"{desk.session.api_url}/v1/kb/documents/owl-walks"
    key = {"authorization": f"Bearer {desk.session.api_key}"}
    assert httpx.put(url, content=article.encode(), headers=key, timeout=30).status_code == 202
    assert httpx.get(url, headers=key, timeout=30).json()["text"] == article
    desk.until(lambda: serving() != before)


def test_a_pdf_that_is_put_is_kept_as_markdown(desk: Desk) -> None:
    url = f"{desk.session.api_url}/v1/kb/documents/bat-walks"
    key = {"authorization": f"Bearer {desk.session.api_key}"}
    walks = a_pdf([Line("Bat walks", size=20), *column("They start at 22:15.", top=600)])
    sent = key | {"content-type": "application/pdf"}
    put = httpx.put(f"{url}?category=service", content=walks, headers=sent, timeout=30)

    assert (put.status_code, put.json()["noticed"]) == (202, [])
    assert httpx.get(url, headers=key, timeout=30).json()["text"] == (
        "---\ntitle: Bat walks\ncategory: service\n---\n\n# Bat walks\n\nThey start at 22:15.\n"
    )


def test_every_role_of_a_function_is_its_own_and_enforced(desk: Desk) -> None:
    """The whole of it ran with the rights of the template; here is what a function may not do."""
    functions = desk.stack.boto3_client("lambda")
    roles = {
        functions.get_function_configuration(FunctionName=name)["Role"]
        for name in desk.stack.functions.values()
    }
    assert len(roles) == len(desk.stack.functions)


def test_people_see_over_http_what_a_ticket_found_and_what_nothing_answers(desk: Desk) -> None:
    words = "Do you rent out telescopes for a weekend on the coast?"
    desk.api.post_ticket(a_body("rents", text=words))
    (stored,) = desk.ended("rents").turns
    assert isinstance(stored, Ended)
    assert isinstance(stored.turn, Retrieved)
    now, then = desk.api.search({"q": words}), desk.api.search({"turn": stored.turn.id[:8]})

    found = [passage.id for passage in stored.turn.evidence.passages]
    # A warm function searches for half a minute in the index before, without another test's page.
    assert [passage["id"] for passage in now["passages"]][:3] == found[:3]
    assert [passage["id"] for passage in then["passages"]] == found
    gaps = desk.api.gaps(days=1)["gaps"]
    assert "rents" in [one["ticket_id"] for gap in gaps for one in gap["examples"]]
