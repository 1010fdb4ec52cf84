"""People who look into the articles of a desk in memory, and turns that looked there before."""

from datetime import date, timedelta
from typing import Any

from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Evidence, OnlyFor
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.domain.web import Answer, Request
from deskhand.jobs.gaps import GapReport
from deskhand.jobs.past_turns import PastTurns
from deskhand.jobs.search import Search
from deskhand.ports import Reranker
from tests.builders import NOON, a_judged_turn, a_passage, some_evidence
from tests.knowledge import CountingEmbedder, an_article, fill
from tests.memory_house import MemoryHouse
from tests.retrieving import the_policy

RENT = "Do you rent out telescopes?"
RENT_TOO = "do you rent telescopes out"
ICELAND = "Is Iceland a country you ship to?"
KEY = {"authorization": "Bearer the key"}
BASE = (
    an_article("Parcels travel two to four days.", id="delivery", category="delivery"),
    an_article("Send items back within 30 days.", id="returns", category="returns"),
    an_article("Pakete reisen zwei Tage.", id="lieferung", category="delivery", language="de"),
    an_article("Parcels flew.", id="old", category="delivery", effective_until=date(2025, 1, 1)),
    an_article(
        "Parcels of our pro plan travel by night.",
        id="pro",
        category="delivery",
        only_for=OnlyFor(plan=("pro",), region=("NL",)),
    ),
)


class People:
    """The API over a house in memory; what is asked is read as somebody's parcel, in English."""

    def __init__(self, api_key: str = "the key") -> None:
        self.house = MemoryHouse(policy=the_policy(min_similarity=0.3))
        self.embedder = CountingEmbedder()
        self.knowledge = MemoryKnowledge()
        self.reranker: Reranker | None = None
        self.reading = Classification(
            intents=(IntentGuess(intent="order_status", confidence=0.9, part="parcels"),),
            question="When do parcels travel?",
        )
        fill(self.knowledge, *BASE, embedder=self.embedder)
        house = self.house
        self.search = Search(
            past=PastTurns(house.conversations, house.retrievals, house.clock),
            report=GapReport(
                house.retrievals,
                lambda: self.embedder,
                lambda: self.knowledge,
                house.policy,
                house.clock,
            ),
            classify=self.read,
            embedder=lambda: self.embedder,
            knowledge=lambda: self.knowledge,
            reranker=lambda: self.reranker,
            policy=house.policy,
            clock=house.clock,
            api_key=lambda: api_key,
        )

    def read(self, turn: Turn) -> Classification:
        self.turn = turn
        return self.reading

    def ask(self, what: str = "search", headers: Any = KEY, **query: str) -> Answer:
        route = f"GET /v1/kb/{what}"
        return self.search.routes()[route](Request(route=route, headers=headers, query=query))

    def found(self, **query: str) -> Any:
        answer = self.ask(**query)
        assert answer.status == 200, answer.body
        return answer.body

    def ended(self, turn: Turn) -> Turn:
        stored = self.house.stored(turn)
        ending = Ending(kind="handed_over", why="so", at=NOON)
        assert self.house.conversations.end(Ended(turn=stored, ending=ending))
        return stored


def in_a_past_turn(people: People, evidence: Evidence | None = None) -> Any:
    turn = a_judged_turn(
        reading=people.reading,
        evidence=evidence or some_evidence(passages=(a_passage(id="gone#1"),), queries=("then",)),
    )
    verdict = turn.verdict.model_copy(update={"articles": "thin"})
    return people.ended(turn.model_copy(update={"verdict": verdict}))


def a_retrieval(question: str = "", *, days_ago: float = 0, ticket: str = "T1") -> Retrieval:
    return Retrieval(
        conversation_id=f"inbox:{ticket}",
        turn_id=f"turn-{ticket}",
        ticket_id=ticket,
        at=NOON - timedelta(days=days_ago),
        thin=bool(question),
        intent="shop_information",
        question=question,
    )
