"""A house for golden tickets: the machine's own handlers over twins in memory, a new one each."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from deskhand import wiring
from deskhand.adapters.article_sources import FolderArticles
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_entries import passage_of
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.domain.article import Article
from deskhand.domain.evidence import Passage
from deskhand.domain.policy import Policy
from deskhand.jobs.approval_links import ApprovalLinks
from deskhand.jobs.reindex import reindex
from deskhand.text.chunks import cut
from deskhand.text.macros import filled
from scripts.deskhand_cli.memory_house import FUNCTIONS, HEAVY, SETTINGS, STAGES, wired
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.evaluation.golden_writer import Writer
from scripts.evaluation.retrieval_views import RememberingEmbedder
from scripts.local_stack.handlers import load_handler
from scripts.storm.graph import Graph
from scripts.storm.machine import Machine

DAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""On which every ticket is written, so that what is measured does not change with the calendar."""
QUIET = {"POWERTOOLS_METRICS_DISABLED": "true"}
OFFLINE_WRITER = Writer()
Ports = dict[str, Any]


class DayClock:
    """The time of one ticket, which only its walk moves."""

    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """So much later."""
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Room:
    """What one ticket is walked in: nobody has ever written, and the shop is as new."""

    clock: DayClock
    state: MemoryDesk
    machine: Machine


class GoldenHouse:
    """What takes long to make and serves every ticket."""

    def __init__(self, folder: Path, writer: Writer) -> None:
        self._writer = writer
        self.graph = Graph.read(FUNCTIONS / "ticket.asl.json")
        self.handlers: dict[str, ModuleType] = {
            stage: load_handler(FUNCTIONS / stage) for stage in STAGES
        }
        self.errors: list[str] = []
        """What handlers raised, in order."""
        embedder = RememberingEmbedder(wiring.embedder())
        self._clock = DayClock()
        knowledge = EmbeddedKnowledge(FolderShelf(folder), clock=self._clock)
        wiring.replace({"embedder": embedder, "knowledge": knowledge, "clock": self._clock})
        self.kept: Ports = writer.kept() | {name: getattr(wiring, name)() for name in HEAVY}
        reindex(
            source=FolderArticles(SAMPLE / "articles"),
            knowledge=knowledge,
            embedder=embedder,
            macros=self.policy.macros,
        )
        self._shop = ShopData.model_validate(
            json.loads((SAMPLE / "shop.json").read_text(encoding="utf-8"))
        )

    @property
    def policy(self) -> Policy:
        """All policy files."""
        policy: Policy = self.kept["policy"]
        return policy

    @cached_property
    def passages(self) -> Mapping[str, tuple[Passage, ...]]:
        """Everything that each article says, by its id; read from the files, not searched."""
        read = FolderArticles(SAMPLE / "articles").articles()
        whole = filled((one for one in read if isinstance(one, Article)), self.policy.macros)
        return {one.id: tuple(map(passage_of, cut(one))) for one in whole.articles}

    @contextmanager
    def room(self) -> Iterator[Room]:
        """A fresh desk behind every port, while the block lasts."""
        clock = DayClock()
        state = MemoryDesk(clock)
        machine = Machine(self.graph, self.invoke, clock, Random(0))
        built_in = MemoryBuiltInDesk(clock)
        shop = SampleShop.seed(":memory:", self._shop, clock=clock)
        wiring.reset()
        wiring.replace(
            self.kept
            | self._writer.of_one_ticket(clock)
            | {
                "clock": clock,
                "conversations": MemoryConversations(state),
                "approvals": MemoryApprovals(state),
                "codes": MemoryCodes(),
                "outbox": MemoryOutbox(state),
                "ledger": MemoryLedger(),
                "stops": MemoryStops(self.policy.stops),
                "built_in_desk": built_in,
                "workflow": machine,
                "reranker": None,
                "connectors": with_tickets(shop.connectors, built_in),
                "approval_links": ApprovalLinks(key=lambda: "a key of links", public_url=""),
            }
        )
        try:
            yield Room(clock, state, machine)
        finally:
            shop.close()

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        """One call of a function; what it raises is noted, and is the machine's to deal with."""
        # Metrics are written to standard output, which on AWS is the log; here it is for results.
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
            try:
                return self.handlers[function].handler(event, None)
            except Exception as error:
                self.errors.append(f"{function}: {type(error).__name__}: {error}")
                raise


@contextmanager
def golden_house(
    folder: Path,
    *,
    writer: Writer = OFFLINE_WRITER,
    furnished: Callable[[GoldenHouse], None] = lambda _: None,
) -> Iterator[GoldenHouse]:
    """A house that stands while the block lasts; `furnished` may put other things in it."""
    with wired({**SETTINGS, **QUIET, **writer.settings}):
        house = GoldenHouse(folder, writer)
        furnished(house)
        yield house
