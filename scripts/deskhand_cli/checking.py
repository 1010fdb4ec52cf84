"""Compares how a ticket ended with how its file says that it should."""

from collections import Counter

from scripts.deskhand_cli.seen import Seen
from scripts.sample.ticket_file import Expected


def differences(expected: Expected, seen: Seen | None) -> tuple[str, ...]:
    """What is otherwise than expected, a sentence each; empty when all is as it should be."""
    if seen is None:
        return ("nothing was kept of it",)
    return (*_of_endings(expected, seen), *_of_codes(expected, seen), *_of_actions(expected, seen))


def codes_of(seen: Seen) -> tuple[str, ...]:
    """The codes of all endings, each once, in their order."""
    return tuple(dict.fromkeys(code for ending in seen.endings for code in ending.codes))


def _of_endings(expected: Expected, seen: Seen) -> tuple[str, ...]:
    found = tuple(ending.kind for ending in seen.endings)
    still_open = len(seen.turns) - len(found)
    trouble = (f"{still_open} of its turns had no ending",) if still_open else ()
    if expected.endings:
        if found != expected.endings:
            wanted = ", ".join(expected.endings)
            return (f"endings: expected {wanted}; found {', '.join(found) or 'none'}", *trouble)
        return trouble
    last = seen.last_ending.kind if seen.last_ending else "none"
    if last != expected.ending:
        return (f"ending: expected {expected.ending}; found {last}", *trouble)
    return trouble


def _of_codes(expected: Expected, seen: Seen) -> tuple[str, ...]:
    found = codes_of(seen)
    missing = [code for code in expected.codes if code not in found]
    if not missing:
        return ()
    return (f"codes: expected {', '.join(missing)}; found {', '.join(found) or 'none'}",)


def _of_actions(expected: Expected, seen: Seen) -> tuple[str, ...]:
    """Exactly these, as often as they stand there: an action too many is money lost."""
    found = Counter(receipt.name for receipt in seen.receipts)
    if found == Counter(expected.actions):
        return ()
    wanted = ", ".join(sorted(expected.actions)) or "none"
    return (f"actions: expected {wanted}; found {', '.join(sorted(found.elements())) or 'none'}",)
