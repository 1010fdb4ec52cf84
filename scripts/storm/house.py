"""The house in the storm: the real handlers over twins in memory, every call of them fragile."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from deskhand import wiring
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.dead_letters import MemoryDeadLetters
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.once import MemoryOnce
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.domain.policy import Policy
from deskhand.jobs.approval_links import ApprovalLinks
from deskhand.jobs.intake import Intake
from deskhand.ports import Connectors, Permissions
from scripts.deskhand_cli.memory_house import FUNCTIONS, SETTINGS, STAGES, wired
from scripts.local_stack.handlers import load_handler
from scripts.storm.faults import Faults, Fragile, fragile
from scripts.storm.machine import Machine
from scripts.storm.shop import shop_of
from scripts.storm.witness import WatchedConversations, WatchedDesk, WatchedSystem, Witness
from scripts.storm.writer import CHUNKS, StormEmbedder, StormModel, no_fitted_intents

WALKED = (*STAGES, "intake", "dispatch", "dead_letters", "settle")
SYSTEMS = ("identity", "customers", "orders", "billing", "letters")
"""The systems of record that the storm's customers have dealings with."""
QUIET = {"POWERTOOLS_METRICS_DISABLED": "true"}
API_KEY = "the key of the storm"

Ports = dict[str, Any]
Bug = Callable[[Ports], Ports]
"""What a test plants: other things behind the ports, before faults are put in front of them."""


@dataclass(frozen=True)
class Kept:
    """What takes long to make and never changes."""

    policy: Policy
    permissions: Permissions
    handlers: Mapping[str, ModuleType]


@contextmanager
def kept() -> Iterator[Kept]:
    """What all worlds share; the environment and the wiring are afterwards as they were."""
    with wired(SETTINGS | QUIET):
        handlers = {name: load_handler(FUNCTIONS / name) for name in WALKED}
        yield Kept(wiring.policy(), wiring.permissions(), handlers)


@dataclass(frozen=True)
class House:
    """The twins themselves, for whoever looks at them from outside the storm."""

    state: MemoryDesk
    conversations: WatchedConversations
    approvals: MemoryApprovals
    outbox: MemoryOutbox
    ledger: MemoryLedger
    desk: WatchedDesk
    inbox: MemoryInbox
    shop: SampleShop
    witness: Witness


def built(customers: int, clock: Callable[[], Any]) -> House:
    """An empty house beside a shop with so many customers."""
    witness, state = Witness(), MemoryDesk(clock)
    conversations = WatchedConversations(state, witness)
    return House(
        state,
        conversations,
        MemoryApprovals(state),
        MemoryOutbox(state),
        MemoryLedger(),
        WatchedDesk(witness, conversations, clock),
        MemoryInbox(),
        SampleShop.seed(":memory:", shop_of(customers), clock=clock),
        witness,
    )


def furnish(
    house: House, machine: Machine, keep: Kept, faults: Faults, clock: Any, bug: Bug
) -> None:
    """Wires the house: behind each port its twin, before each twin whatever goes wrong."""
    embedder = StormEmbedder()
    knowledge = MemoryKnowledge()
    knowledge.replace(CHUNKS, embedder.embed(CHUNKS), fingerprint=embedder.fingerprint)
    ports = bug(
        {
            "conversations": house.conversations,
            "approvals": house.approvals,
            "outbox": house.outbox,
            "ledger": house.ledger,
            "stops": MemoryStops(keep.policy.stops),
            "codes": MemoryCodes(),
            "dead_letters": MemoryDeadLetters(),
            "inbox": house.inbox,
            "once": MemoryOnce(),
            "built_in_desk": house.desk,
            "workflow": machine,
            "embedder": embedder,
            "knowledge": knowledge,
            "language_model": StormModel(wiring.spending),
            "spending": MemorySpending(clock),
            "permissions": keep.permissions,
            "connectors": _watched(house),
        }
    )
    systems = ports.pop("connectors")
    breaking = fragile(ports, faults) | {"clock": _clock(clock, faults)}
    named = {name: Fragile(name, getattr(systems, name), faults) for name in SYSTEMS}
    wiring.reset()
    wiring.replace(
        breaking
        | {
            "policy": keep.policy,
            "fitted_intents": no_fitted_intents(),
            "reranker": None,
            "connectors": replace(systems, **named),
            "approval_links": ApprovalLinks(key=lambda: "the key of links", public_url=""),
            "intake": Intake(
                doors={},
                webhook_secret=lambda _: "",
                api_key=lambda: API_KEY,
                built_in=breaking["built_in_desk"],
                inbox=breaking["inbox"],
                once=breaking["once"],
                codes=breaking["codes"],
                clock=breaking["clock"],
            ),
        }
    )


def _watched(house: House) -> Connectors:
    shop = house.shop.connectors
    watched = replace(
        shop,
        orders=WatchedSystem(shop.orders, ["cancel"], house.witness),
        billing=WatchedSystem(shop.billing, ["refund"], house.witness),
    )
    return with_tickets(watched, house.desk)


def _clock(clock: Any, faults: Faults) -> Any:
    return Fragile("clock", _Now(clock), faults).now


class _Now:
    """A clock with a verb, so that it is a boundary like any other."""

    def __init__(self, clock: Any) -> None:
        self._clock = clock

    def now(self) -> Any:
        """The time."""
        return self._clock()
