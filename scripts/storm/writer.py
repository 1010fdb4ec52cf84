"""Who reads and writes in the storm: by the words that its customers use, at once and always."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from deskhand.adapters.lenient_spending import LenientSpending
from deskhand.adapters.models.offline import OfflineModel
from deskhand.domain.article import Chunk
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Claim, Draft
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.domain.usage import Usage
from deskhand.ports import Spending
from deskhand.text.followups import standalone_question
from deskhand.text.intents import FittedIntents
from deskhand.text.wordings import BUCKETS

SAYS = (
    ("refund", "refund_request"),
    ("cancel", "cancel_order"),
    ("where is", "order_status"),
    ("any news", "follow_up"),
    ("how long", "return_policy"),
    ("forget", "withdraw_request"),
    ("thank", "thanks"),
)
"""What stands in a message, and what it then is about; the first counts."""

MADE_UP = Claim(text="A unicorn will bring it on the 31st of February.")
MADE_UP_OF_256 = 12
"""So many turns of 256 are first answered with that."""
PRICE = Usage(model="the storm", calls=1, cost_microusd=100)
"""Of each call; the budget outlasts every storm."""
RETURNS = "You can send everything back within 30 days of delivery."
CHUNKS = (
    Chunk(
        id="returns#1",
        article_id="returns",
        title="Returns",
        heading="How long",
        text=RETURNS,
        content_hash="1",
        category="returns",
        audience="public",
        authority=1,
        policy_id="",
        effective_from=None,
        effective_until=None,
        language="en",
    ),
)


class StormEmbedder:
    """To it everything means the same: the words decide."""

    @property
    def fingerprint(self) -> str:
        """Always the same."""
        return "storm:1"

    def embed(self, texts: Sequence[Any]) -> Any:
        """The one vector that there is, for each."""
        return np.ones((len(texts), 1), dtype=np.float32)


def no_fitted_intents() -> FittedIntents:
    """A classifier that is never sure, so that the model is asked each time."""
    nothing = np.zeros((1, 1))
    return FittedIntents(
        names=("nothing",),
        weights=nothing,
        biases=np.zeros(1),
        examples=nothing,
        owners=np.zeros(1, dtype=int),
        rarity=np.ones(BUCKETS),
        word_weights=np.zeros((BUCKETS, 1)),
        sureness=np.array([0.0, 0.0, 0.0, -9.0]),
        sure_from=1.0,
        fingerprint=StormEmbedder().fingerprint,
    )


class StormModel(OfflineModel):
    """The offline model, which reads by the words of `SAYS`, and wants to be paid."""

    def __init__(self, spending: Callable[[], Spending | None]) -> None:
        super().__init__(StormEmbedder(), no_fitted_intents())
        self._spending = spending

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What is said, and nothing in doubt."""
        self._note(turn)
        question = standalone_question(turn)
        read: dict[str, IntentGuess] = {}
        for part in question.splitlines():
            named = (intent for words, intent in SAYS if words in part.lower())
            for intent in islice(named, 1):
                read.setdefault(intent, IntentGuess(intent=intent, confidence=0.95, part=part))
        return Classification(intents=tuple(read.values()), question=question, read_by="the storm")

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[object] = (),
    ) -> Draft:
        """What the records say; to some turns first something that stands nowhere."""
        self._note(turn)
        draft = super().draft(turn, intents=intents, tools=tools)
        if turn.looks or int(turn.id[:2], 16) >= MADE_UP_OF_256:
            return draft
        return draft.model_copy(update={"claims": (*draft.claims, MADE_UP)})

    def _note(self, turn: Turn) -> None:
        if spending := self._spending():
            LenientSpending(spending).note(turn.conversation_id, PRICE)
