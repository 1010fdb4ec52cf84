"""What ends a command early: one sentence that says what is wrong and what to do."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

LONGEST_EXCERPT = 500


class CommandError(Exception):
    """Shown as it is, without a traceback; the command ends with `exit_code`."""

    def __init__(self, words: str, *, exit_code: int = 1) -> None:
        super().__init__(words)
        self.exit_code = exit_code


class UnreadableError(CommandError):
    """What was given to the command cannot be read or is not one of its arguments."""

    def __init__(self, words: str) -> None:
        super().__init__(words, exit_code=2)


def words_of(answer: "httpx.Response") -> str:
    """Our own words, or those of the gateway, or of a function that failed."""
    try:
        said = answer.json()
    except ValueError:
        return answer.text[:LONGEST_EXCERPT]
    named = [said[name] for name in ("error", "errorMessage", "message") if said.get(name)]
    return str(named[0] if named else answer.text)[:LONGEST_EXCERPT]
