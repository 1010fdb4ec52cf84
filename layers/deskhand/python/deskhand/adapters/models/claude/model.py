"""Claude as the port `LanguageModel`: makes an ask of a turn, and a reading or a draft of it."""

from collections.abc import Sequence

from deskhand.adapters.models.claude.ask import Asked
from deskhand.adapters.models.claude.classifying import ask_to_classify, classification_of
from deskhand.adapters.models.claude.drafting import ask_for_draft, draft_of, needs_no_words
from deskhand.adapters.models.claude.layers import to_draft
from deskhand.adapters.models.claude.requests import is_taken
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn


class ClaudeModel:
    """Reads and writes by asking a model; whatever it gives is for the gate to judge."""

    def __init__(self, asked: Asked, policy: Policy, tools: Sequence[ToolSpec]) -> None:
        """`tools` are all that the desk has: what is steady is told of all of them."""
        self._asked = asked
        self._to_draft = to_draft(policy, tools)

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What the turn's messages are about, no surer than such a reading has earned."""
        answered = self._asked.ask(ask_to_classify(turn, intents))
        return classification_of(answered, turn, intents)

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[OpenedFile] = (),
    ) -> Draft:
        """What to say and to do, sentence by sentence, with the real ids of what supports it.
        Where the desk needs no words of ours nobody is asked. A file that the vendor would refuse,
        and the whole request with it, is not shown, and so not read."""
        files = [one for one in files if is_taken(one)]
        if not files and needs_no_words(turn, intents):
            return Draft(written_by="nobody")
        ask = ask_for_draft(turn, steady=self._to_draft, intents=intents, tools=tools, files=files)
        return draft_of(self._asked.ask(ask), turn, files=files)
