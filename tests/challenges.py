"""Builds challenges for tests: each says only what it bends."""

from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.code import Challenge
from tests.builders import CONVERSATION, NOON


def a_challenge(**bent: Any) -> Challenge:
    at: datetime = bent.pop("at", NOON)
    given = {
        "conversation_id": CONVERSATION,
        "turn_id": "t1",
        "episode": 1,
        "email": "ada@example.com",
        "account": "an account",
        "issued_at": at,
        "expires_at": at + timedelta(minutes=10),
        "tries_left": 5,
        "proof_s": 3600,
    }
    return Challenge.model_validate(given | bent)
