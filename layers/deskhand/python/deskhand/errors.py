"""The only two errors that cross a port: one is worth another try, the other is not."""


class DeskhandError(Exception):
    """What went wrong outside, in words that a person at the desk understands."""


class Unavailable(DeskhandError):
    """The other side could not be reached or was busy: the state machine tries again by this
    name."""


class Rejected(DeskhandError):
    """The other side understood and said no: trying again changes nothing, a person takes over."""
