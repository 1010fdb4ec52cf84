"""The stages that a question goes through, joined over one index; and what comes of it there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deskhand.adapters.connectors.none import nothing_connected
from deskhand.domain.growth import grown
from deskhand.domain.ledger import Counters
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Classified, Drafted, Retrieved, grow
from deskhand.domain.verdict import Verdict
from deskhand.jobs.reindex import Reindexed, reindex
from deskhand.ports import (
    ArticleSource,
    Embedder,
    KnowledgeBase,
    LanguageModel,
    Permissions,
    Reranker,
)
from deskhand.stages.gate import judge
from deskhand.stages.generate import generate
from deskhand.stages.passages import find_passages
from deskhand.stages.retrieve import retrieve
from deskhand.tools.registry import OURS
from scripts.evaluation.question_set import Question
from scripts.evaluation.retrieval_turns import (
    DOCUMENTS_RANKED,
    bare_turn_of,
    open_policy,
    ranking_policy,
    turn_of,
)
from scripts.evaluation.retrieval_views import NarrowedKnowledge, Narrowing

OutcomeKind = Literal["nothing_found", "clarifying_question", "person", "answer"]
OUTCOMES: tuple[OutcomeKind, ...] = ("nothing_found", "clarifying_question", "person", "answer")
NOTHING = "THIN_EVIDENCE"
"""The gate's code for an article that is not there."""


@dataclass(frozen=True)
class Outcome:
    """What a customer would get for a question."""

    kind: OutcomeKind
    nearness: float
    """How near the first search came: the signal that tells thin retrieval."""
    cited: tuple[str, ...] = ()
    """The documents that the answer quotes."""


@dataclass(frozen=True)
class House:
    """Everything that the stages of an answer need."""

    knowledge: KnowledgeBase
    embedder: Embedder
    model: LanguageModel
    permissions: Permissions
    policy: Policy
    now: datetime
    reranker: Reranker | None = None
    reranker_name: str = "none"

    def indexed(
        self, source: ArticleSource, progress: Callable[[str, int, int], None]
    ) -> Reindexed:
        """Puts the articles into the index; `progress` hears how far it has come."""
        return reindex(
            source=source,
            knowledge=self.knowledge,
            embedder=self.embedder,
            macros=self.policy.macros,
            report=lambda done, total: progress("indexing", done, total),
        )

    def ranked(
        self,
        question: Question,
        narrowing: Narrowing,
        *,
        with_history: bool,
        reranker: Reranker | None = None,
    ) -> tuple[str, ...]:
        """The documents that are found for a question, best first."""
        turn = (turn_of if with_history else bare_turn_of)(question, now=self.now)
        passages, _ = find_passages(
            turn,
            embedder=self.embedder,
            knowledge=NarrowedKnowledge(self.knowledge, narrowing),
            policy=ranking_policy(self._open),
            today=self.now.date(),
            reranker=reranker,
        )
        documents = dict.fromkeys(passage.article_id for passage in passages)
        return tuple(documents)[:DOCUMENTS_RANKED]

    def outcome(self, question: Question) -> Outcome:
        """What the stages make of it: they look again as often as the gate sends them back."""
        turn, nearness = turn_of(question, now=self.now), None
        while True:
            drafted = self._drafted(turn)
            if nearness is None:
                nearness = drafted.evidence.best_similarity
            verdict = judge(
                drafted,
                policy=self._open,
                permissions=self.permissions,
                counters=Counters(),
                tools=OURS,
            )
            again = grown(drafted, verdict)
            if verdict.decision != "look_again" or not isinstance(again, Classified):
                return _outcome(drafted, verdict, nearness)
            turn = again

    def _drafted(self, turn: Classified) -> Drafted:
        evidence = retrieve(
            turn,
            embedder=self.embedder,
            knowledge=self.knowledge,
            connectors=nothing_connected(),
            policy=self._open,
            tools=OURS,
            today=self.now.date(),
            reranker=self.reranker,
        )
        retrieved = grow(turn, Retrieved, evidence=evidence)
        draft = generate(retrieved, model=self.model, policy=self._open, tools=OURS)
        return grow(retrieved, Drafted, draft=draft)

    @property
    def _open(self) -> Policy:
        return open_policy(self.policy)


def _outcome(turn: Drafted, verdict: Verdict, nearness: float) -> Outcome:
    if verdict.decision != "send":
        codes = {objection.code for objection in verdict.objections}
        nothing = not turn.evidence.passages or NOTHING in codes
        return Outcome("nothing_found" if nothing else "person", nearness)
    if turn.draft.question:
        return Outcome("clarifying_question", nearness)
    return Outcome("answer", nearness, _cited(turn))


def _cited(turn: Drafted) -> tuple[str, ...]:
    document_of = {passage.id: passage.article_id for passage in turn.evidence.passages}
    supports = (id for claim in turn.draft.claims for id in claim.supports)
    return tuple(dict.fromkeys(document_of[id] for id in supports if id in document_of))
