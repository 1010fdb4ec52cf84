"""Mirrors what help centres publish, so that the knowledge base is made without asking them."""

from collections.abc import Mapping
from datetime import timedelta

from deskhand.domain.article import Trouble
from deskhand.domain.help_centre import Mark, Mirrored
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.ports import Clock, HelpCentre, Mirror, Reindexing

COMPLETE_EVERY = timedelta(hours=20)
"""What was archived is seen only by looking at everything; a daily run does so, early or late."""


def mirror_all(
    help_centres: Mapping[str, tuple[HelpCentre, Mirror]], *, reindexing: Reindexing, clock: Clock
) -> tuple[Mirrored, ...]:
    """Mirrors each help centre, by its name; a reindex is asked for where something changed.

    One that fails holds up none of the others; then its error is raised, `Unavailable` before
    `Rejected`, as that one is worth another try.
    """
    done: list[Mirrored] = []
    failed: list[DeskhandError] = []
    for name, (help_centre, shelf) in help_centres.items():
        try:
            done.append(mirror(help_centre, shelf, source=name, reindexing=reindexing, clock=clock))
        except DeskhandError as error:
            failed.append(error)
    for worst in sorted(failed, key=lambda one: not isinstance(one, Unavailable)):
        raise worst
    return tuple(done)


def mirror(
    help_centre: HelpCentre, shelf: Mirror, *, source: str, reindexing: Reindexing, clock: Clock
) -> Mirrored:
    """Brings the shelf up to date with the help centre, and says what that has changed.

    How far it came is written last: a run that is cut off is repeated, and loses nothing.
    """
    began = clock()
    mark = shelf.mark()
    complete = mark is None or began - mark.complete_at >= COMPLETE_EVERY
    cursor = "" if mark is None or complete else mark.cursor
    on_shelf = shelf.ids()
    published: set[str] = set()
    gone: set[str] = set()
    changed: list[str] = []
    troubles: list[Trouble] = []
    for part in help_centre.changed_since(cursor):
        kept = shelf.keep(part.pages)
        # Of what comes twice the later word holds; within one part the one that hides it.
        named = {page.id for page in part.pages} | {trouble.name for trouble in part.troubles}
        now = named - set(part.gone)
        published = (published - set(part.gone)) | now
        gone = (gone | set(part.gone)) - now
        changed.extend(kept.changed)
        troubles.extend((*part.troubles, *kept.troubles))
        cursor = part.cursor
    if complete:
        gone |= _unnamed(on_shelf, published, gone, source)
    removed = sorted(gone & shelf.ids())
    shelf.remove(removed)
    if changed or removed:
        reindexing.request()
    shelf.set_mark(
        Mark(cursor=cursor, complete_at=began if mark is None or complete else mark.complete_at)
    )
    return Mirrored(
        source=source,
        complete=complete,
        changed=tuple(dict.fromkeys(changed)),
        removed=tuple(removed),
        troubles=tuple(troubles),
    )


def _unnamed(
    on_shelf: frozenset[str], published: set[str], gone: set[str], source: str
) -> frozenset[str]:
    """What lies there and was named by no part. `Rejected` where nothing at all was named."""
    if on_shelf and not published and not gone:
        raise Rejected(
            f"{source} lists no article at all, so {len(on_shelf)} that are mirrored stay: look"
            " whether the help centre is closed, or our agent may read nothing there"
        )
    return on_shelf - published
