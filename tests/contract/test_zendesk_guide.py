"""What is Zendesk Guide's own: labels, segments of users, exports, and rows that make no sense."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from deskhand.errors import Rejected
from tests.help_centres.centres import GuideStand, a_guide, read


@pytest.fixture
def guide() -> Iterator[GuideStand]:
    with a_guide() as stand:
        yield stand


def one_page(guide: GuideStand, **bent: Any) -> Any:
    guide.vendor.change(guide.vendor.write("Parcels", "<p>Two days.</p>"), **bent)
    [page] = read(guide).pages
    return page


def test_labels_say_what_guide_has_no_field_for(guide: GuideStand) -> None:
    labels = ["authority-5", "policy-RET-1", "category-returns", "photos", "policy"]
    page = one_page(guide, label_names=labels)

    assert (page.authority, page.policy_id, page.category) == (5, "RET-1", "returns")


def test_a_label_that_makes_no_sense_is_told_of_and_counts_for_nothing(guide: GuideStand) -> None:
    number = guide.vendor.write("Parcels", "<p>Two days.</p>")
    guide.vendor.change(number, label_names=["authority-high", "policy-a", "policy-b"])

    told = read(guide)

    [page] = told.pages
    assert (page.authority, page.policy_id) == (0, "a")
    assert [(one.name, one.kind) for one in told.troubles] == [(page.id, "noticed")] * 2
    assert "'authority-high' counts for nothing: write authority-5" in told.troubles[0].reason
    assert "'policy-b' counts for nothing" in told.troubles[1].reason


def test_the_last_edit_is_the_last_review_not_the_last_comment(guide: GuideStand) -> None:
    edited = one_page(guide, edited_at="2026-03-01T10:00:00Z")
    assert edited.last_reviewed == date(2026, 3, 1)
    assert edited.url == "https://shop.zendesk.com/hc/en-us/articles/1000"


@pytest.mark.parametrize(
    ("segments", "audience"),
    [
        ({"user_segment_id": None, "user_segment_ids": None}, "public"),
        ({"user_segment_id": None, "user_segment_ids": []}, "public"),
        ({"user_segment_id": 7, "user_segment_ids": []}, "internal"),
        ({"user_segment_id": None, "user_segment_ids": [7, 8]}, "internal"),
    ],
)
def test_any_segment_of_users_makes_it_internal(
    guide: GuideStand, segments: dict[str, Any], audience: str
) -> None:
    assert one_page(guide, **segments).audience == audience


def test_an_article_that_does_not_say_who_may_read_it_is_told_of_and_not_taken(
    guide: GuideStand,
) -> None:
    number = guide.vendor.write("Parcels", "<p>Two days.</p>")
    del guide.vendor.articles[number]["user_segment_id"]
    guide.vendor.write("Sizes", "<p>Cut wide.</p>")

    told = read(guide)

    assert [page.title for page in told.pages] == ["Sizes"]
    [trouble] = told.troubles
    assert (trouble.name, told.gone) == (f"zendesk-{number}", ())
    assert "user_segment_id: Field required" in trouble.reason


def test_a_row_that_makes_no_sense_is_gone_where_only_some_may_read_it(guide: GuideStand) -> None:
    number = guide.vendor.write("Parcels", "<p>Two days.</p>")
    guide.vendor.change(number, body=7, user_segment_id=42)

    told = read(guide)

    assert (told.pages, told.gone) == ((), (f"zendesk-{number}",))


def test_a_language_of_three_letters_is_told_of_and_not_taken(guide: GuideStand) -> None:
    number = guide.vendor.write("Paghahatid", "<p>Dalawang araw.</p>")
    guide.vendor.change(number, locale="fil")

    told = read(guide)

    assert (told.pages, told.gone) == ((), (f"zendesk-{number}",))
    assert "its locale 'fil' is no language of two letters" in told.troubles[0].reason


def in_german(**bent: Any) -> dict[str, Any]:
    return {
        "locale": "de-AT",
        "title": "Pakete",
        "body": "<p>Zwei Tage.</p>",
        "draft": False,
        "html_url": "https://shop.zendesk.com/hc/de-at/articles/1000",
        "updated_at": "2026-03-01T10:00:00Z",
    } | bent


@pytest.fixture(params=[True, False], ids=["brought along", "fetched"])
def translated(guide: GuideStand, request: pytest.FixtureRequest) -> GuideStand:
    guide.vendor.brings_translations = request.param
    guide.vendor.write("Parcels", "<p>Two days.</p>")
    guide.vendor.translations[1000] = [in_german()]
    return guide


def test_each_language_that_is_published_is_a_page_of_its_own(translated: GuideStand) -> None:
    pages = {page.id: page for page in read(translated).pages}

    assert {id_: (page.language, page.html) for id_, page in pages.items()} == {
        "zendesk-1000": ("en", "<p>Two days.</p>"),
        "zendesk-1000-de-at": ("de", "<p>Zwei Tage.</p>"),
    }
    german = pages["zendesk-1000-de-at"]
    assert (german.title, german.category, german.audience) == ("Pakete", "delivery", "public")
    assert german.last_reviewed == date(2026, 3, 1)


def test_a_change_is_told_in_every_language(translated: GuideStand) -> None:
    cursor = read(translated).cursor
    translated.clock.pass_by(hours=1)
    translated.restrict("zendesk-1000")

    told = read(translated, cursor)

    assert {page.id: page.audience for page in told.pages} == {
        "zendesk-1000": "internal",
        "zendesk-1000-de-at": "internal",
    }


def test_a_draft_in_one_language_hides_no_other(translated: GuideStand) -> None:
    translated.vendor.translations[1000] = [in_german(draft=True)]
    told = read(translated)
    assert ([page.id for page in told.pages], told.gone) == (
        ["zendesk-1000"],
        ("zendesk-1000-de-at",),
    )

    translated.vendor.translations[1000] = [in_german()]
    translated.hide("zendesk-1000")
    told = read(translated)
    assert ([page.id for page in told.pages], told.gone) == (
        ["zendesk-1000-de-at"],
        ("zendesk-1000",),
    )


def test_a_translation_that_makes_no_sense_is_told_of_in_each_language(
    translated: GuideStand,
) -> None:
    translated.vendor.translations[1000] = [in_german(draft="perhaps"), in_german(locale=7)]

    told = read(translated)
    assert (told.pages, told.gone) == ((), ())
    assert [one.name for one in told.troubles] == ["zendesk-1000", "zendesk-1000-de-at"]

    translated.restrict("zendesk-1000")
    assert set(read(translated).gone) == {"zendesk-1000", "zendesk-1000-de-at"}


def test_an_article_without_an_id_stops_the_run_before_anything_is_taken_away(
    guide: GuideStand,
) -> None:
    number = guide.vendor.write("Parcels", "<p>Two days.</p>")
    guide.vendor.articles[number]["id"] = None

    with pytest.raises(Rejected, match="an article without an id"):
        read(guide)


def test_an_export_is_followed_part_by_part(guide: GuideStand) -> None:
    cursor = read(guide).cursor
    guide.vendor.export_size = 2
    for number in range(5):
        guide.clock.pass_by(minutes=1)
        guide.vendor.write(f"Page {number}", "<p>Text.</p>")
    guide.clock.pass_by(minutes=10)

    titles = {page.title for page in read(guide, cursor).pages}

    assert titles == {f"Page {number}" for number in range(5)}


def test_more_changes_in_one_second_than_a_part_holds_do_not_go_round_in_circles(
    guide: GuideStand,
) -> None:
    cursor = read(guide).cursor
    guide.vendor.export_size = 2
    guide.clock.pass_by(minutes=1)
    for number in range(5):
        guide.vendor.write(f"Page {number}", "<p>Text.</p>")
    guide.clock.pass_by(minutes=1)
    guide.vendor.write("Later", "<p>Text.</p>")
    guide.clock.pass_by(minutes=10)

    titles = {page.title for page in read(guide, cursor).pages}

    assert "Later" in titles
    assert len([one for one in guide.server.asked if "incremental" in one]) <= 4
    assert len(read(guide).pages) == 6


def test_a_list_that_does_not_say_how_it_goes_on_is_refused(
    guide: GuideStand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_path: str, _query: object) -> tuple[int, Any]:
        return 200, {"categories": [], "meta": {"has_more": True, "after_cursor": None}}

    monkeypatch.setattr(guide.vendor, "answer", answer)
    with pytest.raises(Rejected, match="does not say how it goes on"):
        read(guide)
