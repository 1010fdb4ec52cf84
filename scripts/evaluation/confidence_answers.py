"""What the desk drafts for questions of which it is known what answers them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from deskhand.adapters.connectors.none import nothing_connected
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.sureness import Signals, Sureness
from deskhand.domain.turn import Classified, Drafted, Retrieved, grow
from deskhand.ports import Embedder
from deskhand.stages.classify import classify
from deskhand.stages.generate import generate
from deskhand.stages.objections.articles import is_near_enough
from deskhand.stages.objections.reading import asks_something
from deskhand.stages.retrieve import retrieve
from deskhand.text.confidence import how_sure, parts
from deskhand.text.fitted_intents import FittedIntents
from deskhand.tools.registry import OURS
from scripts.evaluation.golden import GoldenTicket
from scripts.evaluation.question_set import Question
from scripts.evaluation.retrieval_house import House
from scripts.evaluation.retrieval_scores import WITHOUT_ANSWER
from scripts.evaluation.retrieval_turns import open_policy, turn_of

Reading = Literal["intents", "open"]
"""By the policy's intents, as customers are read; or as if any question were in scope."""
DAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""On which everything is asked: what is in force does not change with the calendar."""
NOBODY_KNOWS = frozenset({"THIN_EVIDENCE", "OUT_OF_SCOPE", "LOW_CONFIDENCE", "MISSING_DATA"})
"""Why a person gets what no article answers."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Answer:
    """A draft that would answer from articles, and whether it is right: it cites one of those that
    hold the answer."""

    right: bool
    article: str
    """What it is about: the article that answers, or else the one that was found first."""
    intent: str
    turn: Drafted
    intents: dict[str, Intent]
    near: bool
    """Whether an article is near enough for the gate."""

    @property
    def own_word(self) -> float:
        """How sure the model itself says to be."""
        return self.turn.draft.confidence

    @property
    def needed(self) -> float:
        """The confidence that the policy wants."""
        return max((one.confidence for one in self.intents.values()), default=0.0)

    @property
    def signals(self) -> Signals | None:
        """What speaks for it; None where it answers several things at once."""
        found = parts(self.turn, self.turn.draft, self.intents)
        return found[0][1] if len(found) == 1 else None

    def confidence(self, sureness: Sureness) -> float:
        """How sure it is by these weights."""
        return how_sure(self.turn, self.turn.draft, self.intents, (sureness,))


@dataclass(frozen=True)
class Answers:
    """All drafts that would answer, of so many questions that were asked."""

    questions: int
    found: tuple[Answer, ...]


def from_golden(tickets: Sequence[GoldenTicket]) -> Iterator[Question]:
    """The first messages of golden tickets that articles have to answer, or that nothing does."""
    for ticket in tickets:
        turn = ticket.turns[0]
        text = f"{ticket.subject}\n{turn.text}" if len(turn.text.split()) < 6 else turn.text
        if turn.facts or turn.actions or turn.attachments or not text.strip():
            continue
        if turn.articles and "answered" in turn.endings:
            yield Question(query=text.strip(), gold=turn.articles)
        elif turn.escalates and not turn.articles and NOBODY_KNOWS & {*turn.codes}:
            yield Question(query=text.strip(), gold=(), answerability="unanswerable")


def answers(
    questions: Sequence[Question],
    house: House,
    fitted: FittedIntents,
    *,
    reading: Reading,
    progress: Progress,
) -> Answers:
    """What the house would answer, before the gate has judged it. Left out are questions that are
    about the customer's account: they are asked first who they are."""
    policy = house.policy if reading == "intents" else open_policy(house.policy)
    policy = policy.model_copy(update={"sureness": ()})  # the model's own word is kept
    asked, found = 0, []
    for place, question in enumerate(questions):
        progress("answering", place, len(questions))
        turn = turn_of(question, now=DAY)
        if reading == "intents":
            turn = _read(turn, house, fitted, policy)
        drafted = _drafted(turn, house, policy)
        if asks_something(drafted, policy) and not drafted.draft.question:
            continue
        asked += 1
        if answer := _answer(question, drafted, policy):
            found.append(answer)
    progress("answering", len(questions), len(questions))
    return Answers(asked, tuple(found))


def _read(turn: Classified, house: House, fitted: FittedIntents, policy: Policy) -> Classified:
    embedder: Embedder = house.embedder
    read = classify(turn, embedder=embedder, fitted=fitted, model=house.model, policy=policy)
    return turn.model_copy(update={"classification": read})


def _drafted(turn: Classified, house: House, policy: Policy) -> Drafted:
    evidence = retrieve(
        turn,
        embedder=house.embedder,
        knowledge=house.knowledge,
        connectors=nothing_connected(),
        policy=policy,
        tools=OURS,
        today=DAY.date(),
        reranker=house.reranker,
    )
    retrieved = grow(turn, Retrieved, evidence=evidence)
    draft = generate(retrieved, model=house.model, policy=policy, tools=OURS)
    return grow(retrieved, Drafted, draft=draft)


def _answer(question: Question, turn: Drafted, policy: Policy) -> Answer | None:
    """The draft as an answer; None where it says nothing, or asks back."""
    passages = {one.id: one.article_id for one in turn.evidence.passages}
    supports = [id for claim in turn.draft.claims for id in claim.supports]
    cited = [passages[id] for id in supports if id in passages]
    if not cited or turn.draft.question:
        return None
    known = {
        one.intent: policy.intents[one.intent]
        for one in turn.classification.intents
        if one.intent in policy.intents
    }
    return Answer(
        right=bool({*cited} & {*question.gold}) and question.answerability not in WITHOUT_ANSWER,
        article=question.gold[0] if question.gold else turn.evidence.passages[0].article_id,
        intent=turn.classification.intent,
        turn=turn,
        intents=known,
        near=is_near_enough(turn, policy),
    )


def on_the_day(house: House) -> House:
    """The same house on the one day."""
    return replace(house, now=DAY)
