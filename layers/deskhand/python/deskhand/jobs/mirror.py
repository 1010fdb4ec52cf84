"""Mirrors what help centres publish, so that the knowledge base is made without asking them."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from deskhand.domain.article import Trouble
from deskhand.domain.help_centre import HelpCentreChanges, Mark, Mirrored
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.ports import Clock, HelpCentre, Mirror, Reindexing

Report = Callable[[Mirrored], object]
COMPLETE_EVERY = timedelta(hours=20)
"""What was archived is seen only by looking at everything; a daily run does so, early or late."""


def mirror_all(
    help_centres: Mapping[str, tuple[HelpCentre, Mirror]],
    *,
    reindexing: Reindexing,
    clock: Clock,
    report: Report,
) -> tuple[Mirrored, ...]:
    """Mirrors each help centre, by its name; a reindex is asked for where something changed.

    `report` hears of each that is done. One that fails holds up none of the others; then an error
    tells of all that failed: `Unavailable` if one of them is worth another try.
    """
    done: list[Mirrored] = []
    failed: list[DeskhandError] = []
    for name, (help_centre, shelf) in help_centres.items():
        try:
            one = mirror(help_centre, shelf, source=name, reindexing=reindexing, clock=clock)
        except DeskhandError as error:
            failed.append(error)
            continue
        report(one)
        done.append(one)
    if failed:
        words = "; ".join(str(error) for error in failed)
        again = any(isinstance(error, Unavailable) for error in failed)
        raise (Unavailable if again else Rejected)(words) from failed[0]
    return tuple(done)


def mirror(
    help_centre: HelpCentre, shelf: Mirror, *, source: str, reindexing: Reindexing, clock: Clock
) -> Mirrored:
    """Brings the shelf up to date with the help centre, and says what that has changed.

    How far it came is written last: a run that is cut off is repeated, and loses nothing. What it
    has changed until then is indexed all the same, as it may be that something was hidden.
    """
    began = clock()
    mark = shelf.mark()
    complete = mark is None or began - mark.complete_at >= COMPLETE_EVERY
    cursor = "" if mark is None or complete else mark.cursor
    run = _Run(shelf)
    try:
        for part in help_centre.changed_since(cursor):
            run.take(part)
            cursor = part.cursor
        if complete:
            run.take_away(_unnamed(run, source))
    finally:
        if run.changed or run.removed:
            reindexing.request()
    shelf.set_mark(
        Mark(cursor=cursor, complete_at=began if mark is None or complete else mark.complete_at)
    )
    return Mirrored(
        source=source,
        complete=complete,
        changed=tuple(run.changed),
        removed=tuple(sorted(run.removed)),
        troubles=tuple(run.troubles),
    )


class _Run:
    """What one run has seen and done so far."""

    def __init__(self, shelf: Mirror) -> None:
        self._shelf = shelf
        self.before = shelf.ids()
        self.lying = set(self.before)
        self.named: set[str] = set()
        self.changed: dict[str, None] = {}
        self.removed: set[str] = set()
        self.troubles: list[Trouble] = []

    def take(self, part: HelpCentreChanges) -> None:
        """Keeps what the part shows and takes away what it hides; of one that it does both to, it
        hides it."""
        shown = tuple(page for page in part.pages if page.id not in part.gone)
        kept = self._shelf.keep(shown)
        self.changed.update(dict.fromkeys(kept.changed))
        self.troubles.extend((*part.troubles, *kept.troubles))
        ids = {page.id for page in shown}
        self.lying |= ids
        self.removed -= ids
        self.named |= ids | {trouble.name for trouble in part.troubles} | set(part.gone)
        self.take_away(part.gone)

    def take_away(self, ids: Collection[str]) -> None:
        """Removes those of them that lie there."""
        there = self.lying & set(ids)
        self._shelf.remove(there)
        self.lying -= there
        self.removed |= there


def _unnamed(run: _Run, source: str) -> frozenset[str]:
    """What lay there and was named by no part. `Rejected` where nothing at all was named."""
    if run.before and not run.named:
        raise Rejected(
            f"{source} lists no article at all, so {len(run.before)} that are mirrored stay: look"
            " whether the help centre is closed, or our agent may read nothing there"
        )
    return run.before - run.named
