"""What people at the desk see and decide: tickets, traces, approvals and documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import JsonValue, StringConstraints, ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.ticket import TicketStatus
from deskhand.domain.turn import dump_turn
from deskhand.domain.web import Answer, Request, refusal
from deskhand.errors import Rejected
from deskhand.jobs.approval_page import ApprovalPages
from deskhand.jobs.approve import Decision, Name, decide
from deskhand.jobs.audit_routes import AuditRoutes
from deskhand.jobs.dead_letters import DeadLetterRoutes
from deskhand.jobs.files import FileRoutes
from deskhand.jobs.keys import Route, with_key
from deskhand.jobs.learn import LearnRoutes
from deskhand.jobs.stops import StopRoutes
from deskhand.jobs.turns import Turns
from deskhand.ports import ArticleShelf, BuiltInDesk, Reindexing
from deskhand.text.deliveries import in_plain_words

MOST_LISTED = 200
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class PersonReply(Noun):
    """What a person answers in the built-in inbox, and how the ticket stands then."""

    by: Name
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
    status: TicketStatus | None = None


class GivenBack(Noun):
    """Who gives a ticket back to the agent."""

    by: Name = "a person at the desk"


@dataclass(frozen=True)
class Console:
    """What the people's API answers with."""

    turns: Turns
    built_in: BuiltInDesk
    documents: ArticleShelf
    reindexing: Reindexing
    stops: StopRoutes
    audit: AuditRoutes
    letters: DeadLetterRoutes
    learning: LearnRoutes
    files: FileRoutes
    pages: ApprovalPages
    api_key: Callable[[], str]
    inbox_page: str

    def routes(self) -> dict[str, Route]:
        """What answers which request; all but the empty page and signed links want the key."""
        kept: dict[str, Route] = {
            "GET /v1/tickets": self.tickets,
            "GET /v1/tickets/{ticket_id}": self.ticket,
            "POST /v1/tickets/{ticket_id}/replies": self.reply,
            "POST /v1/tickets/{ticket_id}/give-back": self.give_back,
            "PUT /v1/tickets/{ticket_id}/messages/{message_id}/files/{name}": self.files.put,
            "GET /v1/conversations/{conversation_id}": self.conversation,
            "GET /v1/approvals": self.approvals,
            "POST /v1/approvals/{approval_id}": self.decide,
            "GET /v1/stops": self.stops.standing,
            "POST /v1/stops/{action}/release": self.release_stop,
            "GET /v1/audit": self.audit.listed,
            "GET /v1/dead-letters": self.letters.listed,
            "GET /v1/dead-letters/{letter_id}": self.letters.shown,
            "POST /v1/dead-letters/{letter_id}/redrive": self.letters.redrive,
            "PUT /v1/kb/documents/{document_id}": self.put_document,
            "GET /v1/kb/documents/{document_id}": self.document,
            "DELETE /v1/kb/documents/{document_id}": self.remove_document,
            "GET /v1/kb/proposals": self.learning.listed,
            "POST /v1/kb/proposals": self.learning.propose,
            "GET /v1/kb/proposals/{proposal_id}": self.learning.shown,
            "POST /v1/kb/proposals/{proposal_id}/approve": self.learning.approve,
            "POST /v1/kb/proposals/{proposal_id}/reject": self.learning.reject,
        }
        open_to_all: dict[str, Route] = {
            "GET /inbox": self.page,
            "GET /approve/{link}": self.pages.show,  # the link itself is the right to see it
            "POST /approve/{link}": self.pages.answer,
        }
        return open_to_all | {
            route: with_key(answer, self.api_key) for route, answer in kept.items()
        }

    def page(self, _request: Request) -> Answer:
        """The inbox as a page; it holds nothing until it is given the key."""
        return Answer(status=200, page=self.inbox_page)

    def tickets(self, _request: Request) -> Answer:
        """The built-in inbox's tickets, newest first."""
        listed = self.built_in.tickets(limit=MOST_LISTED)
        return Answer(status=200, body=[ticket.model_dump(mode="json") for ticket in listed])

    def ticket(self, request: Request) -> Answer:
        """One ticket of the built-in inbox."""
        try:
            ticket = self.built_in.ticket(request.path["ticket_id"])
        except Rejected as error:
            return refusal(404, str(error))
        return Answer(status=200, body=ticket.model_dump(mode="json"))

    def reply(self, request: Request) -> Answer:
        """A person answers in the built-in inbox, and has the ticket from then on."""
        ticket_id = request.path["ticket_id"]
        try:
            said = PersonReply.model_validate_json(request.body)
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        at = self.turns.clock()
        try:
            message_id = self.built_in.person_says(
                ticket_id, said.text, by=said.by, at=at, status=said.status
            )
        except Rejected as error:
            return refusal(404, str(error))
        return Answer(status=201, body={"message_id": message_id})

    def give_back(self, request: Request) -> Answer:
        """A person gives the ticket back to the agent: a new episode begins."""
        ticket_id = request.path["ticket_id"]
        try:
            given = GivenBack.model_validate_json(request.body or b"{}")
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        self.built_in.assign(ticket_id, "")
        self.turns.conversations.give_back(f"inbox:{ticket_id}", by=given.by)
        return Answer(status=200, body={"owner": "agent"})

    def conversation(self, request: Request) -> Answer:
        """A conversation with the trace of all its turns."""
        conversation_id = request.path["conversation_id"]
        head = self.turns.conversations.load(conversation_id)
        if head is None:
            return refusal(404, f"there is no conversation {conversation_id}")
        turns: list[JsonValue] = [
            dump_turn(turn) for turn in self.turns.conversations.turns(conversation_id)
        ]
        approvals: list[JsonValue] = [
            approval.model_dump(mode="json", exclude={"task_token"})
            for approval in self.turns.approvals.of(conversation_id)
        ]
        return Answer(
            status=200,
            body={
                "conversation": head.model_dump(mode="json"),
                "turns": turns,
                "approvals": approvals,
            },
        )

    def approvals(self, _request: Request) -> Answer:
        """What waits for a person, oldest first."""
        waiting = self.turns.approvals.open(limit=MOST_LISTED)
        return Answer(
            status=200,
            body=[item.model_dump(mode="json", exclude={"task_token"}) for item in waiting],
        )

    def decide(self, request: Request) -> Answer:
        """Takes a person's decision. Where it changes nothing (409) it is said what stands: an
        earlier decision, a time that ran out, a request that the customer took back."""
        try:
            decision = Decision.model_validate_json(request.body)
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        standing = decide(request.path["approval_id"], decision, turns=self.turns)
        shown = standing.approval.model_dump(mode="json", exclude={"task_token"})
        return Answer(
            status=200 if standing.taken else 409,
            body=shown | {"standing": standing.state, "words": standing.words},
        )

    def release_stop(self, request: Request) -> Answer:
        """A person lets a stopped action go on, which the audit keeps."""
        return self.audit.released(self.stops.release(request))

    def put_document(self, request: Request) -> Answer:
        """Keeps an article and asks for the index to be built anew; says what was noticed in it.

        The body is Markdown, or HTML, PDF or DOCX by its content type; of what such a document
        cannot say itself the query tells: `?category=returns&audience=internal`.
        """
        document_id = request.path["document_id"]
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        noticed = self.documents.put_document(
            document_id, request.body, suffix=_SUFFIXES.get(kind, ".md"), said=request.query
        )
        self.reindexing.request()
        return Answer(status=202, body={"document_id": document_id, "noticed": list(noticed)})

    def document(self, request: Request) -> Answer:
        """An article as it was put."""
        text = self.documents.get(request.path["document_id"])
        if text is None:
            return refusal(404, f"there is no document {request.path['document_id']}")
        return Answer(status=200, body={"text": text})

    def remove_document(self, request: Request) -> Answer:
        """Takes an article away and asks for the index to be built anew."""
        if not self.documents.remove(request.path["document_id"]):
            return refusal(404, f"there is no document {request.path['document_id']}")
        self.reindexing.request()
        return Answer(status=202, body={"document_id": request.path["document_id"]})
