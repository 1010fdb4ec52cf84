"""Recalls from the ledger what was done for a turn, for whoever takes it over."""

from collections.abc import Iterator

from deskhand.domain.turn import Drafted, Turn
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from deskhand.ports import Ledger
from deskhand.stages.objections.reading import checked
from deskhand.tools.registry import Tools

UNREADABLE = Objection(
    code="TOOL_ERROR",
    words="the ledger cannot be read, so nobody knows what was done for this",
    cure="person",
    priority="high",
)


def recalled(turn: Turn, *, ledger: Ledger, tools: Tools) -> Turn:
    """The turn with the receipt of everything that was done, and among its troubles everything of
    which nobody knows whether it was: a step that died has told nobody but the ledger."""
    try:
        return _with_what_was_done(turn, ledger, tools)
    except Unavailable:
        raise  # worth another try
    except Exception:  # whatever is wrong with the ledger, the person still gets the turn
        return turn.model_copy(update={"troubles": (*turn.troubles, UNREADABLE)})


def _with_what_was_done(turn: Turn, ledger: Ledger, tools: Tools) -> Turn:
    receipts = {receipt.key: receipt for receipt in turn.receipts}
    troubles = list(turn.troubles)
    for key, code, about in _keys(turn, tools):
        entry = ledger.load(key)
        if entry is None or entry.state == "refused":
            continue
        if entry.receipt is not None:
            receipts.setdefault(key, entry.receipt)
        elif not any(one.code == code and entry.what in one.words for one in troubles):
            words = f"nobody knows whether {entry.what} came about"
            troubles.append(
                Objection(code=code, words=words, cure="person", about=about, priority="high")
            )
    return turn.model_copy(
        update={"receipts": tuple(receipts.values()), "troubles": tuple(troubles)}
    )


def _keys(turn: Turn, tools: Tools) -> Iterator[tuple[str, str, str]]:
    """Under which keys the turn may have begun anything, what it is called not to know, and about
    which proposal that is."""
    if isinstance(turn, Drafted):
        for proposed in turn.draft.actions:
            if action := checked(proposed, tools):
                yield f"{turn.id}:{action.fingerprint}", "TOOL_ERROR", proposed.id
        yield f"{turn.id}:reply", "REPLY_UNKNOWN", ""
