"""How far an entry of the ledger has got: forward only."""

from deskhand.domain.ledger import LedgerEntry, LedgerState

RANK: dict[LedgerState, int] = {
    "begun": 0,
    "done": 1,
    "unknown": 2,  # may still be cleared up by reading the outcome back
    "confirmed": 3,
    "refused": 3,
}


def furthered(stored: LedgerEntry | None, entry: LedgerEntry) -> LedgerEntry | None:
    """What is to be stored; None: the entry would be a step back, or none at all.

    When it was begun, and the other side's reference once it is known, stay as they are.
    """
    if stored is None:
        return entry
    if RANK[entry.state] <= RANK[stored.state]:
        return None
    kept = {"begun_at": stored.begun_at, "reference": entry.reference or stored.reference}
    return entry.model_copy(update=kept)
