"""What came of each golden ticket: its marks, what happened, and how it differs from its label."""

from dataclasses import dataclass

from deskhand.domain.policy import Policy
from deskhand.domain.turn import Classified, Drafted, Retrieved
from scripts.evaluation import golden_marks as mark
from scripts.evaluation.golden import GoldenTicket, GoldenTurn
from scripts.evaluation.golden_alone import Alone, each_alone
from scripts.evaluation.golden_differences import differences, rulings_of
from scripts.evaluation.golden_house import GoldenHouse
from scripts.evaluation.golden_marks import Marks
from scripts.evaluation.golden_walk import Happened, walk

INSIDE = frozenset({"intent", "retrieval", "proposal"})
"""What no customer sees: a message whose outcome is right passes without it."""


@dataclass(frozen=True)
class TurnResult:
    """One message: what was marked, and what a person has to know to judge the marks."""

    text: str
    wanted: tuple[str, ...]
    """The labelled intents."""
    read: tuple[str, ...]
    endings: tuple[str, ...]
    """The labelled ones."""
    ended: str
    codes: tuple[str, ...]
    reply: str
    whole: Marks
    """With everything before each stage as it really was."""
    alone: Marks
    """With everything before each stage as the label says."""
    differences: tuple[str, ...]
    needs_person: bool | None
    had_person: bool
    rank: int | None
    """The place of the labelled article among those found; 0: nowhere; None: there is none."""
    confidence: float | None
    """Of the draft, where there is one."""
    written_by: str
    stages_ms: dict[str, float]
    stages_microusd: dict[str, int]

    @property
    def cost_microusd(self) -> int:
        """What language models cost for it."""
        return sum(self.stages_microusd.values())

    @property
    def passed(self) -> bool:
        """Whether all that a customer sees of it is right."""
        return all(right for name, right in self.whole.items() if name not in INSIDE)


@dataclass(frozen=True)
class TicketResult:
    """One golden ticket, message by message."""

    id: str
    label: str
    """The hash of the ticket and its label: what has another one cannot be compared."""
    turns: tuple[TurnResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every message of it passed."""
        return all(turn.passed for turn in self.turns)


def measured(house: GoldenHouse, ticket: GoldenTicket, *, alone: bool = True) -> TicketResult:
    """The ticket walked from end to end, and each stage by itself, unless that is left out."""
    happened = walk(house, ticket)
    by_itself = each_alone(house, ticket) if alone else (None,) * len(happened)
    turns = zip(ticket.turns, happened, by_itself, strict=True)
    policy = house.policy
    return TicketResult(
        id=ticket.id,
        label=ticket.fingerprint,
        turns=tuple(_result(label, came, stages, policy) for label, came, stages in turns),
    )


def _result(
    label: GoldenTurn, happened: Happened, stages: Alone | None, policy: Policy
) -> TurnResult:
    turn, ending = happened.turn, happened.ending
    reading = turn.classification if isinstance(turn, Classified) else None
    evidence = turn.evidence if isinstance(turn, Retrieved) else None
    draft = turn.draft if isinstance(turn, Drafted) else None
    whole = whole_marks(label, happened, policy)
    return TurnResult(
        text=label.text,
        wanted=label.intents,
        read=tuple(one.intent for one in reading.intents) if reading else (),
        endings=label.endings,
        ended=happened.kind,
        codes=ending.codes if ending else (),
        reply=ending.reply if ending else "",
        whole=whole,
        alone=alone_marks(label, stages, policy) if stages else {},
        differences=tuple(differences(label, happened, whole, policy)),
        needs_person=mark.needs_person(label),
        had_person=happened.had_person,
        rank=mark.article_rank(label, evidence) if label.articles and evidence else None,
        confidence=draft.confidence if draft else None,
        written_by=draft.written_by if draft else "",
        stages_ms=happened.stages_ms,
        stages_microusd=happened.stages_microusd,
    )


def whole_marks(label: GoldenTurn, happened: Happened, policy: Policy) -> Marks:
    """What was right from end to end. What is said to the customer is marked where it was said;
    what was left to a person is no answer, and is marked as an ending."""
    turn, ending = happened.turn, happened.ending
    reading = turn.classification if isinstance(turn, Classified) else None
    evidence = turn.evidence if isinstance(turn, Retrieved) else None
    drafted = turn if isinstance(turn, Drafted) else None
    said = drafted is not None and ending is not None and ending.kind in mark.SPOKEN
    with_person = happened.had_person
    ruled = rulings_of(happened)
    return _kept(
        intent=mark.intent_mark(label, reading),
        retrieval=mark.retrieval_mark(label, evidence),
        grounding=mark.grounding_mark(label, drafted, policy) if said else None,
        citation=mark.citation_mark(label, drafted) if said else None,
        answer=mark.answer_mark(label, ending.reply) if said and ending else None,
        proposal=mark.proposal_mark(label, drafted.draft if drafted else None),
        ruling=mark.ruling_mark(label, ruled, with_person=with_person),
        escalation=mark.escalation_mark(
            label, asked=with_person, codes=ending.codes if ending else ()
        ),
        deed=mark.deed_mark(label, ending.receipts if ending else (), approved=True),
        reply=mark.reply_mark(label, turn, ending, policy) if turn and ending else None,
        ending=happened.kind in label.endings,
    )


def alone_marks(label: GoldenTurn, stages: Alone, policy: Policy) -> Marks:
    """What each stage does right where everything before it is as labelled."""
    marks = _kept(
        intent=mark.intent_mark(label, stages.classification),
        retrieval=mark.retrieval_mark(label, stages.evidence),
        grounding=mark.grounding_mark(label, stages.drafted, policy),
        citation=mark.citation_mark(label, stages.drafted),
        answer=mark.answer_mark(label, mark.words_of(stages.drafted)),
        proposal=mark.proposal_mark(label, stages.drafted.draft if stages.drafted else None),
    )
    if stages.rules:
        marks |= _gate_marks(label, stages)
    if stages.acts:
        ending = stages.ending
        receipts = ending.receipts if ending else ()
        marks |= _kept(
            deed=mark.deed_mark(label, receipts, approved=False),
            reply=mark.reply_mark(label, stages.told, ending, policy) if ending else False,
        )
    return marks


def _gate_marks(label: GoldenTurn, stages: Alone) -> Marks:
    verdict = stages.verdict
    if verdict is None:
        return {"ruling": False, "escalation": False}
    ruled = mark.rulings(verdict, stages.told.draft.actions)
    asked, codes = mark.verdict_asks_person(verdict), [one.code for one in verdict.objections]
    later = label.escalates and any(one.ruling == "allowed" for one in label.actions)
    return _kept(
        ruling=mark.ruling_mark(label, ruled, with_person=asked and label.escalates),
        # What is allowed and yet a person's has gone wrong after the gate.
        escalation=None if later else mark.escalation_mark(label, asked=asked, codes=codes),
    )


def _kept(**marks: bool | None) -> Marks:
    return {name: right for name, right in marks.items() if right is not None}
