"""A desk for one reset of the shop: memory twins, and the product's own way to act."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import Literal

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.classification import Classification, Entities, IntentGuess
from deskhand.domain.draft import Draft, ProposedAction
from deskhand.domain.evidence import Evidence
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.domain.turn import Classified, Drafted, Ended, Ending, Judged, Turn, grow
from deskhand.domain.verdict import Verdict
from deskhand.ports import Connectors
from deskhand.stages.act import act
from deskhand.stages.gate import judge
from deskhand.stages.objections.reading import checked
from deskhand.stages.retrieve import retrieve
from deskhand.stages.world import World, limits_now
from tests.exam.tau_retail.pack import Pack, connect
from tests.exam.tau_retail.records import Database
from tests.exam.tau_retail.shop import Shop
from tests.memory_house import MemoryHouse

Answer = Literal["allow", "ask", "refuse", "broken"]
"""What the gate decided; or that something broke on the way."""
HOUSE_CODES = {
    "VERIFY": "UNAUTHENTICATED",
    "CONFIRM": "UNCONFIRMED",
    "UNKNOWN_ACTION": "UNKNOWN_TOOL",
}
"""Where the house has another word than the exam."""


@dataclass(frozen=True)
class Outcome:
    """What became of a write that was submitted."""

    answer: Answer
    codes: tuple[str, ...]
    """Why not, in the exam's words, most telling first."""
    words: str
    done: bool = False
    """Whether it was done and read back."""


@dataclass
class Desk:
    """One desk over one state of the shop."""

    pack: Pack
    database: Database
    house: MemoryHouse = field(init=False)

    def __post_init__(self) -> None:
        self.house = MemoryHouse(policy=self.pack.policy, permissions=self.pack.permissions)
        self.shop = Shop(self.database)
        self._numbers = count(1)

    def session(self, asker: Asker) -> "Session":
        """A conversation that begins."""
        return Session(self, asker, f"T{next(self._numbers)}")

    def session_of(self, user_id: str | None) -> "Session":
        """A conversation with a user, or with somebody who does not say who they are."""
        user = self.database.users.get(user_id or "", {})
        return self.session(Asker(email=user.get("email", "")))


