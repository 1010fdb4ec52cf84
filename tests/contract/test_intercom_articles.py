"""What is Intercom's own: languages, audiences, a list that is read until it is known, limits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
import yaml

from deskhand.adapters.help_centres.intercom_api import VERSION, IntercomApi, read_account
from deskhand.errors import Rejected, Unavailable
from tests.builders import ROOT, StoppedClock
from tests.help_centres.centres import IntercomStand, an_intercom, read
from tests.help_centres.intercom import LISTS

SPEC = ROOT.parent / "shared/data/specs/intercom-2.16.yaml"


@pytest.fixture
def intercom() -> Iterator[IntercomStand]:
    with an_intercom() as stand:
        yield stand


def in_german(state: str = "published", **bent: Any) -> dict[str, Any]:
    """What translated_content holds for German and for the default language."""
    german = {
        "type": "article_content",
        "title": "Pakete",
        "body": "<p>Zwei Tage.</p>",
        "author_id": 1,
        "state": state,
        "created_at": 1_790_000_000,
        "updated_at": 1_790_000_000,
        "url": "https://help.shop.example/de/articles/1000-pakete",
    }
    english = german | {"title": "Other words", "body": "<p>Not these.</p>"}
    contents = {"de": german | bent, "en": english, "fr": None}
    return {"type": "article_translated_content", **contents}


def test_each_language_that_is_published_is_a_page_of_its_own(intercom: IntercomStand) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    intercom.vendor.change(number, default_locale="en", translated_content=in_german())

    pages = {page.id: page for page in read(intercom).pages}

    assert {id_: (page.language, page.html) for id_, page in pages.items()} == {
        "intercom-1000": ("en", "<p>Two days.</p>"),
        "intercom-1000-de": ("de", "<p>Zwei Tage.</p>"),
    }
    german = pages["intercom-1000-de"]
    assert (german.title, german.category) == ("Pakete", "delivery")
    assert german.url == "https://help.shop.example/de/articles/1000-pakete"
    assert german.last_reviewed == date(2026, 9, 21)


def test_a_translation_that_is_a_draft_is_gone_alone(intercom: IntercomStand) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    intercom.vendor.change(number, default_locale="en", translated_content=in_german("draft"))

    told = read(intercom)

    assert [page.id for page in told.pages] == ["intercom-1000"]
    assert told.gone == ("intercom-1000-de",)


def test_where_only_a_translation_is_published_only_that_is_told(intercom: IntercomStand) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    intercom.vendor.change(
        number, state="draft", default_locale="en", translated_content=in_german()
    )

    told = read(intercom)

    assert ([page.id for page in told.pages], told.gone) == (
        ["intercom-1000-de"],
        ("intercom-1000",),
    )


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"default_locale": "pt-BR"}, "pt"),
        ({"url": "https://help.shop.example/nl/articles/1000-pakjes"}, "nl"),
        ({"url": None}, "en"),
    ],
)
def test_the_language_is_the_default_one_or_that_of_the_address(
    intercom: IntercomStand, said: dict[str, Any], language: str
) -> None:
    intercom.vendor.change(intercom.vendor.write("Parcels", "<p>Two days.</p>"), **said)

    [page] = read(intercom).pages
    assert (page.id, page.language) == ("intercom-1000", language)


def test_a_language_of_three_letters_is_told_of_and_not_taken(intercom: IntercomStand) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    said = in_german() | {"fil": in_german()["de"]}
    intercom.vendor.change(number, default_locale="en", translated_content=said)

    told = read(intercom)

    assert {page.id for page in told.pages} == {"intercom-1000", "intercom-1000-de"}
    assert told.gone == ("intercom-1000-fil",)
    assert "its locale 'fil'" in told.troubles[0].reason


@pytest.mark.parametrize(
    ("limited_to", "audience"),
    [
        ("everyone", "public"),
        (None, "public"),
        ("all_users", "internal"),
        ("all_visitors_and_leads", "internal"),
        ("restricted", "internal"),
        ("what is not yet invented", "internal"),
    ],
)
def test_who_is_not_everybody_makes_it_internal(
    intercom: IntercomStand, limited_to: str | None, audience: str
) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    intercom.vendor.change(number, help_center_audience=limited_to)

    assert read(intercom).pages[0].audience == audience


def test_tags_say_what_intercom_has_no_field_for(intercom: IntercomStand) -> None:
    names = ["authority-5", "category-returns", "authority-none"]
    tags = {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": one} for one in names]}
    intercom.vendor.change(intercom.vendor.write("Parcels", "<p>Two days.</p>"), tags=tags)

    told = read(intercom)

    assert (told.pages[0].authority, told.pages[0].category) == (5, "returns")
    [trouble] = told.troubles
    assert (trouble.name, trouble.kind) == ("intercom-1000", "noticed")


def test_an_article_in_no_collection_is_in_the_general_category(intercom: IntercomStand) -> None:
    intercom.vendor.change(intercom.vendor.write("Parcels", "<p>Two days.</p>"), parent_ids=[])
    assert read(intercom).pages[0].category == "general"


def test_collections_that_lie_in_each_other_do_not_go_round_in_circles(
    intercom: IntercomStand,
) -> None:
    intercom.vendor.write("Parcels", "<p>Two days.</p>")
    outer, inner = intercom.vendor.collections
    outer["parent_id"] = inner["id"]
    assert read(intercom).pages[0].category in ("any", "delivery")


def test_a_row_that_makes_no_sense_is_told_of_in_each_of_its_languages(
    intercom: IntercomStand,
) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    said = in_german(updated_at="yesterday")
    intercom.vendor.change(number, default_locale="en", translated_content=said)
    intercom.vendor.write("Sizes", "<p>Cut wide.</p>")

    told = read(intercom)

    assert [page.title for page in told.pages] == ["Sizes"]
    assert {"intercom-1000", "intercom-1000-de"} <= {one.name for one in told.troubles}
    assert told.gone == ()

    intercom.vendor.change(number, help_center_audience="restricted")
    assert {"intercom-1000", "intercom-1000-de"} <= set(read(intercom).gone)


@pytest.mark.parametrize("key", ["id", "updated_at"])
def test_an_article_that_nobody_can_tell_apart_stops_the_run(
    intercom: IntercomStand, key: str
) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    page = {"data": [intercom.vendor.articles[number] | {key: None}], "total_count": 1}
    intercom.vendor.answer = lambda path, _: (  # type: ignore[method-assign]
        200,
        page if path == "/articles" else {"data": [], "total_count": 0},
    )
    with pytest.raises(Rejected, match="Intercom lists an article without"):
        read(intercom)


def test_lists_that_go_on_by_a_cursor_are_followed_too(intercom: IntercomStand) -> None:
    intercom.vendor.paging = "cursors"
    intercom.in_parts_of(2)
    ids = {intercom.write(f"Page {n}", "<p>Text.</p>", category=f"Shelf {n}") for n in range(5)}

    assert {page.id for page in read(intercom).pages} == ids
    assert any("starting_after" in one for one in intercom.server.asked)


def test_the_list_is_read_no_further_than_it_has_to_be(intercom: IntercomStand) -> None:
    for number in range(9):
        intercom.write(f"Page {number}", "<p>Text.</p>")
        intercom.clock.pass_by(hours=1)
    cursor = read(intercom).cursor
    intercom.in_parts_of(2)
    intercom.rewrite("intercom-1003", "<p>New.</p>")
    asked = len(intercom.server.asked)

    told = read(intercom, cursor)

    assert {page.id for page in told.pages} == {"intercom-1003", "intercom-1008"}
    articles = [one for one in intercom.server.asked[asked:] if one.startswith("/articles")]
    assert len(articles) == 2


@pytest.mark.parametrize("also_written", [0, 1])
def test_a_list_in_which_one_was_missed_is_worth_another_try(
    intercom: IntercomStand, also_written: int
) -> None:
    intercom.in_parts_of(2)
    for number in range(6):
        intercom.write(f"Page {number}", "<p>Text.</p>")
    parts = iter(intercom.help_centre.changed_since(""))
    next(parts)
    for _ in range(also_written):
        intercom.clock.pass_by(seconds=1)
        intercom.write("Later", "<p>Text.</p>")
        next(parts)
    intercom.archive("intercom-1000")  # one more moves up into a part that was read already

    with pytest.raises(Unavailable, match="whose list changed while it was read"):
        list(parts)


def test_every_request_says_which_version_it_means(intercom: IntercomStand) -> None:
    read(intercom)
    assert {headers["intercom-version"] for headers in intercom.server.headers} == {VERSION}


@pytest.mark.parametrize(("in_s", "paused_s"), [(2, [2.0]), (-5, [0.0])])
def test_a_limit_that_ends_soon_is_waited_for(
    intercom: IntercomStand, in_s: int, paused_s: list[float]
) -> None:
    until = int(intercom.clock().timestamp()) + in_s
    intercom.server.go_wrong("busy", x_ratelimit_reset=str(until))

    read(intercom)
    assert intercom.paused_s == paused_s


def test_a_limit_without_an_end_is_left_for_later(intercom: IntercomStand) -> None:
    intercom.server.go_wrong("busy")
    with pytest.raises(Unavailable, match="inf"):
        read(intercom)


def test_a_secret_that_makes_no_sense_is_told_without_a_word_of_it() -> None:
    assert read_account('{"access_token": "abc"}').access_token == "abc"
    for text in ("s3cret", '{"token": "s3cret"}', '{"access_token": "s3cret\\n"}'):
        with pytest.raises(Rejected, match="a JSON object with access_token") as refused:
            read_account(text)
        assert "s3cret" not in str(refused.value)


def test_a_token_is_sent_over_https_alone() -> None:
    with pytest.raises(Rejected, match="has to begin with https://"):
        IntercomApi("http://api.intercom.io", lambda: read_account("{}"), clock=StoppedClock())


# --- the mock is as the specification says --------------------------------------------------------


@pytest.fixture(scope="module")
def spec() -> Any:
    if not SPEC.exists():
        pytest.skip(f"Intercom's specification is looked for at {SPEC}")
    return yaml.load(SPEC.read_text(encoding="utf-8"), yaml.CSafeLoader)


def test_what_is_asked_is_in_the_specification(spec: Any) -> None:
    for path in LISTS:
        assert "get" in spec["paths"][path]
    assert VERSION in spec["components"]["schemas"]["intercom_version"]["enum"]


def test_what_the_mock_answers_is_in_the_specification(spec: Any, intercom: IntercomStand) -> None:
    number = intercom.vendor.write("Parcels", "<p>Two days.</p>")
    intercom.vendor.change(number, default_locale="en", translated_content=in_german())
    schemas = spec["components"]["schemas"]
    for path, name in (
        ("/articles", "article_list"),
        ("/help_center/collections", "collection_list"),
    ):
        _, answer = intercom.vendor.answer(path, {"per_page": "50"})
        row = schemas[name]["properties"]["data"]["items"]["$ref"].rpartition("/")[2]
        for one in answer["data"]:
            assert set(one) <= set(schemas[row]["properties"])
        nullable = _with_null({**schemas[name], "components": spec["components"]})
        jsonschema.validate(answer, nullable)


def _with_null(schema: Any) -> Any:
    """The schema with OpenAPI's `nullable` in the words of JSON Schema."""
    if isinstance(schema, list):
        return [_with_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    turned = {key: _with_null(one) for key, one in schema.items() if key != "example"}
    if schema.get("nullable") is True:
        return {"anyOf": [turned, {"type": "null"}]}
    return turned
