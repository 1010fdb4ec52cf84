"""One action, done at most once: reserved, begun, performed, read back, and proven by a receipt."""

from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.evidence import Facts
from deskhand.domain.ledger import Counters, LedgerEntry, Reservation
from deskhand.domain.receipt import Receipt
from deskhand.domain.records import CustomerScope
from deskhand.domain.verdict import Objection
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.ports import Clock, Connectors, Ledger
from deskhand.tools.tool import Action

MAY_STILL_BE_DOING = timedelta(seconds=60)
"""No run of `Act` lives this long: what it began before that, it does no more."""


@dataclass(frozen=True)
class Deed:
    """An action that was permitted, with everything that its one performance needs."""

    action: Action
    facts: Facts
    scope: CustomerScope
    key: str
    """Ledger key and idempotency key of the connector alike."""
    conversation_id: str
    turn_id: str

    @property
    def words(self) -> str:
        """What is done, as it was asked for."""
        return self.action.in_words(self.facts)

    def reserve(self, ledger: Ledger, *, seen: Counters, clock: Clock) -> bool:
        """Takes the deed's place under the limits; False: something changed, judge again."""
        return ledger.reserve(self._reservation(clock), seen=seen)

    def let_go(self, ledger: Ledger, *, clock: Clock) -> None:
        """Gives the deed's place back; nothing was done."""
        ledger.release(self._reservation(clock))

    def do(self, connectors: Connectors, ledger: Ledger, *, clock: Clock) -> Receipt | Objection:
        """Performs it, or finds out what an earlier try came to; never performs it a second
        time."""
        earlier = ledger.begin(self._entry(clock))
        if earlier is None:
            return self._perform(connectors, ledger, clock)
        if earlier.receipt is not None:
            return earlier.receipt
        if earlier.state == "refused":
            return _failure("ACTION_REFUSED", earlier.words)
        if earlier.state == "begun" and clock() - earlier.begun_at < MAY_STILL_BE_DOING:
            self._refuse_to_guess(connectors)
        return self._read_back(connectors, ledger, clock)

    def _refuse_to_guess(self, connectors: Connectors) -> None:
        """Another run of this turn may be about to do it: that it has not happened yet proves
        nothing."""
        if self.action.read_back(self.scope, connectors, idempotency_key=self.key) is None:
            raise Unavailable(f"{self.words}, which was begun a moment ago,")

    def _perform(self, connectors: Connectors, ledger: Ledger, clock: Clock) -> Receipt | Objection:
        try:
            reference = self.action.perform(self.scope, connectors, idempotency_key=self.key)
        except Rejected as refusal:
            return self._give_up(ledger, "ACTION_REFUSED", str(refusal), clock)
        except Unavailable:
            return self._read_back(connectors, ledger, clock)  # it may or may not have happened
        ledger.record(self._entry(clock, state="done", reference=reference))
        return self._read_back(connectors, ledger, clock)

    def _read_back(
        self, connectors: Connectors, ledger: Ledger, clock: Clock
    ) -> Receipt | Objection:
        what = self.words
        try:
            reference = self.action.read_back(self.scope, connectors, idempotency_key=self.key)
        except DeskhandError as error:
            words = f"nobody knows whether {what} happened: {error}"
            ledger.record(self._entry(clock, state="unknown", words=words))
            return _failure("TOOL_ERROR", words)
        if reference is None:
            words = f"{what} was tried and did not happen"
            return self._give_up(ledger, "TOOL_ERROR", words, clock)
        receipt = Receipt(
            key=self.key,
            kind="action",
            name=self.action.tool_name,
            reference=reference,
            words=self.action.done_in_words(self.facts, reference),
            money=self.action.money(self.facts),
            read_back_at=clock(),
        )
        ledger.record(self._entry(clock, state="confirmed", reference=reference, receipt=receipt))
        return receipt

    def _give_up(self, ledger: Ledger, code: str, words: str, clock: Clock) -> Objection:
        ledger.record(self._entry(clock, state="refused", words=words))
        self.let_go(ledger, clock=clock)
        return _failure(code, words)

    def _reservation(self, clock: Clock) -> Reservation:
        return Reservation(
            key=self.key,
            customer_id=self.scope.customer_id,
            conversation_id=self.conversation_id,
            action=self.action.tool_name,
            money=self.action.money(self.facts),
            made_at=clock(),
        )

    def _entry(
        self,
        clock: Clock,
        *,
        state: str = "begun",
        reference: str = "",
        words: str = "",
        receipt: Receipt | None = None,
    ) -> LedgerEntry:
        return LedgerEntry.model_validate(
            {
                "key": self.key,
                "what": self.words,
                "conversation_id": self.conversation_id,
                "turn_id": self.turn_id,
                "state": state,
                "begun_at": clock(),
                "reference": reference,
                "words": words,
                "receipt": receipt,
            }
        )


def _failure(code: str, words: str) -> Objection:
    return Objection(code=code, words=words, cure="person", priority="high")
