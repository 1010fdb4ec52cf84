"""Who may use our API: whoever sends the one key."""

import hmac
from collections.abc import Callable

from deskhand.domain.web import Answer, Request, refusal

Route = Callable[[Request], Answer]


def has_key(request: Request, key: str) -> bool:
    """Whether the request carries the key; never, while no key is set."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    fits = hmac.compare_digest(given.strip().encode(), key.encode())
    return bool(key) and scheme.lower() == "bearer" and fits


def with_key(answer: Route, key: Callable[[], str]) -> Route:
    """The route, for those who send the key; others are refused (401)."""

    def guarded(request: Request) -> Answer:
        if not has_key(request, key()):
            return refusal(401, "send the API key as `Authorization: Bearer …`")
        return answer(request)

    return guarded
