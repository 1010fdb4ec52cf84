"""Claude as the port `GroundingJudge`: reads each sentence beside what it cites."""

from deskhand.adapters.models.claude.ask import Asked
from deskhand.domain.draft import Doubt
from deskhand.domain.turn import Drafted
from deskhand.domain.usage import Usage


class ClaudeJudge:
    """Names the sentences that it does not find in what they cite; can only make the gate
    stricter."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def doubts(self, turn: Drafted) -> tuple[tuple[Doubt, ...], Usage]:
        """The claims that do not stand in what they cite, and what asking cost."""
        raise NotImplementedError
