"""Tests that ask Claude itself: with a key in the environment alone, and never silently without."""

import os
from contextlib import closing

import pytest

from deskhand.adapters.models.claude.doors import AnthropicDoor

KEY_VARIABLE = "ANTHROPIC_API_KEY"
WHY_NOT = f"Claude itself was not asked: there is no {KEY_VARIABLE}"
LIVE = (
    pytest.mark.live,
    pytest.mark.enable_socket,  # the network is open for these alone
    pytest.mark.skipif(not os.environ.get(KEY_VARIABLE), reason=WHY_NOT),
)


def at_claude_itself() -> closing[AnthropicDoor]:
    """The way to the real one."""
    return closing(AnthropicDoor(lambda: os.environ[KEY_VARIABLE]))
