"""Who may use our API: whoever sends the one key."""

import hmac

from deskhand.domain.web import Request


def has_key(request: Request, key: str) -> bool:
    """Whether the request carries the key; never, while no key is set."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    fits = hmac.compare_digest(given.strip().encode(), key.encode())
    return bool(key) and scheme.lower() == "bearer" and fits
