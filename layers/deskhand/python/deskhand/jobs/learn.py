"""What a person answered becomes an article, once a person has read and approved it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import Field, JsonValue, ValidationError

from deskhand.domain.article import Article
from deskhand.domain.audit import AuditEntry
from deskhand.domain.noun import Noun
from deskhand.domain.policy import Policy
from deskhand.domain.ticket import Message, Ticket
from deskhand.domain.turn import Classified, Ended
from deskhand.domain.web import Answer, Request, refusal
from deskhand.jobs.approve import Name
from deskhand.jobs.go_ahead import go_ahead
from deskhand.ports import ArticleShelf, Audit, Clock, Conversations, Helpdesk, Reindexing
from deskhand.text.deliveries import in_plain_words
from deskhand.text.followups import asked_before
from deskhand.text.learned import article_from, is_internal, left_to_say, published


class LearnFrom(Noun):
    """Which conversation is worth an article."""

    conversation_id: str


class Approved(Noun):
    """Who has read a proposal, and what they made of it."""

    by: Name
    text: str = Field(default="", max_length=200_000)
    """The whole article as they edited it; empty: as it was proposed."""


@dataclass(frozen=True)
class LearnRoutes:
    """Proposed articles over the people's API; no index reads them before they are approved."""

    proposals: ArticleShelf
    documents: ArticleShelf
    reindexing: Reindexing
    conversations: Conversations
    helpdesk: Callable[[str], Helpdesk]
    audit: Audit
    policy: Policy
    clock: Clock

    def propose(self, request: Request) -> Answer:
        """Proposes what a person answered in a solved ticket, without what is personal in it; the
        same conversation again replaces its proposal."""
        try:
            conversation_id = LearnFrom.model_validate_json(request.body).conversation_id
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        head = self.conversations.load(conversation_id)
        if head is None:
            return refusal(404, f"there is no conversation {conversation_id}")
        ticket = self.helpdesk(head.helpdesk).ticket(head.ticket_id)
        try:
            text = self._article(ticket, conversation_id)
        except ValueError as error:
            return refusal(409, f"{conversation_id}: {error}")
        document_id = f"learned-{_digest(conversation_id, 12)}"
        self.proposals.put(document_id, text)
        return Answer(status=201, body={"id": _as_read(document_id, text), "text": text})

    def listed(self, _request: Request) -> Answer:
        """All proposals, and those that cannot be read."""
        listed: list[JsonValue] = [
            {"id": self._named(one.id), "title": one.title, "category": one.category}
            if isinstance(one, Article)
            else {"id": one.name, "title": "", "trouble": one.reason}
            for one in self.proposals.articles()
        ]
        return Answer(status=200, body=listed)

    def shown(self, request: Request) -> Answer:
        """One proposal, as its text."""
        proposal_id = request.path["proposal_id"]
        text = self._read(proposal_id)
        if isinstance(text, Answer):
            return text
        return Answer(status=200, body={"id": proposal_id, "text": text})

    def approve(self, request: Request) -> Answer:
        """A person's yes, in their words if they edited it: it becomes an article for customers."""
        proposal_id = request.path["proposal_id"]
        try:
            approved = Approved.model_validate_json(request.body)
        except ValidationError as error:
            return refusal(400, in_plain_words(error))
        text = self._read(proposal_id)
        if isinstance(text, Answer):
            return text
        document_id = _document(proposal_id)
        told = approved.text or published(text)
        if is_internal(told):
            return refusal(409, "it says `audience: internal`: say `audience: public`")
        if masks := left_to_say(told):
            why = f"{', '.join(masks)} stands in it: say that in words which hold for everybody"
            return refusal(409, f"{proposal_id}: {why}, and approve the text as you edited it")
        # First the article: a crash in between leaves a proposal that can be approved again.
        self.documents.put(document_id, told)
        self._told(f"approved the article {document_id}", proposal_id, by=approved.by)
        self.proposals.remove(document_id)
        self.reindexing.request()
        return Answer(status=200, body={"id": proposal_id, "document_id": document_id})

    def reject(self, request: Request) -> Answer:
        """A person's no: the proposal goes."""
        word = go_ahead(request)
        if isinstance(word, Answer):
            return word
        proposal_id = request.path["proposal_id"]
        text = self._read(proposal_id)
        if isinstance(text, Answer):
            return text
        document_id = _document(proposal_id)
        self.proposals.remove(document_id)
        self._told(f"rejected the proposed article {document_id}", proposal_id, by=word.by)
        return Answer(status=200, body={"id": proposal_id})

    def _read(self, proposal_id: str) -> str | Answer:
        """The proposal that was read under that id; what was proposed anew since is another one,
        that nobody's yes or no was meant for."""
        document_id = _document(proposal_id)
        text = self.proposals.get(document_id)
        if text is None:
            return refusal(404, f"there is no proposal {proposal_id}")
        if (now := _as_read(document_id, text)) != proposal_id:
            return refusal(409, f"{proposal_id} is not what is proposed now: read {now}")
        return text

    def _named(self, document_id: str) -> str:
        text = self.proposals.get(document_id)
        return document_id if text is None else _as_read(document_id, text)

    def _article(self, ticket: Ticket, conversation_id: str) -> str:
        if ticket.status != "solved":
            raise ValueError("its ticket is not solved yet")
        answered = [at for at, said in enumerate(ticket.messages) if said.author == "person"]
        if not answered:
            raise ValueError("no person has answered in it")
        asked = asked_before(ticket.messages[: answered[0]]) or ticket.subject
        return article_from(
            asked,
            (ticket.messages[at].text for at in answered),
            names=_names(ticket),
            category=self._category(conversation_id),
            today=self.clock().date(),
        )

    def _category(self, conversation_id: str) -> str:
        """Where articles about what it was about stand."""
        for stored in reversed(self.conversations.turns(conversation_id)):
            turn = stored.turn if isinstance(stored, Ended) else stored
            if isinstance(turn, Classified):
                intent = self.policy.intents.get(turn.classification.intent)
                if intent and intent.knowledge:
                    return intent.knowledge[0]
        return "general"

    def _told(self, what: str, proposal_id: str, *, by: str) -> None:
        at = self.clock()
        # Two who settle it in one moment, from two windows, are both told of.
        entry_id = f"learned:{proposal_id}:{at.isoformat()}:{_digest(by, 8)}"
        self.audit.add(AuditEntry(id=entry_id, at=at, who=by, what=what))


def _names(ticket: Ticket) -> set[str]:
    def of(said: Message) -> tuple[str, ...]:
        return (said.by.name, _mailbox(said.by.email)) if said.by else ()

    known = {ticket.asker.name, _mailbox(ticket.asker.email), ticket.assignee}
    return known.union(*(of(said) for said in ticket.messages))


def _mailbox(email: str) -> str:
    """What may be a name in an address."""
    return email.partition("@")[0].replace(".", " ").replace("_", " ")


def _as_read(document_id: str, text: str) -> str:
    """The id of a proposal in just these words."""
    return f"{document_id}.{_digest(text, 8)}"


def _document(proposal_id: str) -> str:
    """The id of the article that a proposal becomes."""
    return proposal_id.partition(".")[0]


def _digest(words: str, length: int) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:length]
