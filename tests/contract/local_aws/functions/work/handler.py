"""Fails as it is told, under the two names that our state machine knows."""


class Unavailable(Exception):
    """Worth another try."""


class Rejected(Exception):
    """Not worth another try."""


def handler(event, _context):
    if event["attempt"] < event.get("unavailable_times", 0):
        raise Unavailable("not yet")
    if event.get("rejected"):
        raise Rejected("never")
    return event
