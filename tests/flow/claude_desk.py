"""A desk where Claude reads and writes, over its stand-in; and all that may go wrong there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from deskhand import wiring
from deskhand.adapters.circuit_breaking import BreakingModel
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.adapters.models.claude.client import ClaudeClient
from deskhand.domain.turn import Ended
from deskhand.wiring.claude import claude_model
from tests.builders import an_asker
from tests.claude.asking import at_anthropic, some_models
from tests.claude.brain import RuleBrain
from tests.claude.replies import (
    Answer,
    Drops,
    HangUp,
    Reply,
    Silence,
    cut_off,
    fails,
    nothing,
    page,
    refuses,
    says,
    thinks,
    too_much_to_read,
    uses_tool,
)
from tests.claude.server import claude_server
from tests.flow.conftest import House

QUESTION = "How long does delivery to France take?"
UNSURE = "so my neighbour says delivery but I say no, who is right"
"""The local classifier makes nothing of it."""
BY_RULE = RuleBrain({"delivery_times": "delivery"})
BROKEN = "Zebras deliver to France within minutes"
WRITTEN = {
    "claims": [{"text": f"{BROKEN}.", "supports": ["P1"], "quotes": [f"{BROKEN}."]}],
    "actions": [],
    "question": "",
    "missing": "",
    "confidence": 0.99,
}
"""A draft that is well formed and true of nothing; in most faults it is cut or wrapped."""

FAULTS: dict[str, Reply] = {
    "no JSON": says(BROKEN),
    "half of the JSON": says(says(WRITTEN).blocks[0]["text"][:90]),
    "another schema": says({"reply": BROKEN}),
    "no content": nothing(),
    "thinking alone": Answer(thinks(BROKEN, "").blocks[:1]),
    "a tool": uses_tool("reply", text=BROKEN),
    "cut off": cut_off(WRITTEN),
    "cut off where it looks whole": Answer(says(WRITTEN).blocks, stop="max_tokens"),
    "refused": refuses("cyber"),
    "refused in the middle": Answer(says(WRITTEN).blocks, stop="refusal"),
    "too much to read": too_much_to_read(),
    "never ended": Answer(says(WRITTEN).blocks, stop=None),
    "rate limit": fails(429, retry_after_s=3600),
    "overloaded": fails(529),
    "broken": fails(500),
    "a page": page(502),
    "a page that says OK": page(200),
    "hung up": HangUp(says(WRITTEN)),
    "silent": Silence(),
    "drop by drop": Drops(),
    "wrong key": fails(401),
    "no credit": fails(402),
    "not there": fails(404),
    "too large": fails(413),
    "wrong request": fails(400, message=BROKEN),
    "invented": says(WRITTEN),
}
SLOW = {"silent", "drop by drop"}
_numbers = count(1)


@contextmanager
def a_desk(house: House, brain: Callable[[dict[str, Any]], object], **bent: Any) -> Iterator[Any]:
    """The house with Claude behind its port, and the stand-in behind Claude."""
    models = some_models(**bent)
    tasks = dict.fromkeys(("classify", "draft", "redraft", "judge"), models.tasks["draft"])
    models = models.model_copy(update={"tasks": tasks})
    spending = MemorySpending(house.clock)
    with claude_server(brain, clock=house.clock) as server, at_anthropic(server) as door:
        house.furnish(spending=spending)
        client = ClaudeClient(door, models, spending.note, pause=lambda _: None)
        wiring.replace({"asked": client})
        wiring.replace({"language_model": BreakingModel(claude_model(), house.clock)})
        yield server


def asks(house: House, text: str = QUESTION) -> tuple[Ended, str]:
    """How the turn of somebody new ends, and everything that they were told."""
    ticket = f"claude-{next(_numbers)}"
    asker = an_asker(email=f"{ticket}@example.com", verified=False)
    house.says(ticket, text, asker=asker)
    (turn,) = house.ended(ticket)
    return turn, "\n".join(house.said(ticket))
