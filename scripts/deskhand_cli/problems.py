"""What ends a command early: one sentence that says what is wrong and what to do."""


class CommandError(Exception):
    """Shown as it is, without a traceback; the command ends with `exit_code`."""

    def __init__(self, words: str, *, exit_code: int = 1) -> None:
        super().__init__(words)
        self.exit_code = exit_code


class UnreadableError(CommandError):
    """What was given to the command cannot be read or is not one of its arguments."""

    def __init__(self, words: str) -> None:
        super().__init__(words, exit_code=2)
