"""Where a key is there the vendor counts the tokens, by its own tokenizer."""

from deskhand.adapters.models.claude.doors import AnthropicDoor
from scripts.evaluation.cost_tokens import counted_by
from tests.claude.server import KEY, claude_server


def test_the_vendor_is_asked_to_count_and_not_to_answer() -> None:
    with claude_server(lambda _: "nobody asks this") as server:
        door = AnthropicDoor(lambda: KEY, address=server.url)
        tokens = counted_by(door.client(), "claude-haiku-5-5")

        assert tokens("Where is my order? " * 100) > tokens("Where is my order?") > 0
        door.close()
        assert server.requests == []
