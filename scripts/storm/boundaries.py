"""Every boundary at which something can go wrong, and those that no turn ever crosses."""

from collections.abc import Iterator

from deskhand import ports
from scripts.storm.faults import Boundary

PORTS: dict[str, type] = {
    "conversations": ports.Conversations,
    "approvals": ports.Approvals,
    "outbox": ports.Outbox,
    "ledger": ports.Ledger,
    "stops": ports.Stops,
    "codes": ports.Codes,
    "dead_letters": ports.DeadLetters,
    "inbox": ports.Inbox,
    "once": ports.Once,
    "built_in_desk": ports.BuiltInDesk,
    "workflow": ports.Workflow,
    "embedder": ports.Embedder,
    "knowledge": ports.KnowledgeBase,
    "language_model": ports.LanguageModel,
    "spending": ports.Spending,
    "permissions": ports.Permissions,
    "identity": ports.Identity,
    "customers": ports.Customers,
    "orders": ports.Orders,
    "billing": ports.Billing,
    "letters": ports.Letters,
}
"""The ports of the storm, by their names in the wiring and in `Connectors`."""

BY_PEOPLE = "people do this, by the console"
BY_REINDEX = "only the reindex does this"
NOT_WISHED = "nobody in the storm wishes for this: a deed is done as a refund is"

LEFT_OUT: dict[str, dict[str, str]] = {
    "conversations": {"turns": BY_PEOPLE},
    "approvals": {"open": BY_PEOPLE},
    "stops": {"release": BY_PEOPLE},
    "dead_letters": {"all": BY_PEOPLE},
    "built_in_desk": {
        "tickets": BY_PEOPLE,
        "assign": BY_PEOPLE,
        "person_says": BY_PEOPLE,
        "tickets_of": "the tickets' system of record asks this",
        "open_own": "the tickets' system of record asks this",
    },
    "embedder": {"fingerprint": "it is no call"},
    "knowledge": {
        "fingerprint": "it is no call",
        "indexed": BY_REINDEX,
        "vectors": BY_REINDEX,
        "replace": BY_REINDEX,
    },
    "customers": dict.fromkeys(
        ("made", "update", "move", "recover_password", "resend_activation", "delete"), NOT_WISHED
    ),
    "orders": dict.fromkeys(
        (
            *("return_lines", "exchange_lines", "reship"),
            *("change_address", "change_lines", "change_payment"),
        ),
        NOT_WISHED,
    ),
    "billing": {"credit": NOT_WISHED},
}
"""What is declared and not to be hit, and why."""


def boundaries() -> tuple[Boundary, ...]:
    """All that a storm has to hit, in the order of the ports."""
    return (Boundary("clock", "now"), *_declared())


def _declared() -> Iterator[Boundary]:
    for port, protocol in PORTS.items():
        for verb in _verbs(protocol):
            if verb not in LEFT_OUT.get(port, {}):
                yield Boundary(port, verb)


def _verbs(protocol: type) -> list[str]:
    """The public verbs that a port declares, by itself or by what it stands on."""
    declared = [
        vars(one) for one in reversed(protocol.__mro__) if one.__module__.startswith("desk")
    ]
    return [verb for names in declared for verb in names if not verb.startswith("_")]
