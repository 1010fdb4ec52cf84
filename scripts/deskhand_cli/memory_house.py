"""The whole house in this process, its state in memory: what is left is our own work."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from deskhand import wiring
from deskhand.adapters.article_sources import FolderArticles
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.adapters.memory.workflow import MemoryWorkflow
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.jobs.reindex import reindex
from deskhand.ports import utc_now
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.local_stack.handlers import environment, load_handler
from scripts.local_stack.stack import LOCAL_PARAMETERS, ROOT

FUNCTIONS = ROOT / "functions"
STAGES = ("classify", "retrieve", "generate", "gate", "act", "ask_person", "escalate")
HEAVY = ("embedder", "fitted_intents", "language_model", "knowledge", "permissions", "policy")
SETTINGS = {
    "DESKHAND_POLICIES_DIR": LOCAL_PARAMETERS["PoliciesDir"],
    "DESKHAND_MODELS_DIR": LOCAL_PARAMETERS["ModelsDir"],
    "DESKHAND_LANGUAGE_MODEL": "offline",
    "DESKHAND_RERANKER": "none",
    "DESKHAND_PUBLIC_URL": "none",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "POWERTOOLS_TRACE_DISABLED": "true",
}


class MemoryHouse:
    """The machine's handlers, and ports that answer without a wire."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shop: SampleShop | None = None
        self.workflow = MemoryWorkflow()
        knowledge = EmbeddedKnowledge(FolderShelf(folder / "index"), clock=utc_now)
        wiring.replace({"knowledge": knowledge})
        self.kept = {name: getattr(wiring, name)() for name in HEAVY}
        reindex(
            source=FolderArticles(SAMPLE / "articles"),
            knowledge=knowledge,
            embedder=wiring.embedder(),
            macros=self.kept["policy"].macros,
        )
        self.handlers = {stage: load_handler(FUNCTIONS / stage) for stage in STAGES}

    def furnish(self) -> None:
        """Nobody has ever written, and the shop is as new."""
        desk = MemoryDesk()
        self.workflow = MemoryWorkflow()
        self.close()
        data = json.loads((SAMPLE / "shop.json").read_text(encoding="utf-8"))
        self._shop = SampleShop.seed(self._folder / "shop.sqlite", data)
        built_in = MemoryBuiltInDesk()
        wiring.reset()
        wiring.replace(
            self.kept
            | {
                "conversations": MemoryConversations(desk),
                "approvals": MemoryApprovals(desk),
                "codes": MemoryCodes(),
                "outbox": MemoryOutbox(desk),
                "ledger": MemoryLedger(),
                "stops": MemoryStops(self.kept["policy"].stops),
                "built_in_desk": built_in,
                "workflow": self.workflow,
                "connectors": with_tickets(self._shop.connectors, built_in),
            }
        )

    def close(self) -> None:
        """Lets go of the shop's file."""
        if self._shop is not None:
            self._shop.close()


@contextmanager
def wired(settings: Mapping[str, str]) -> Iterator[None]:
    """A wiring by these settings while the block lasts; then none, in the environment as it was."""
    with environment(settings):
        wiring.reset()
        try:
            yield
        finally:
            wiring.reset()


@contextmanager
def memory_house(folder: Path) -> Iterator[MemoryHouse]:
    """A house that stands while the block lasts."""
    with wired(SETTINGS), closing(MemoryHouse(folder)) as house:
        yield house
