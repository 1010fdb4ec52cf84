"""Looks into the articles as the agent does, for people: now, for a past turn, and for its gaps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Passage
from deskhand.domain.noun import Noun
from deskhand.domain.policy import Policy
from deskhand.domain.search import Reader
from deskhand.domain.ticket import Asker, Message
from deskhand.domain.turn import Classified, Retrieved, Turn, grow
from deskhand.domain.web import Answer, Request, refusal
from deskhand.jobs.found_now import FoundNow, Instead, Outside, Searched, found_now
from deskhand.jobs.gaps import DAYS_BY_DEFAULT, MOST_DAYS, GapReport
from deskhand.jobs.keys import Route, with_key
from deskhand.jobs.past_turns import Past, PastTurns
from deskhand.ports import Clock, Embedder, KnowledgeBase, Reranker
from deskhand.stages.objections.articles import needed_similarity
from deskhand.stages.passages import UNKNOWN
from deskhand.text.deliveries import in_plain_words

NOBODY = Asker(email="")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


class Wanted(Noun):
    """The words to look for, and what is looked for instead of what the agent would."""

    q: Words
    language: str | None = None
    category: str | None = None
    """Several are separated by commas; empty: all."""
    plan: str | None = None
    region: str | None = None
    channel: str | None = None
    on: date | None = None
    limit: int | None = Field(default=None, ge=1, le=50)

    @property
    def instead(self) -> Instead:
        """As the filters take it."""
        named = None if self.category is None else tuple(filter(None, self.category.split(",")))
        return Instead(
            categories=named,
            language=self.language,
            plan=self.plan,
            region=self.region,
            channel=self.channel,
        )


class Days(Noun):
    """How many days a report covers."""

    days: int = Field(default=DAYS_BY_DEFAULT, ge=1, le=MOST_DAYS)


class PastTurn(Noun):
    """Which turn was looked up, and whether the same would be found for it now."""

    conversation_id: str
    turn_id: str
    started_at: AwareDatetime
    looks: int
    as_now: bool


class Shown(Noun):
    """What was found, how the words were read for it, and what was looked for."""

    question: str
    intents: tuple[IntentGuess, ...]
    language: str
    passages: tuple[Passage, ...]
    queries: tuple[str, ...]
    searches: tuple[Searched, ...]
    """With the filters of each; of a past turn as policy and articles make them now."""
    outside: tuple[Outside, ...]
    troubles: tuple[str, ...]
    """What failed on the way, in words."""
    needed_similarity: float
    """Below this cosine the nearest passage counts as none."""
    near_enough: bool
    past: PastTurn | None = None


@dataclass(frozen=True)
class Search:
    """What the people's API answers about the articles."""

    past: PastTurns
    report: GapReport
    classify: Callable[[Turn], Classification]
    embedder: Callable[[], Embedder]
    knowledge: Callable[[], KnowledgeBase]
    reranker: Callable[[], Reranker | None]
    policy: Policy
    clock: Clock
    api_key: Callable[[], str]

    def routes(self) -> dict[str, Route]:
        """What answers which request; all of it wants the key."""
        kept: dict[str, Route] = {
            "GET /v1/kb/search": self.search,
            "GET /v1/kb/gaps": self.gaps,
        }
        return {route: self._read(answer) for route, answer in kept.items()}

    def _read(self, answer: Route) -> Route:
        def read(request: Request) -> Answer:
            try:
                return answer(request)
            except ValidationError as error:
                return refusal(400, in_plain_words(error))

        return with_key(read, self.api_key)

    def gaps(self, request: Request) -> Answer:
        """What customers asked and no article answers, of the last days."""
        days = Days.model_validate(request.query).days
        return Answer(status=200, body=self.report.of_last(days).model_dump(mode="json"))

    def search(self, request: Request) -> Answer:
        """What the agent finds for some words now, or what it found in a past turn."""
        if "turn" in request.query or "conversation" in request.query:
            return self._past(Past.model_validate(request.query))
        wanted = Wanted.model_validate(request.query)
        turn = self._asking(wanted.q)
        read = grow(turn, Classified, classification=self.classify(turn))
        found = self._found(
            read,
            policy=_with_limit(self.policy, wanted.limit),
            today=wanted.on or turn.started_at.astimezone(UTC).date(),
            instead=wanted.instead,
            reader=UNKNOWN,
        )
        return self._answer(read, found, past=None)

    def _past(self, past: Past) -> Answer:
        """What a turn has found, as its trace has it, and how it would look for that now."""
        turn = self.past.turn(past)
        if turn is None:
            return refusal(404, self.past.missing(past))
        if not isinstance(turn, Retrieved):
            return refusal(404, f"turn {turn.id} has not looked for anything")
        read = grow(turn, Classified)
        today = turn.started_at.astimezone(UTC).date()
        evidence = turn.evidence
        now = self._found(
            read, policy=self.policy, today=today, instead=Instead(), reader=evidence.reader
        )
        same = [one.id for one in now.passages] == [one.id for one in evidence.passages]
        then = now.model_copy(update={"passages": evidence.passages, "queries": evidence.queries})
        known = PastTurn(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            started_at=turn.started_at,
            looks=turn.looks,
            as_now=same and now.queries == evidence.queries,
        )
        return self._answer(read, then, past=known)

    def _answer(self, read: Classified, found: FoundNow, *, past: PastTurn | None) -> Answer:
        reading = read.classification
        least = needed_similarity((one.intent for one in reading.intents), self.policy)
        best = max((passage.similarity for passage in found.passages), default=0.0)
        shown = Shown(
            question=reading.question,
            intents=reading.intents,
            language=reading.language,
            **dict(found),
            needed_similarity=least,
            near_enough=best >= least,
            past=past,
        )
        return Answer(status=200, body=shown.model_dump(mode="json"))

    def _found(
        self, read: Classified, *, policy: Policy, today: date, instead: Instead, reader: Reader
    ) -> FoundNow:
        return found_now(
            read,
            embedder=self.embedder(),
            knowledge=self.knowledge(),
            reranker=self.reranker(),
            policy=policy,
            today=today,
            instead=instead,
            reader=reader,
        )

    def _asking(self, words: str) -> Turn:
        """A turn in which nobody in particular says just that."""
        now = self.clock()
        message = Message(id="asked", author="customer", text=words, said_at=now)
        return Turn(
            id="asked",
            conversation_id="asked",
            helpdesk="inbox",
            ticket_id="asked",
            subject="",
            asker=NOBODY,
            episode=1,
            started_at=now,
            messages=(message,),
        )


def _with_limit(policy: Policy, limit: int | None) -> Policy:
    if limit is None:
        return policy
    replies = policy.replies.model_copy(update={"max_passages": limit})
    return policy.model_copy(update={"replies": replies})
