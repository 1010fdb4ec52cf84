"""Claude: where it is asked, and who reads a draft a second time."""

from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.errors import Rejected
from deskhand.wiring.environment import before_snapshot, laptop_setting, port, setting
from deskhand.wiring.policies import clock, policy
from deskhand.wiring.state import secret, spending

if TYPE_CHECKING:
    from deskhand.adapters.models.claude.ask import Asked
    from deskhand.adapters.models.claude.doors import Door
    from deskhand.domain.usage import Usage
    from deskhand.ports import GroundingJudge, LanguageModel

WAYS = ("claude", "bedrock")
"""What DESKHAND_LANGUAGE_MODEL says where Claude writes: by Anthropic's API, or in Bedrock."""


@port
def asked() -> "Asked":
    """Who is asked, in the way that is set; on a laptop also a recording."""
    what, _, where = laptop_setting("DESKHAND_MODEL_RECORDINGS").partition(":")
    if what == "none":
        return _claude()
    if what not in ("record", "replay") or not where:
        raise Rejected(
            f"DESKHAND_MODEL_RECORDINGS names {what!r}; known: none, record:<folder>,"
            " replay:<folder>"
        )
    from deskhand.adapters.models.claude.recording import Recorded, Replayed
    from deskhand.adapters.models.claude.recordings import Shelf

    shelf, choices = Shelf(Path(where)), policy().models.tasks
    return Replayed(shelf, choices) if what == "replay" else Recorded(_claude(), shelf, choices)


def _claude() -> "Asked":
    from deskhand.adapters.models.claude.client import ClaudeClient

    before_snapshot(claude_sdk)
    return ClaudeClient(claude_door(), policy().models, _note)


@port
def claude_sdk() -> object:
    """The vendor's SDK; most of a second to import, so only what is asked needs it."""
    from deskhand.adapters.models.claude.doors import load_sdk

    return load_sdk()


def claude_model() -> "LanguageModel":
    """Claude, who reads and writes."""
    from deskhand.adapters.models.claude.model import ClaudeModel
    from deskhand.tools.registry import OURS

    return ClaudeModel(asked(), policy(), [tool.spec() for tool in OURS.actions.values()])


@port
def judge() -> "GroundingJudge | None":
    """Who reads a draft a second time; None where the policy names nobody, or Claude is not
    asked."""
    if setting("DESKHAND_LANGUAGE_MODEL") not in WAYS or "judge" not in policy().models.tasks:
        return None
    from deskhand.adapters.careful_judge import CarefulJudge
    from deskhand.adapters.models.claude.judging import ClaudeJudge

    return CarefulJudge(ClaudeJudge(asked()), clock())


@port
def claude_door() -> "Door":
    """The way to Claude that is set; the key is read when it is first needed."""
    from deskhand.adapters.models.claude.doors import AnthropicDoor, BedrockDoor

    if setting("DESKHAND_LANGUAGE_MODEL") == "bedrock":
        return BedrockDoor()
    if setting("DESKHAND_ANTHROPIC_KEY_SECRET") == "none":
        raise Rejected(
            "LanguageModel is claude, and AnthropicSecret none: docs/claude.md says how a key gets"
            " there"
        )
    return AnthropicDoor(lambda: secret("DESKHAND_ANTHROPIC_KEY_SECRET"))


def _note(conversation_id: str, used: "Usage") -> None:
    if kept := spending():
        kept.note(conversation_id, used)
