"""Whatever a help centre answers, it is pages, or a trouble, or one of our two errors."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from deskhand.adapters.article_texts import checked_id
from deskhand.adapters.help_centres.intercom_articles import IntercomArticles
from deskhand.adapters.help_centres.pages import as_category, read_labels
from deskhand.adapters.help_centres.zendesk_guide import ZendeskGuide
from deskhand.errors import DeskhandError, Rejected
from deskhand.ports import HelpCentre
from tests.builders import StoppedClock
from tests.help_centres.guide import Guide
from tests.help_centres.intercom import Intercom

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


class Api:
    """Answers with what a mock answers, without the HTTP between them."""

    def __init__(self, answer: Callable[[str, dict[str, str]], tuple[int, Any]]) -> None:
        self._answer = answer

    def get(self, shape: type[BaseModel], path: str, **query: str) -> BaseModel:
        try:
            return shape.model_validate(self._answer(path, query)[1])
        except ValidationError as error:
            raise Rejected("it is not understood") from error


def guide() -> tuple[HelpCentre, Guide]:
    vendor = Guide(StoppedClock())
    api: Any = Api(vendor.answer)
    return ZendeskGuide(api, StoppedClock()), vendor


def intercom() -> tuple[HelpCentre, Intercom]:
    vendor = Intercom(StoppedClock())
    api: Any = Api(vendor.answer)
    return IntercomArticles(api), vendor


VENDORS: dict[str, Callable[[], tuple[HelpCentre, Any]]] = {"zendesk": guide, "intercom": intercom}
RESTRICTED: dict[str, dict[str, Any]] = {
    "zendesk": {"user_segment_id": 42},
    "intercom": {"help_center_audience": "restricted"},
}


@pytest.mark.parametrize("name", VENDORS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_of_anything_holds_up_no_other_and_is_never_more_public_than_it_was(
    name: str, data: st.DataObject
) -> None:
    centre, vendor = VENDORS[name]()
    fine = vendor.write("Fine", "<p>Text.</p>")
    odd = vendor.write("Odd", "<p>Text.</p>")
    keys = sorted({*vendor.articles[odd], "translations", "translated_content", "tags"})
    # Without these nobody can tell one article from another, and the run stops.
    keys = [key for key in keys if key not in ("id", "updated_at", *RESTRICTED[name])]
    bent = data.draw(st.dictionaries(st.sampled_from(keys), JUNK, max_size=4))
    vendor.articles[odd].update(bent | RESTRICTED[name])
    vendor.articles[odd]["body"] = bent.get("body", "<p>Text.</p>")

    parts = list(centre.changed_since(""))

    pages = [page for part in parts for page in part.pages]
    named = {page.id for page in pages}
    named |= {one.name for part in parts for one in part.troubles}
    named |= {one for part in parts for one in part.gone}
    assert f"{name}-{fine}" in {page.id for page in pages}
    assert f"{name}-{odd}" in named
    for page in pages:
        assert checked_id(page.id) == page.id
        assert page.audience == "internal" or page.id == f"{name}-{fine}"


@pytest.mark.parametrize("name", VENDORS)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=st.lists(JUNK | st.fixed_dictionaries({"articles": JUNK, "data": JUNK}), min_size=1))
def test_an_answer_of_anything_is_one_of_our_two_errors_or_nothing(
    name: str, answers: list[Any]
) -> None:
    rest = iter(answers)
    vendor = SimpleNamespace(answer=lambda *_: (200, next(rest, None)))
    api: Any = Api(vendor.answer)
    centre = ZendeskGuide(api, StoppedClock()) if name == "zendesk" else IntercomArticles(api)
    for cursor in ("", "1795262400"):
        try:
            assert all(not part.pages for part in centre.changed_since(cursor))
        except DeskhandError:
            continue


@given(labels=st.lists(st.text() | st.from_regex(r"(authority|policy|category)-.{0,9}")))
@example(labels=["authority-٣"])
def test_labels_of_anything_are_read(labels: list[str]) -> None:
    assert 0 <= read_labels(labels).authority <= 999


@given(name=st.text())
@example(name="---")
@example(name="__init__")
def test_a_name_of_anything_is_one_word_of_a_category(name: str) -> None:
    category = as_category(name)
    assert category
    assert all(letter.isalnum() or letter in "-_" for letter in category) or not name.isascii()
    assert as_category(category) == category
