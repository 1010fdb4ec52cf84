"""What people at the desk see and decide by API."""

import base64
import json
from typing import Any

import pytest

from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.memory.dead_letters import MemoryDeadLetters
from deskhand.adapters.memory.files import MemoryFiles
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.domain.verdict import Objection
from deskhand.domain.web import Answer, Request
from deskhand.errors import Rejected
from deskhand.gateway import answer
from deskhand.jobs.audit_routes import AuditRoutes
from deskhand.jobs.console import Console
from deskhand.jobs.dead_letters import DeadLetterRoutes
from deskhand.jobs.files import LARGEST_BYTES, FileRoutes
from deskhand.jobs.stops import StopRoutes
from tests.builders import CONVERSATION, NOON, a_judged_turn, an_approval
from tests.documents import a_docx, a_pdf, column, paragraph
from tests.learning import learning_of
from tests.memory_house import MemoryHouse
from tests.paging import pages_of

KEY = {"authorization": "Bearer the key"}
ARTICLE = (
    "---\ntitle: Shipping\ncategory: shipping\n---\n\n# Shipping\n\nParcels travel two days.\n"
)


class Requests:
    """A reindexing that counts what it is asked."""

    count = 0

    def request(self) -> None:
        self.count += 1


class People:
    """A console with its twins."""

    def __init__(self) -> None:
        self.house = MemoryHouse()
        self.reindexing = Requests()
        self.letters = MemoryDeadLetters()
        self.inbox = MemoryInbox()
        self.files = MemoryFiles()
        documents = MemoryArticles()
        self.console = Console(
            turns=self.house.turns,
            built_in=self.house.desk,
            documents=documents,
            reindexing=self.reindexing,
            stops=StopRoutes(self.house.stops, self.house.clock),
            audit=AuditRoutes(self.house.audit, self.house.clock),
            letters=DeadLetterRoutes(
                self.letters, lambda: self.inbox, self.house.conversations, self.house.clock
            ),
            learning=learning_of(self.house, documents, self.reindexing),
            files=FileRoutes(self.files),
            pages=pages_of(self.house),
            api_key=lambda: "the key",
            inbox_page="<p>inbox</p>",
        )

    def ask(
        self, route: str, *, headers: dict[str, str] | None = None, body: Any = None, **path: str
    ) -> Answer:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = KEY if headers is None else headers
        request = Request(route=route, path=path, headers=sent, body=raw)
        return self.console.routes()[route](request)


OPEN = {"GET /inbox", "GET /approve/{link}", "POST /approve/{link}"}
ROUTES = sorted(set(People().console.routes()) - OPEN)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}])
def test_nothing_is_shown_or_done_without_the_key(route: str, headers: dict[str, str]) -> None:
    assert People().ask(route, headers=headers, ticket_id="T1", approval_id="a").status == 401


def test_the_page_itself_holds_nothing_and_is_open() -> None:
    assert People().ask("GET /inbox", headers={}).page == "<p>inbox</p>"


def test_tickets_and_traces_are_shown() -> None:
    people = People()
    turn = people.house.stored(a_judged_turn())
    approval = an_approval(turn)
    people.house.state.approvals[approval.id] = approval

    assert people.ask("GET /v1/tickets").body[0]["id"] == "T1"  # type: ignore[index, call-overload]
    assert people.ask("GET /v1/tickets/{ticket_id}", ticket_id="T1").status == 200
    shown = people.ask("GET /v1/conversations/{conversation_id}", conversation_id=CONVERSATION)
    text = json.dumps(shown.body)
    assert '"stage": "Judged"' in text
    assert approval.task_token not in text
    listed = people.ask("GET /v1/approvals")
    assert approval.id in str(listed.body)
    assert approval.task_token not in str(listed.body)


@pytest.mark.parametrize(
    ("route", "path"),
    [
        ("GET /v1/tickets/{ticket_id}", {"ticket_id": "T404"}),
        ("GET /v1/conversations/{conversation_id}", {"conversation_id": "inbox:T404"}),
        ("GET /v1/kb/documents/{document_id}", {"document_id": "nothing"}),
        ("DELETE /v1/kb/documents/{document_id}", {"document_id": "nothing"}),
    ],
)
def test_what_is_not_there_is_named(route: str, path: dict[str, str]) -> None:
    answer = People().ask(route, **path)
    assert answer.status == 404
    assert next(iter(path.values())) in str(answer.body)


def test_a_person_answers_in_the_built_in_inbox() -> None:
    people = People()
    people.house.arrives()
    route, said = "POST /v1/tickets/{ticket_id}/replies", {"by": "Mia", "text": " It is here. "}

    answered = people.ask(route, ticket_id="T1", body=said | {"status": "solved"})

    assert answered.status == 201
    ticket = people.house.desk.ticket("T1")
    assert (ticket.assignee, ticket.status) == ("Mia", "solved")
    assert (ticket.messages[-1].author, ticket.messages[-1].text) == ("person", "It is here.")
    assert answered.body == {"message_id": ticket.messages[-1].id}
    assert people.ask(route, ticket_id="T404", body=said).status == 404
    assert people.ask(route, ticket_id="T1", body={"by": "Mia", "text": " "}).status == 400


def test_a_decision_is_taken_once_and_the_second_person_is_told() -> None:
    people = People()
    turn = people.house.stored(a_judged_turn())
    approval = an_approval(turn)
    people.house.state.approvals[approval.id] = approval
    route = "POST /v1/approvals/{approval_id}"

    def decides(decision: str, by: str) -> Answer:
        body = {"decision": decision, "by": by}
        return people.ask(route, approval_id=approval.id, body=body)

    assert decides("approve", "Mia").status == 200
    assert decides("approve", "Mia").status == 200
    refused = decides("reject", "Tom")
    assert refused.status == 409
    assert refused.body["decided_by"] == "Mia"  # type: ignore[index, call-overload]


