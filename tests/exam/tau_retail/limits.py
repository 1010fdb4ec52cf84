"""The same pack under another limit for refunds: one number of its rules' text is changed."""

from collections.abc import Iterator

from tests.exam.tau_retail.pack import Pack

SHIPPED_LIMIT = "10000000"
"""As it stands in actions.cedar, in cents."""
EVERYBODYS_LIMITS = (0, 50_00, 250_00, 1000_00)


def limits_around(amount_cents: int) -> Iterator[int]:
    """Some limits in cents, among them those just below, at and just above an amount."""
    near = (amount_cents - 1, amount_cents, amount_cents + 1)
    yield from sorted({limit for limit in (*EVERYBODYS_LIMITS, *near) if limit >= 0})


def with_limit(pack: Pack, limit_cents: int) -> Pack:
    """The pack with that limit."""
    return pack.with_rules(pack.rules.replace(SHIPPED_LIMIT, str(limit_cents)))