@dataclass
class Session:
    """One conversation, from its first message on."""

    desk: Desk
    asker: Asker
    ticket_id: str
    _said: int = 0

    @cached_property
    def connectors(self) -> Connectors:
        """This conversation's: one customer and nobody else."""
        return connect(self.desk.shop)

    @property
    def world(self) -> World:
        """What its turns may change."""
        tools = self.desk.pack.tools
        return replace(self.desk.house.world, connectors=self.connectors, tools=tools)

    def greeted(self) -> Evidence:
        """What is found out about who is asking, and a turn that says hello back."""
        turn = self._opened("Hello.")
        evidence = self._retrieved(turn, ProposedAction(name="", arguments={}))[1]
        now = self.desk.house.clock()
        self._end(turn, Ending(kind="answered", why="nothing was asked", at=now, reply="Hello!"))
        return evidence

    def submit(
        self, proposed: ProposedAction, *, confirmed: ProposedAction | None, do: bool = True
    ) -> Outcome:
        """Proposes a write in a turn of its own, after the customer's yes to what was confirmed;
        does it where the gate sends it."""
        try:
            return self._submitted(proposed, confirmed, do)
        except Exception as error:  # is what came of this row, not the end of the exam
            return Outcome("broken", (), f"{type(error).__name__}: {error}")

    def _submitted(
        self, proposed: ProposedAction, confirmed: ProposedAction | None, do: bool
    ) -> Outcome:
        turn = self._opened("Please do that for me.")
        if confirmed:
            self._asks_for(turn, confirmed)
            turn = self._opened("Yes.")
        classified, evidence = self._retrieved(turn, proposed)
        drafted = grow(classified, Drafted, evidence=evidence, draft=Draft(actions=(proposed,)))
        verdict = self._judged(drafted)
        outcome = _outcome(proposed, verdict)
        if not (do and outcome.answer == "allow"):
            return outcome
        judged = grow(drafted, Judged, verdict=verdict)
        ending = act(judged, policy=self.desk.pack.policy, world=self.world)
        return replace(outcome, done=_is_done(ending, proposed), words=_why(ending, outcome))

    def _retrieved(self, turn: Turn, proposed: ProposedAction) -> tuple[Classified, Evidence]:
        classified = grow(turn, Classified, classification=self._reading(proposed))
        evidence = retrieve(
            classified,
            embedder=HashingEmbedder(),
            knowledge=MemoryKnowledge(),
            connectors=self.connectors,
            policy=self.desk.pack.policy,
            tools=self.desk.pack.tools,
            today=turn.started_at.date(),
        )
        return classified, evidence

    def _judged(self, turn: Drafted) -> Verdict:
        house, customer = self.desk.house, turn.evidence.customer
        counters = limits_now(
            house.ledger,
            house.stops,
            customer_id=customer.id if customer else "",
            conversation_id=turn.conversation_id,
            now=house.clock(),
        )
        pack = self.desk.pack
        return judge(
            turn,
            policy=pack.policy,
            permissions=pack.permissions,
            counters=counters,
            tools=pack.tools,
        )

    def _reading(self, proposed: ProposedAction) -> Classification:
        """The wish behind a write, as it was read: which intent, and which order."""
        intents = self.desk.pack.policy.intents.values()
        meant = next((one for one in intents if proposed.name in one.actions), next(iter(intents)))
        order_id = proposed.arguments.get("order_id")
        named = (order_id.removeprefix("#"),) if isinstance(order_id, str) else ()
        return Classification(
            intents=(IntentGuess(intent=meant.name, confidence=1.0, part=meant.examples[0]),),
            question=meant.examples[0],
            entities=Entities(references=named),
        )

    def _asks_for(self, turn: Turn, confirmed: ProposedAction) -> None:
        """The turn ends with our question whether to do exactly that, as the product asks it."""
        action = checked(confirmed, self.desk.pack.tools)
        facts = self._retrieved(turn, confirmed)[1].known
        known = action is not None and set(action.fact_ids) <= set(facts)
        what = action.in_words(facts) if action and known else confirmed.name
        fingerprint = action.fingerprint if action else confirmed.fingerprint
        self._end(
            turn,
            Ending(
                kind="asked_customer",
                why="the customer has to say yes",
                at=self.desk.house.clock(),
                reply=self.desk.pack.policy.replies.confirm.format(action=what),
                asks_for=(fingerprint,),
            ),
        )

    def _end(self, turn: Turn, ending: Ending) -> None:
        self.desk.house.clock.pass_by(seconds=10)
        self.desk.house.conversations.end(Ended(turn=turn, ending=ending))

    def _opened(self, text: str) -> Turn:
        """The turn that a message opens, of whoever says to be asking now."""
        house, clock = self.desk.house, self.desk.house.clock
        clock.pass_by(seconds=10)
        self._said += 1
        id = f"{self.ticket_id}.{self._said}"
        arrival = Arrival(
            helpdesk="inbox",
            ticket_id=self.ticket_id,
            subject="My order",
            asker=self.asker,
            message=Message(id=id, author="customer", text=text, said_at=clock.now),
            delivery_id=id,
        )
        house.desk.open_ticket(arrival)
        house.conversations.append(arrival)
        opened = house.conversations.open_turn(arrival.conversation_id, now=clock(), lease_s=900)
        if opened is None:
            raise RuntimeError(f"{arrival.conversation_id} still has a turn that runs")
        return house.conversations.claim(opened)


def _outcome(proposed: ProposedAction, verdict: Verdict) -> Outcome:
    answers: Mapping[str, Answer] = {"send": "allow", "await_approval": "ask"}
    answer = answers.get(verdict.decision, "refuse") if proposed in verdict.actions else "refuse"
    codes = (HOUSE_CODES.get(one.code, one.code) for one in verdict.objections)
    return Outcome(answer, tuple(dict.fromkeys(codes)), f"{verdict.decision}: {verdict.words}")


def _is_done(ending: Ending | Turn, proposed: ProposedAction) -> bool:
    return isinstance(ending, Ending) and any(one.name == proposed.name for one in ending.receipts)


def _why(ending: Ending | Turn, outcome: Outcome) -> str:
    """What the verdict said, or what went wrong after it."""
    if isinstance(ending, Ending):
        return outcome.words
    return f"{outcome.words}; then: {'; '.join(one.words for one in ending.troubles)}"