def test_a_decision_that_makes_no_sense_is_told_field_by_field() -> None:
    answer = People().ask(
        "POST /v1/approvals/{approval_id}", approval_id="a.1", body={"decision": "perhaps"}
    )
    assert answer.status == 400
    assert "decision: " in str(answer.body)
    assert "by: Field required" in str(answer.body)


def test_a_document_is_kept_shown_and_removed_and_the_index_asked_for() -> None:
    people = People()
    route = "/v1/kb/documents/{document_id}"
    put = people.ask(f"PUT {route}", document_id="shipping", body=ARTICLE.encode())
    assert (put.status, put.body) == (202, {"document_id": "shipping", "noticed": []})
    shown = people.ask(f"GET {route}", document_id="shipping")
    assert shown.body == {"text": ARTICLE}
    assert people.ask(f"DELETE {route}", document_id="shipping").status == 202
    assert people.reindexing.count == 2


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text/html; charset=utf-8", b"<h1>Post</h1><p>By rail.", "# Post\n\nBy rail.\n"),
        ("application/pdf", a_pdf(column("By rail.")), "By rail.\n"),
        (DOCX, a_docx(paragraph("By rail.")), "By rail.\n"),
    ],
)
def test_a_document_of_another_kind_is_kept_as_markdown(
    kind: str, content: bytes, text: str
) -> None:
    people = People()
    event = {
        "routeKey": "PUT /v1/kb/documents/{document_id}",
        "pathParameters": {"document_id": "post"},
        "queryStringParameters": {"category": "shipping"},
        "headers": {"Content-Type": kind, "Authorization": "Bearer the key"},
        "body": base64.b64encode(content).decode(),
        "isBase64Encoded": True,
    }
    put = answer(event, people.console.routes())

    assert json.loads(put["body"]) == {"document_id": "post", "noticed": []}
    shown = people.ask("GET /v1/kb/documents/{document_id}", document_id="post").body
    assert "category: shipping\n" in shown["text"]  # type: ignore[index, call-overload, operator]
    assert shown["text"].endswith(f"---\n\n{text}")  # type: ignore[index, call-overload, union-attr]


def test_a_document_that_cannot_be_read_is_refused_with_what_to_do() -> None:
    people = People()
    with pytest.raises(Rejected, match=r"post\.md: byte 0 is no UTF-8: save the file as UTF-8"):
        people.ask("PUT /v1/kb/documents/{document_id}", document_id="post", body=b"\xff")
    assert people.reindexing.count == 0


def test_a_person_sees_what_is_stopped_and_lets_it_go_on_once() -> None:
    people = People()
    for _ in range(20):
        people.house.stops.note("refund_order", "done", at=NOON)
    route = "POST /v1/stops/{action}/release"

    (standing,) = people.ask("GET /v1/stops").body  # type: ignore[misc, union-attr]
    assert "refund_order was done 20 times" in standing["words"]  # type: ignore[index, call-overload]
    let_go = people.ask(route, action="refund_order", body={"by": " Mia "})
    assert let_go.body["released_by"] == "Mia"  # type: ignore[index, call-overload]
    assert people.ask("GET /v1/stops").body == []
    again = people.ask(route, action="refund_order", body={"by": "Tom"})
    assert (again.status, again.body) == (404, {"error": "refund_order is not stopped"})


@pytest.mark.parametrize(
    "body", [{}, {"by": " "}, {"by": 7}, {"by": "Mia", "why": "so"}, b"by Mia"]
)
def test_nothing_goes_on_without_the_name_of_who_has_looked(body: Any) -> None:
    people = People()
    for _ in range(20):
        people.house.stops.note("refund_order", "done", at=NOON)

    answer = people.ask("POST /v1/stops/{action}/release", action="refund_order", body=body)

    assert answer.status == 400
    assert len(people.house.stops.standing()) == 1


def test_giving_back_begins_a_new_episode() -> None:
    people = People()
    people.house.arrives()
    why = Objection(code="WISH_FOR_A_PERSON", words="asks for a person", cure="person")
    people.house.turns.hand_over(people.house.opened(), why)
    people.house.desk.assign("T1", "Mia")
    answer = people.ask("POST /v1/tickets/{ticket_id}/give-back", body=b"", ticket_id="T1")

    assert answer.body == {"owner": "agent"}
    assert people.house.desk.ticket("T1").assignee == ""
    assert people.house.conversations.load(CONVERSATION).episode == 2  # type: ignore[union-attr]


FILE = "PUT /v1/tickets/{ticket_id}/messages/{message_id}/files/{name}"


def test_a_file_is_kept_for_the_message_that_will_name_it() -> None:
    people = People()
    path = {"ticket_id": "T1", "message_id": "m1", "name": "box.jpg"}

    assert people.ask(FILE, body=b"\xff\xd8\xff", **path).status == 201
    assert people.files.content("T1", "m1", "box.jpg", max_bytes=3) == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("body", "name", "status", "why"),
    [
        (b"", "box.jpg", 400, "empty"),
        (b"x" * (LARGEST_BYTES + 1), "box.jpg", 413, "at most 4400000"),
        (b"x", "x" * 256, 400, "longer than 255"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused(
    body: bytes, name: str, status: int, why: str
) -> None:
    answered = People().ask(FILE, body=body, ticket_id="T1", message_id="m1", name=name)

    assert answered.status == status
    assert why in str(answered.body)
