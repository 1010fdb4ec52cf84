"""What is personal in a turn, by value: whoever writes down what a model was told leaves it out."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from deskhand.domain.evidence import Evidence
from deskhand.domain.records import Address, Customer
from deskhand.domain.turn import Classified, Retrieved, Turn

PERSONAL_ATTRIBUTES = frozenset({"address", "email", "phone", "ship_to", "tracking"})
"""Of account facts, as the tools name them."""
SHORTEST = 3
"""What is shorter, the number of a line say, belongs to anybody."""


@dataclass(frozen=True)
class Personal:
    """The names of people, and everything else that is one customer's own."""

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def personal_in(turn: Turn) -> Personal:
    """What the desk knows to be personal in this turn, as far as it has come; what only the words
    of the customer hold is for `masks` to find."""
    names, values = list(_names(turn)), [turn.asker.email, *_addresses_of_messages(turn)]
    if isinstance(turn, Classified):
        named = turn.classification.entities
        values += [*named.references, *named.emails]
    if isinstance(turn, Retrieved):
        names += [turn.evidence.customer.name] if turn.evidence.customer else []
        values += _found(turn.evidence)
    return Personal(
        tuple(dict.fromkeys(name for name in names if name.strip())),
        tuple(dict.fromkeys(value for value in values if len(value.strip()) >= SHORTEST)),
    )


def _names(turn: Turn) -> Iterator[str]:
    yield turn.asker.name
    yield from (said.by.name for said in (*turn.history, *turn.messages) if said.by)


def _addresses_of_messages(turn: Turn) -> Iterator[str]:
    yield from (said.by.email for said in (*turn.history, *turn.messages) if said.by)


def _found(evidence: Evidence) -> Iterator[str]:
    if evidence.customer:
        yield from _of_customer(evidence.customer)
    for fact in evidence.facts:
        if any(char.isdigit() for char in fact.key):  # others name a kind: `own`
            yield fact.key
        for name, value in fact.attributes.items():
            if name in PERSONAL_ATTRIBUTES:
                yield from _texts(value)


def _of_customer(customer: Customer) -> Iterator[str]:
    yield from (customer.id, customer.email, customer.phone)
    if customer.address:
        yield from _of_address(customer.address)


def _of_address(address: Address) -> Iterator[str]:
    yield address.words
    yield from (address.line1, address.line2, address.postcode, address.city)


def _texts(value: JsonValue) -> Iterator[str]:
    match value:
        case str():
            yield value
            yield from (part.strip() for part in value.split(","))
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
