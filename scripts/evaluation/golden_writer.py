"""Who writes while golden tickets are evaluated, and whether their answers are kept or replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand import wiring
from deskhand.adapters.memory.files import MemoryFiles
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.ports import Clock

OFFLINE = "offline"
CLAUDE = ("asked", "judge")
"""What is made once beside the model itself, where Claude writes."""


@dataclass(frozen=True)
class Writer:
    """The model, and where its answers go to or come from."""

    model: str = OFFLINE
    """As DESKHAND_LANGUAGE_MODEL names it."""
    recordings: str = "none"
    """As DESKHAND_MODEL_RECORDINGS says it: `none`, `record:<folder>` or `replay:<folder>`."""
    key: str = field(default="", repr=False)
    """Of Anthropic's API."""

    @property
    def replays(self) -> bool:
        """Whether nobody is asked: every answer was given before."""
        return self.recordings.startswith("replay:")

    @property
    def is_random(self) -> bool:
        """Whether a second run may come out otherwise."""
        return self.model != OFFLINE and not self.replays

    @property
    def lacks_key(self) -> bool:
        """Whether it would have to be asked by a key that nobody gave."""
        return self.model == "claude" and not self.replays and not self.key

    @property
    def settings(self) -> Mapping[str, str]:
        """What the wiring is told."""
        return {
            "DESKHAND_LANGUAGE_MODEL": self.model,
            "DESKHAND_MODEL_RECORDINGS": self.recordings,
            "DESKHAND_ANTHROPIC_KEY_SECRET": "none",
        }

    def kept(self) -> dict[str, Any]:
        """The ports that serve every ticket."""
        if self.model == OFFLINE:
            return {}
        if self.key:
            from deskhand.adapters.models.claude.doors import AnthropicDoor

            wiring.replace({"claude_door": AnthropicDoor(lambda: self.key)})
        return {name: getattr(wiring, name)() for name in CLAUDE}

    def of_one_ticket(self, clock: Clock) -> dict[str, Any]:
        """The ports that are new for every ticket."""
        if self.model == OFFLINE:
            return {}
        return {"spending": MemorySpending(clock), "file_shelf": MemoryFiles()}
