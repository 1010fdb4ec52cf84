"""One suite for every help centre: what is published is told, and what is not is never told."""

from collections.abc import Iterator

import pytest

from deskhand.errors import Rejected, Unavailable
from deskhand.wiring.help_centres import HELP_CENTRES
from tests.help_centres.centres import PATIENCE_S, REMOTE, STANDS, RemoteStand, Stand, read
from tests.help_centres.server import FaultKind


@pytest.fixture(params=STANDS)
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    with STANDS[request.param]() as one:
        yield one


@pytest.fixture(params=REMOTE)
def remote(request: pytest.FixtureRequest) -> Iterator[RemoteStand]:
    with REMOTE[request.param]() as one:
        yield one


def test_the_suite_runs_over_every_help_centre_that_we_can_read() -> None:
    assert set(REMOTE) == set(HELP_CENTRES)


def test_at_first_everything_that_is_published_is_told(stand: Stand) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>", category="Delivery & Co")
    sizes = stand.write("Sizes", "<p>Cut wide.</p>", category="Products")

    pages = {page.id: page for page in read(stand).pages}

    assert set(pages) == {parcels, sizes}
    page = pages[sizes]
    assert (page.title, page.html, page.category) == ("Sizes", "<p>Cut wide.</p>", "products")
    assert (page.audience, page.language, page.authority) == ("public", "en", 0)


def test_later_only_what_changed_is_told(stand: Stand) -> None:
    stand.write("Sizes", "<p>Cut wide.</p>")
    stand.clock.pass_by(hours=1)
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    cursor = read(stand).cursor
    stand.clock.pass_by(hours=1)
    stand.rewrite(parcels, "<p>Three days.</p>")
    care = stand.write("Care", "<p>Wash cold.</p>")

    pages = {page.id: page.html for page in read(stand, cursor).pages}

    assert pages == {parcels: "<p>Three days.</p>", care: "<p>Wash cold.</p>"}


def test_where_nothing_changed_no_more_than_the_latest_is_told_again(stand: Stand) -> None:
    stand.write("Parcels", "<p>Two days.</p>")
    stand.clock.pass_by(hours=1)
    latest = stand.write("Sizes", "<p>Cut wide.</p>")
    cursor = read(stand).cursor
    stand.clock.pass_by(hours=1)

    [part] = stand.help_centre.changed_since(cursor)

    assert {page.id for page in part.pages} <= {latest}
    assert (part.gone, part.troubles) == ((), ())


def test_a_help_centre_without_articles_tells_of_none(stand: Stand) -> None:
    assert read(stand).pages == ()


def test_what_becomes_a_draft_is_gone(stand: Stand) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    cursor = read(stand).cursor
    stand.clock.pass_by(hours=1)
    stand.hide(parcels)

    told = read(stand, cursor)

    assert (told.pages, told.gone) == ((), (parcels,))


def test_a_draft_is_no_page_of_the_whole(stand: Stand) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    stand.hide(parcels)

    assert read(stand).pages == ()


def test_what_only_some_may_read_is_internal(stand: Stand) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    cursor = read(stand).cursor
    stand.clock.pass_by(hours=1)
    stand.restrict(parcels)

    for told in (read(stand, cursor), read(stand)):
        [page] = told.pages
        assert (page.id, page.audience) == (parcels, "internal")


def test_what_is_archived_is_not_in_the_whole(stand: Stand) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    stand.write("Sizes", "<p>Cut wide.</p>")
    stand.archive(parcels)

    told = read(stand)

    assert parcels not in {page.id for page in told.pages}
    assert len(told.pages) == 1


@pytest.mark.parametrize("later_s", [0, 1])
def test_what_changes_while_it_is_read_is_told_the_next_time(stand: Stand, later_s: int) -> None:
    parcels = stand.write("Parcels", "<p>Two days.</p>")
    reading = iter(stand.help_centre.changed_since(""))
    cursor = next(reading).cursor
    stand.clock.pass_by(seconds=later_s)
    stand.rewrite(parcels, "<p>Three days.</p>")
    cursor = [cursor, *(part.cursor for part in reading)][-1]

    [page] = read(stand, cursor).pages
    assert page.html == "<p>Three days.</p>"


# --- over HTTP ------------------------------------------------------------------------------------


def test_a_long_list_comes_part_by_part(remote: RemoteStand) -> None:
    remote.in_parts_of(2)
    ids = {remote.write(f"Page {n}", "<p>Text.</p>", category=f"Shelf {n}") for n in range(5)}

    parts = list(remote.help_centre.changed_since(""))

    assert [len(part.pages) for part in parts] == [2, 2, 1]
    assert {page.id for part in parts for page in part.pages} == ids
    assert {page.category for part in parts for page in part.pages} == {
        f"shelf-{n}" for n in range(5)
    }


@pytest.mark.parametrize("kind", ["broken", "silent", "cut off", "no JSON"])
def test_an_outage_is_worth_another_try(remote: RemoteStand, kind: FaultKind) -> None:
    remote.write("Parcels", "<p>Two days.</p>")
    remote.server.go_wrong(kind)

    with pytest.raises(Unavailable, match=remote.vendor_name):
        read(remote)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("locked out", "does not let us in"),
        ("forbidden", "does not let us in"),
        ("nothing there", "HelpCentres"),
        ("elsewhere", "sends us elsewhere"),
    ],
)
def test_a_refusal_says_what_to_do(remote: RemoteStand, kind: FaultKind, words: str) -> None:
    remote.server.go_wrong(kind)

    with pytest.raises(Rejected, match=words):
        read(remote)


def test_a_pause_that_is_asked_for_is_kept(remote: RemoteStand) -> None:
    remote.write("Parcels", "<p>Two days.</p>")
    remote.server.go_wrong("busy", after=1, retry_after="2")

    assert len(read(remote).pages) == 1
    assert remote.paused_s == [2.0]


def test_a_pause_that_is_too_long_is_left_for_later(remote: RemoteStand) -> None:
    remote.server.go_wrong("busy", retry_after=str(int(PATIENCE_S) + 1))

    with pytest.raises(Unavailable, match="pause"):
        read(remote)
    assert remote.paused_s == []


def test_an_outage_amid_the_list_leaves_what_came_before(remote: RemoteStand) -> None:
    remote.in_parts_of(2)
    for number in range(5):
        remote.write(f"Page {number}", "<p>Text.</p>")
    before_articles = len(remote.server.asked)
    next(iter(remote.help_centre.changed_since("")))
    needed = len(remote.server.asked) - before_articles
    remote.server.go_wrong("broken", after=needed)

    parts = iter(remote.help_centre.changed_since(""))
    assert len(next(parts).pages) == 2
    with pytest.raises(Unavailable):
        next(parts)


def test_letters_that_no_encoding_has_are_told_of_and_the_rest_goes_on(remote: RemoteStand) -> None:
    remote.write("Parcels \ud800", "<p>Two \x00 days \ud800.</p>")
    remote.write("Sizes", "<p>Cut wide.</p>")

    assert len(read(remote).pages) == 2
