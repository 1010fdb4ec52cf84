"""The rules that the benchmark of the gate counts with: each in Cedar, and as a Python function.

They are the limits of a refund as we ship them. A variation has its numbers a little further away,
so that any number of rules can be asked about the same refund.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Attributes = Mapping[str, Any]
Forbids = Callable[[Attributes, Attributes, Attributes, int], bool]
"""Whether a rule forbids it: who asks, for what, things standing how, and the variation."""

PERMIT = 'permit (principal, action == Action::"refund_order", resource);'
STATES = ("placed", "packed", "shipped", "delivered", "cancelled", "returned")


@dataclass(frozen=True)
class Limit:
    """One limit in both languages; `{n}` in the Cedar text is the variation's number."""

    code: str
    when: str
    unless: str
    forbids: Forbids

    def in_cedar(self, n: int) -> str:
        """The limit's variation as a rule."""
        unless = f" unless {{ {self.unless} }}" if self.unless else ""
        when = self.when.replace("{n}", str(n))
        return (
            f'@code("{self.code}_{n}") @words("{self.code} stands against it.")\n'
            f'forbid (principal, action == Action::"refund_order", resource) '
            f"when {{ {when} }}{unless};"
        )


APPROVED = "context.approved"
LIMITS = (
    Limit("VERIFY", "{n} >= 0", "context.verified", lambda p, r, c, n: not c["verified"]),
    Limit(
        *("STOPPED", "context.stopped && {n} >= 0", APPROVED),
        lambda p, r, c, n: c["stopped"] and not c["approved"],
    ),
    Limit(
        *("ATTEMPTS", "context.attempts_in_1_hour >= 3 + {n}", APPROVED),
        lambda p, r, c, n: c["attempts_in_1_hour"] >= 3 + n and not c["approved"],
    ),
    Limit(
        *("PHOTO", 'context.intent == "damaged_item" && {n} >= 0'),
        "context.shown || context.approved",
        lambda p, r, c, n: c["intent"] == "damaged_item" and not (c["shown"] or c["approved"]),
    ),
    Limit(
        *("CURRENCY", 'context.amount_cents > {n} && context.currency != "EUR"', APPROVED),
        lambda p, r, c, n: c["amount_cents"] > n and c["currency"] != "EUR" and not c["approved"],
    ),
    Limit(
        *("TICKET", "context.ticket_cents + context.amount_cents > 10000 + {n}", APPROVED),
        lambda p, r, c, n: c["ticket_cents"] + c["amount_cents"] > 10000 + n and not c["approved"],
    ),
    Limit(
        *("TODAY", "context.customer_today_cents + context.amount_cents > 15000 + {n}", APPROVED),
        lambda p, r, c, n: (
            c["customer_today_cents"] + c["amount_cents"] > 15000 + n and not c["approved"]
        ),
    ),
    Limit(
        *("DAILY", "context.refunded_today_cents + context.amount_cents > 100000 + {n}", APPROVED),
        lambda p, r, c, n: (
            c["refunded_today_cents"] + c["amount_cents"] > 100000 + n and not c["approved"]
        ),
    ),
    Limit(
        *("FLAGGED", "principal.flagged && {n} >= 0", APPROVED),
        lambda p, r, c, n: p["flagged"] and not c["approved"],
    ),
    Limit(
        *("VIP", "principal.vip && {n} >= 0", APPROVED),
        lambda p, r, c, n: p["vip"] and not c["approved"],
    ),
    Limit(
        *("ABOVE_LIMIT", "context.amount_cents > 5000 + {n}", APPROVED),
        lambda p, r, c, n: c["amount_cents"] > 5000 + n and not c["approved"],
    ),
    Limit(
        *("SECOND", "context.refunds_in_7_days >= 1 + {n}", APPROVED),
        lambda p, r, c, n: c["refunds_in_7_days"] >= 1 + n and not c["approved"],
    ),
    Limit(
        *("PLACE", "resource.ship_to_country != principal.country && {n} >= 0", APPROVED),
        lambda p, r, c, n: r["ship_to_country"] != p["country"] and not c["approved"],
    ),
    Limit(
        *("STATE", f"!{list(STATES)}.contains(resource.status)".replace("'", '"'), ""),
        lambda p, r, c, n: r["status"] not in STATES,
    ),
    Limit(
        *("NOT_SENT", 'resource.status == "placed" || resource.status == "packed"', ""),
        lambda p, r, c, n: r["status"] == "placed" or r["status"] == "packed",
    ),
    Limit(
        *("NO_AMOUNT", "resource.refundable_cents > 0 && context.amount_cents <= 0 - {n}", ""),
        lambda p, r, c, n: r["refundable_cents"] > 0 and c["amount_cents"] <= -n,
    ),
    Limit(
        *("NOTHING", "resource.refundable_cents <= 0 - {n}", ""),
        lambda p, r, c, n: r["refundable_cents"] <= -n,
    ),
    Limit(
        *("ABOVE_REFUNDABLE", "context.amount_cents > resource.refundable_cents + {n}", ""),
        lambda p, r, c, n: c["amount_cents"] > r["refundable_cents"] + n,
    ),
    Limit(
        *("WINDOW", "resource.delivered_days > 30 + {n}", ""),
        lambda p, r, c, n: r["delivered_days"] > 30 + n,
    ),
)


def cedar_rules(count: int) -> str:
    """So many rules in Cedar: one permit, and limits."""
    return "\n".join([PERMIT, *(limit.in_cedar(n) for limit, n in _varied(count - 1))])


def python_rules(count: int) -> tuple[tuple[str, Forbids, int], ...]:
    """The same limits as functions, each with its code and its variation."""
    return tuple((f"{limit.code}_{n}", limit.forbids, n) for limit, n in _varied(count - 1))


def _varied(count: int) -> list[tuple[Limit, int]]:
    return [(LIMITS[place % len(LIMITS)], place // len(LIMITS)) for place in range(count)]
