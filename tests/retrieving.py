"""Records and pages to retrieve from, for tests of what a draft may stand on."""

from typing import Any

from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Evidence, Fact
from deskhand.domain.policy import Policy
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import Connectors, Reranker
from deskhand.stages.retrieve import retrieve
from deskhand.tools.registry import OURS, Tools
from deskhand.tools.tool import Found, OpenLookup
from tests.builders import (
    StoppedClock,
    a_classified_turn,
    a_customer,
    a_policy,
    an_order_fact,
)
from tests.knowledge import TODAY, CountingEmbedder, an_article, fill

PAGES = (
    an_article("Parcels travel two to four days.", id="delivery", category="delivery"),
    an_article("Send items back within 30 days.", id="returns", category="returns"),
    an_article("Vouchers are valid for three years.", id="gift", category="gift_cards"),
)


class Records:
    """Identity, customers and lookups of one verified customer, which fail as they are told."""

    def __init__(self) -> None:
        self.read: list[Any] = []
        self.fails: dict[str, Exception] = {}
        self.found: dict[str, Found] = {"find_order": Found(facts=(an_order_fact(),))}

    def scope(self, asker):
        self._may_fail("scope")
        return CustomerScope(customer_id="c1") if asker.verified else None

    def customer(self, scope):
        self.read.append("customer")
        self._may_fail("customer")
        return a_customer(id=scope.customer_id)

    def look_up(self, name, scope, text):
        self.read.append((name, scope.customer_id, text))
        self._may_fail(name)
        return self.found.get(name, Found())

    def _may_fail(self, what: str) -> None:
        if what in self.fails:
            raise self.fails[what]


class Lookup:
    def __init__(self, name: str, records: Records) -> None:
        self.name, self._records = name, records

    def look_up(self, scope, connectors, reading, text):
        return self._records.look_up(self.name, scope, text)


class Catalogue(OpenLookup):
    """A lookup of what lies open; `connected` tells whether there is anything to look at."""

    name = "find_product"

    def __init__(self, *facts: Fact, connected: bool = True) -> None:
        self._facts, self._connected = facts, connected

    def is_open(self, counter):
        return self._connected

    def look_up_openly(self, counter, reading, text):
        if not self._connected:
            raise Rejected("no products system is connected")
        return Found(facts=self._facts)


class Looking:
    """Retrieves for a reading, over the pages and the records of one customer."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.knowledge = MemoryKnowledge()
        fill(self.knowledge, *PAGES, embedder=CountingEmbedder())

    def __call__(
        self,
        reading: Classification,
        policy: Policy | None = None,
        reranker: Reranker | None = None,
        open_lookup: OpenLookup | None = None,
        **bent: Any,
    ) -> Evidence:
        lookups = {name: Lookup(name, self.records) for name in OURS.lookups}
        opened = {open_lookup.name: open_lookup} if open_lookup else {}
        connectors = Connectors(identity=self.records, customers=self.records, clock=StoppedClock())
        return retrieve(
            a_classified_turn(reading.question, reading=reading, **bent),
            embedder=CountingEmbedder(),
            knowledge=self.knowledge,
            connectors=connectors,
            policy=policy or the_policy(),
            tools=Tools.of((lookups | opened).values(), []),
            today=TODAY,
            reranker=reranker,
        )


def looking() -> Looking:
    return Looking(Records())


def the_policy(**bent_replies: Any) -> Policy:
    policy = a_policy()
    intents = dict(policy.intents)
    order_status = intents["order_status"].model_copy(
        update={"lookups": ("find_order",), "knowledge": ("delivery",)}
    )
    intents |= {
        "order_status": order_status,
        "return_policy": order_status.model_copy(
            update={"name": "return_policy", "knowledge": ("returns",), "lookups": ()}
        ),
        "products": order_status.model_copy(
            update={"name": "products", "lookups": ("find_order", "find_product", "find_account")}
        ),
        "gifts": order_status.model_copy(
            update={"name": "gifts", "knowledge": (), "lookups": ("find_order", "find_customer")}
        ),
    }
    replies = policy.replies.model_copy(update={"languages": ("en", "de")} | bent_replies)
    return policy.model_copy(update={"intents": intents, "replies": replies})


def asked(*parts: tuple[str, str], question: str = "", **bent: Any) -> Classification:
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part=part) for name, part in parts)
    whole = question or " ".join(part for _, part in parts)
    return Classification(intents=guesses, question=whole, **bent)


WHERE = ("order_status", "Where is my parcel?")
PRICE = ("products", "What is the Dune tent?")
BACK = ("return_policy", "Can I send items back?")


def articles(evidence: Evidence) -> list[str]:
    return [passage.article_id for passage in evidence.passages]
