"""Conversations of three turns with the sample shop, and what a model would be asked in them."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from deskhand import wiring
from deskhand.adapters.models.claude.answers import (
    MOST_CLAIMS,
    Judgement,
    Proposal,
    Reading,
    Sentence,
    Wish,
    Written,
)
from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.adapters.models.claude.model import ClaudeModel
from deskhand.adapters.models.claude.sources import Sources
from deskhand.domain.draft import Draft
from deskhand.domain.models import Task
from deskhand.domain.noun import Noun
from deskhand.domain.policy import Policy
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.domain.turn import Drafted, Ended, EndingKind, Look
from deskhand.domain.usage import Usage
from deskhand.domain.verdict import Objection, Verdict
from deskhand.jobs.dispatch import dispatch
from deskhand.stages.generate import generate
from deskhand.tools.registry import OURS
from scripts.deskhand_cli.memory_house import MemoryHouse, memory_house
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.deskhand_cli.walk import Times, walk
from scripts.evaluation.cost_tokens import CountedAsk, Tokens, counted

CONVERSATIONS = SAMPLE / "conversations.json"
LOCAL = "local classifier"
SENT_BACK = Objection(
    code="UNSUPPORTED_CLAIM",
    words="“Your money arrives in 3 days.”: 3 days is not in what it cites",
    cure="rewrite",
)
"""As the gate says it."""


class Conversation(Noun):
    """What one customer of the sample shop says, message by message."""

    sender: Asker = Field(alias="from")
    subject: str
    says: tuple[str, ...]


class CountedTurn(Noun):
    """One turn, and what a model would be asked in it."""

    ending: EndingKind
    locally_read: bool
    """Whether the local classifier was sure, so that no model would be asked to read it."""
    classify: CountedAsk
    draft: CountedAsk
    redraft: CountedAsk
    """Were the draft sent back once."""
    judge: CountedAsk | None = None
    """Did a judge read the draft; None where it has nothing to be read."""


def conversations_in(file: Path = CONVERSATIONS) -> tuple[Conversation, ...]:
    """Those that are written down."""
    return tuple(map(Conversation.model_validate, json.loads(file.read_text(encoding="utf-8"))))


def counted_turns(
    conversations: Sequence[Conversation],
    folder: Path,
    *,
    tokens: Tokens,
    done: Callable[[], None] = lambda: None,
) -> tuple[tuple[CountedTurn, ...], ...]:
    """Each conversation's turns as they went through the machine's own handlers, each on a desk
    where nobody has ever written."""
    found = []
    with memory_house(folder) as house:
        for place, conversation in enumerate(conversations):
            house.furnish()
            # Metrics are written to standard output, which on AWS is the log.
            with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
                ended = tuple(_walked(house, conversation, f"usual-{place}"))
            policy = house.kept["policy"]
            found.append(tuple(_counted(one, policy, tokens) for one in ended))
            done()
    return tuple(found)


def _walked(house: MemoryHouse, conversation: Conversation, ticket_id: str) -> Iterator[Ended]:
    for place, text in enumerate(conversation.says):
        message = Message(id=f"m{place}", author="customer", text=text, said_at=datetime.now(UTC))
        arrival = Arrival(
            helpdesk="inbox",
            ticket_id=ticket_id,
            subject=conversation.subject,
            asker=conversation.sender,
            message=message,
            delivery_id=f"{ticket_id}:{place}",
        )
        wiring.built_in_desk().open_ticket(arrival)
        dispatch(arrival, turns=wiring.turns())
        walk(house, house.workflow.started[-1].envelope, Times())
    for turn in wiring.conversations().turns(f"inbox:{ticket_id}"):
        if not isinstance(turn, Ended):
            raise TypeError(f"{conversation.subject}: a usual conversation waits for nobody")
        yield turn


def _counted(ended: Ended, policy: Policy, tokens: Tokens) -> CountedTurn:
    turn = ended.turn
    if not isinstance(turn, Drafted):
        raise TypeError(f"{turn.subject}: nothing was drafted, {ended.ending.why}")
    asked = _Answers(turn, tokens)
    model = ClaudeModel(asked, policy, [tool.spec() for tool in OURS.actions.values()])
    model.classify(turn, intents=policy.intents)
    generate(turn, model=model, policy=policy, tools=OURS)
    generate(_sent_back(turn), model=model, policy=policy, tools=OURS)
    ClaudeJudge(asked).doubts(turn)
    classify, draft, redraft, *judge = asked.counted
    return CountedTurn(
        ending=ended.ending.kind,
        locally_read=turn.classification.read_by == LOCAL,
        classify=classify,
        draft=draft,
        redraft=redraft,
        judge=next(iter(judge), None),
    )


def _sent_back(turn: Drafted) -> Drafted:
    """The turn as it would be drafted anew, had the gate sent its draft back."""
    look = Look(draft=turn.draft, verdict=Verdict(decision="look_again", objections=(SENT_BACK,)))
    return turn.model_copy(update={"looks": 1, "lessons": (SENT_BACK,), "looked": (look,)})


class _Answers:
    """The port `Asked`: answers what came of the turn, and counts what asking would have taken."""

    def __init__(self, turn: Drafted, tokens: Tokens) -> None:
        self._turn = turn
        self._tokens = tokens
        self.counted: list[CountedAsk] = []

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        """The answer of the offline model, in the shape that is asked for."""
        value = ask.answer.model_validate(self._said(ask.task).model_dump())
        self.counted.append(counted(ask, value, self._tokens))
        return Answered(value, Usage())

    def _said(self, task: Task) -> Noun:
        match task:
            case "classify":
                return _read(self._turn)
            case "judge":
                return Judgement(doubts=())
        return _written(self._turn)


def _read(turn: Drafted) -> Reading:
    read = turn.classification
    return Reading(
        intents=tuple(
            Wish(intent=one.intent, confidence=one.confidence, part=one.part)
            for one in read.intents
        ),
        question=read.question,
        language=read.language,
        sentiment=read.sentiment,
        urgency=read.urgency,
        wants_person=read.wants_person,
    )


def _written(turn: Drafted) -> Written:
    """The draft as a model would write it: each sentence with its source's short name, and a quote
    of the same length."""
    draft: Draft = turn.draft
    short = {real: name for name, real in Sources.of(turn.evidence).ids.items()}
    claims = draft.claims[:MOST_CLAIMS]
    return Written(
        claims=tuple(
            Sentence(
                text=claim.text,
                supports=tuple(short.get(one, one) for one in claim.supports[:4]),
                quotes=claim.quotes[:4] or (claim.text,),
            )
            for claim in claims
        ),
        actions=tuple(
            Proposal(tool=one.name, arguments=json.dumps(one.arguments)) for one in draft.actions
        ),
        question=draft.question,
        missing=draft.missing,
        confidence=draft.confidence,
    )
