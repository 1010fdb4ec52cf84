"""Strangers who are asked for a code: their challenges, their turns, a desk with a post office."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.code import Challenge, CodeTried
from deskhand.domain.turn import Judged
from deskhand.domain.verdict import Objection, Verdict
from deskhand.stages.challenge import challenge
from deskhand.stages.objections.asks import UNVERIFIED
from tests.builders import CONVERSATION, NOON, a_judged_turn, a_message, an_asker, some_evidence
from tests.memory_house import MemoryHouse

ADA = "ada@example.com"


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


class Post:
    """Letters that were sent; `fails` with this error after the letter is gone."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.fails = fails

    def send(self, to: str, *, subject: str, text: str) -> None:
        self.sent.append((to, subject, text))
        if self.fails:
            raise self.fails

    @property
    def code(self) -> str:
        """The code of the last letter."""
        (code,) = re.findall(r"\b\d{6}\b", self.sent[-1][2])
        return str(code)


class House(MemoryHouse):
    """A desk in memory with a post office."""

    def __init__(self, post: Any = None, **bent: Any) -> None:
        super().__init__(**bent)
        self.post = post or Post()
        self.connectors = replace(self.connectors, letters=self.post)

    def challenges(self, turn: Judged) -> str | Objection:
        return challenge(turn, policy=self.policy, world=self.world)

    def standing(self) -> Challenge:
        found = self.codes.standing("inbox:T1")
        assert found is not None
        return found


def asking(*texts: str, email: str = ADA, tried: CodeTried | None = None, **bent: Any) -> Judged:
    """A turn that goes out asking who is asking, after this came of the code in its message."""
    turn = a_judged_turn(
        *texts,
        asker=an_asker(email=email, verified=False),
        evidence=some_evidence(customer=None, facts=()),
        verdict=Verdict(decision="send", objections=(UNVERIFIED,)),
        **bent,
    )
    if tried is None:
        return turn
    answer = a_message("[one-time code]", id="answer", code=tried)
    return turn.model_copy(update={"messages": (*turn.messages, answer)})
