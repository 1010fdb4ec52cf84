"""What a lookup and an action have to say about themselves to stand in the registry."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from pydantic import JsonValue

from deskhand.domain.classification import Classification
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Evidence, Fact, Facts
from deskhand.domain.money import Money
from deskhand.domain.noun import Noun
from deskhand.domain.records import CustomerScope
from deskhand.domain.tool import ToolSpec
from deskhand.ports import Connectors, Incidents, Products

NO_MONEY = Money(amount_cents=0, currency="XXX")
"""Of no currency at all, as ISO 4217 writes it."""


class Found(Noun):
    """What a lookup brought back."""

    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    """What was asked for and is not this customer's, in words."""
    choices: tuple[str, ...] = ()
    """What the customer has to choose from, in words."""


class Lookup(Protocol):
    """Reads account facts for the verified customer; never takes a customer from the model."""

    name: str

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """What the systems of record say about what is named in the text."""
        ...


@dataclass(frozen=True)
class Counter:
    """What lies open to whoever comes in: the catalogue and the status page, nobody's records."""

    products: Products
    incidents: Incidents

    @classmethod
    def of(cls, connectors: Connectors) -> Self:
        """What of all systems lies open."""
        return cls(connectors.products, connectors.incidents)


class OpenLookup(ABC):
    """Reads what is the same for everybody, so it works for strangers, too. It is handed nothing
    that holds a customer's records, and so can tell nobody of them."""

    name: str

    @abstractmethod
    def is_open(self, counter: Counter) -> bool:
        """Whether what it reads is connected at all: a stranger is answered by articles else."""

    @abstractmethod
    def look_up_openly(self, counter: Counter, reading: Classification, text: str) -> Found:
        """What is told to anybody of what is named in the text."""

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The same for a customer as for a stranger."""
        return self.look_up_openly(Counter.of(connectors), reading, text)


class Action(Noun, ABC):
    """Changes the world. Its docstring is what the model reads, its fields are what the model
    fills in."""

    tool_name: ClassVar[str]
    resource_kind: ClassVar[str]
    """The Cedar entity type of what it acts on."""
    telling: ClassVar[tuple[str, ...]] = ()
    """Words in which customers ask for this, for a model that understands no language: where an
    intent allows several actions, they tell which one is meant. `new one`, `replace`."""

    @classmethod
    def spec(cls) -> ToolSpec:
        """How the model sees this action."""
        return ToolSpec(
            name=cls.tool_name,
            description=(cls.__doc__ or "").strip(),
            telling=cls.telling,
            arguments=cls.model_json_schema(),
        )

    @property
    @abstractmethod
    def fact_id(self) -> str:
        """The id of the fact about what it acts on, which must be in evidence: `order:1001`. Its
        attributes are the resource that Cedar sees."""

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """All facts that the arguments are held against, each of which must be in evidence; the
        one about what it acts on comes first."""
        return (self.fact_id,)

    def missing(self, facts: Facts) -> tuple[str, ...]:
        """Those of `fact_ids` that are not among these facts; in order, and empty when it can be
        held against them."""
        return tuple(fact_id for fact_id in self.fact_ids if fact_id not in facts)

    @abstractmethod
    def in_words(self, facts: Facts) -> str:
        """The exact action, every argument of it, as a customer or a person is asked about it: `a
        refund of 42.00 EUR for order 1001`."""

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What Cedar has to know of these arguments, beside the attributes of what it acts on.
        Nothing by default: then no argument makes it allowed."""
        return {}

    def money(self, facts: Facts) -> Money:
        """What it gives away under the limits; nothing for actions that move no money."""
        return NO_MONEY

    @abstractmethod
    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The facts of `fact_ids` as they are this moment; one that is gone or not this
        customer's is left out."""

    def after(self, facts: Facts) -> Facts:
        """What the records will show once this is done, for what comes after it in one plan. By
        default as before."""
        return facts

    @abstractmethod
    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Does it; gives the other system's reference. `Unavailable`: it may or may not have
        happened."""

    @abstractmethod
    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The reference of what was done with that key, seen in the system of record; None:
        certainly not done. `Rejected`: something else than this was done with that key."""

    @abstractmethod
    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What was done, as the customer is told once it was read back."""

    def thing(self, facts: Facts) -> Fact:
        """The fact about what it acts on."""
        return facts[self.fact_id]

    @property
    def fingerprint(self) -> str:
        """The hash of exactly these arguments, however the model wrote them down: what a
        customer's yes and a person's approval are given to."""
        arguments = self.model_dump(mode="json")
        return ProposedAction(name=self.tool_name, arguments=arguments).fingerprint


def customer_attributes(evidence: Evidence) -> dict[str, JsonValue]:
    """The principal's attributes as the Cedar schema has them."""
    customer = evidence.customer
    return {
        "vip": bool(customer and customer.vip),
        "flagged": bool(customer and customer.flagged),
        "country": customer.country if customer else "",
    }
