"""The same pack under another limit for refunds: one number of its policy's text is changed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from deskhand.adapters.cedar_permissions import CedarPermissions
from tests.exam.tau_retail.pack import POLICIES, Pack

SHIPPED_LIMIT = "10000000"
"""As it stands in actions.cedar, in cents."""
EVERYBODYS_LIMITS = (0, 50_00, 250_00, 1000_00)


def limits_around(amount_cents: int) -> Iterator[int]:
    """Some limits in cents, among them those just below, at and just above an amount."""
    near = (amount_cents - 1, amount_cents, amount_cents + 1)
    yield from sorted({limit for limit in (*EVERYBODYS_LIMITS, *near) if limit >= 0})


def with_limit(pack: Pack, limit_cents: int) -> Pack:
    """The pack with that limit."""
    return replace(pack, permissions=_limited(limit_cents))


@lru_cache(maxsize=64)
def _limited(limit_cents: int) -> CedarPermissions:
    rules, schema = (
        (POLICIES / name).read_text(encoding="utf-8")
        for name in ("actions.cedar", "actions.cedarschema")
    )
    if rules.count(SHIPPED_LIMIT) != 1:
        raise ValueError(f"actions.cedar should say {SHIPPED_LIMIT} exactly once")
    return CedarPermissions(rules.replace(SHIPPED_LIMIT, str(limit_cents)), schema)
