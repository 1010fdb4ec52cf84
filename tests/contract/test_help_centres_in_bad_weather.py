"""Whatever goes wrong on the way, a mirror shows what is published, and nothing that is not."""

import random
from collections.abc import Collection, Iterator, Sequence
from typing import get_args

import pytest

from deskhand.domain.help_centre import HelpPage, Kept, Mark
from deskhand.errors import DeskhandError
from deskhand.jobs.mirror import mirror
from tests.help_centres.centres import REMOTE, RemoteStand
from tests.help_centres.server import FaultKind

RUNS = 150
WEATHER = [kind for kind in get_args(FaultKind) if kind != "silent"]  # it is only slow to test


class PlainMirror:
    """A shelf that keeps pages as they are."""

    def __init__(self) -> None:
        self.pages: dict[str, HelpPage] = {}
        self.marked: Mark | None = None

    def ids(self) -> frozenset[str]:
        return frozenset(self.pages)

    def keep(self, pages: Sequence[HelpPage]) -> Kept:
        changed = tuple(page.id for page in pages if self.pages.get(page.id) != page)
        self.pages.update((page.id, page) for page in pages)
        return Kept(changed=changed)

    def remove(self, ids: Collection[str]) -> None:
        for one in ids:
            self.pages.pop(one, None)

    def mark(self) -> Mark | None:
        return self.marked

    def set_mark(self, mark: Mark) -> None:
        self.marked = mark


class Asked:
    def __init__(self) -> None:
        self.times = 0

    def request(self) -> None:
        self.times += 1


class Editors:
    """They write in the help centre, and remember what everybody, some or nobody may read."""

    def __init__(self, stand: RemoteStand, rng: random.Random) -> None:
        self.stand = stand
        self.rng = rng
        self.public: dict[str, str] = {}
        self.internal: dict[str, str] = {}
        self.drafts: set[str] = set()
        self.archived: set[str] = set()
        self.restricted: set[str] = set()

    def work(self) -> None:
        for _ in range(self.rng.randrange(4)):
            self.stand.clock.pass_by(seconds=self.rng.randrange(3))
            words = f"<p>{self.rng.random()}</p>"
            listed = [*self.public, *self.internal]
            deed = self.rng.choice([*3 * ["write"], "rewrite", "hide", "restrict", "archive"])
            if deed == "write" or not listed:
                self.public[self.stand.write("Page", words)] = words
                continue
            page_id = self.rng.choice(listed)
            before = self.public.pop(page_id, "") or self.internal.pop(page_id, "")
            if deed == "rewrite":
                self.stand.rewrite(page_id, words)
                # Who may read it stays as it was.
                kept = self.internal if page_id in self.restricted else self.public
                kept[page_id] = words
            elif deed == "restrict":
                self.stand.restrict(page_id)
                self.internal[page_id] = before
                self.restricted.add(page_id)
            elif deed == "hide":
                self.stand.hide(page_id)
                self.drafts.add(page_id)
            else:
                self.stand.archive(page_id)
                self.archived.add(page_id)


@pytest.fixture(params=REMOTE)
def stand(request: pytest.FixtureRequest) -> Iterator[RemoteStand]:
    with REMOTE[request.param]() as one:
        yield one


@pytest.mark.parametrize("seed", [20261121, 7])
def test_in_any_weather_the_mirror_shows_what_is_published(stand: RemoteStand, seed: int) -> None:
    rng = random.Random(seed)
    editors, shelf, reindexing = Editors(stand, rng), PlainMirror(), Asked()
    stand.in_parts_of(3)
    ended, complete = 0, 0
    for _ in range(RUNS):
        editors.work()
        stand.clock.pass_by(hours=rng.choice([1, 6]))
        if rng.random() < 0.4:
            after = rng.randrange(8)
            stand.server.go_wrong(rng.choice(WEATHER), after=after, retry_after="9")
        before, asked = dict(shelf.pages), reindexing.times
        try:
            done = mirror(
                stand.help_centre,
                shelf,
                source="it",
                reindexing=reindexing,
                clock=stand.clock,
            )
        except DeskhandError:
            assert set(before) - set(shelf.pages) <= editors.drafts
            assert (reindexing.times > asked) >= (shelf.pages != before)
            continue
        finally:
            stand.server.faults.clear()
        ended, complete = ended + 1, complete + done.complete

        changed = shelf.pages != before
        assert (reindexing.times > asked) >= changed
        public = {page.id: page.html for page in shelf.pages.values() if page.audience == "public"}
        known_late = {} if done.complete else dict.fromkeys(editors.archived, "")
        assert {one for one in public if one not in known_late} == set(editors.public)
        assert editors.public.items() <= public.items()
        internal = set(shelf.pages) - set(public) - set(known_late)
        assert internal == set(editors.internal)
        assert not editors.drafts & set(shelf.pages)
    assert RUNS * 0.5 < ended < RUNS
    assert 10 < complete < ended
    assert min(map(len, (editors.public, editors.drafts, editors.archived))) > 5
