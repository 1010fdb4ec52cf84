"""The page behind a link shows strangers' words as words, and works without a script."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest

from deskhand.domain.approval import Approval
from deskhand.domain.verdict import Objection
from deskhand.domain.web import Answer, Request
from tests.builders import a_judged_turn, a_policy, a_refund, an_approval
from tests.memory_house import MemoryHouse
from tests.paging import pages_of

EVIL = "<script>alert('x')</script> & \"quoted\""


class Tags(HTMLParser):
    """Every tag with its attributes, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


class Asked:
    """A desk that asks one thing, and its page."""

    def __init__(self, **bent: Any) -> None:
        self.house = MemoryHouse()
        turn = self.house.stored(a_judged_turn())
        self.approval = an_approval(turn, **bent)
        self.house.state.approvals[self.approval.id] = self.approval
        self.link = self.house.links.link(self.approval).rpartition("/")[2]

    def show(self) -> Answer:
        return self._ask("GET /approve/{link}")

    def send(self, body: bytes | None = None, **fields: str) -> Answer:
        given = {"decision": "approve", "by": "Mia"} | fields
        return self._ask(
            "POST /approve/{link}", urlencode(given).encode() if body is None else body
        )

    @property
    def stored(self) -> Approval:
        found = self.house.approvals.load(self.approval.id)
        assert found is not None
        return found

    def _ask(self, route: str, body: bytes = b"") -> Answer:
        pages = pages_of(self.house)
        answer = pages.show if route.startswith("GET") else pages.answer
        return answer(Request(route=route, path={"link": self.link}, body=body))


def test_a_stranger_cannot_write_into_the_page() -> None:
    why = Objection(code="X", words=EVIL, cure="approval")
    action = a_refund().model_copy(update={"arguments": {"reason": EVIL, EVIL: 1}})
    asked = Asked(summary=EVIL, reply=EVIL, objections=(why,), actions=(action,))
    for page in (asked.show().page, asked.send(by=EVIL, decision=EVIL).page):
        assert not Tags(page).of("script")
        assert "<script" not in page
        assert EVIL in Tags(page).text
    values = [one.get("value") for one in Tags(asked.show().page).of("input")]
    assert EVIL in values


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    page = Asked().show().page
    tags = Tags(page)
    (policy,) = (one["content"] for one in tags.of("meta") if one.get("http-equiv"))
    (style,) = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy is not None
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert not [name for _, attributes in tags.found for name in attributes if name[:2] == "on"]
    assert not [one for one in tags.found if one[1].get("src")]
    assert all(one["method"] == "post" and "action" not in one for one in tags.of("form"))


def test_each_form_asks_for_the_name_and_decides_one_thing() -> None:
    tags = Tags(Asked().show().page)
    assert [one["value"] for one in tags.of("button")] == ["approve", "edit", "reject"]
    names = [one for one in tags.of("input") if one["name"] == "by"]
    assert len(names) == len(tags.of("form")) == 3
    assert all("required" in one for one in names)


def test_the_draft_is_offered_without_what_is_said_around_it() -> None:
    replies = a_policy().replies
    reply = f"{replies.introduction}\n\nIt is on its way.\n\n{replies.signature}"
    page = Asked(reply=reply).show().page
    (draft,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, flags=re.DOTALL)
    assert draft == "It is on its way."


def test_a_draft_that_was_not_changed_is_no_edit() -> None:
    asked = Asked(reply="It is on its way.")
    told = asked.send(decision="edit", reply="It is on its way.\r\n", **{"0.amount_cents": "8000"})

    assert told.status == 400
    assert "an edit needs" in told.page
    assert asked.stored.state == "open"


def test_lines_of_an_edit_stay_lines() -> None:
    asked = Asked()
    assert asked.send(decision="edit", reply="One.\r\n\r\nTwo.").status == 200
    assert asked.stored.edited_reply == "One.\n\nTwo."
    assert asked.stored.decided_by == "Mia (by link)"


def test_what_was_decided_is_shown_without_forms() -> None:
    asked = Asked()
    asked.send(decision="reject", reason="not this one")
    page = asked.show()

    assert page.status == 200
    assert "Mia (by link) rejected it on 2026-11-21 12:00 UTC: not this one" in Tags(page.page).text
    assert not Tags(page.page).of("form")


def test_an_expired_link_says_no_more_than_how_it_stands() -> None:
    asked = Asked()
    asked.house.clock.pass_by(days=1)
    page = asked.show()

    assert page.status == 410
    assert asked.approval.summary not in page.page
    assert "nobody answered until 2026-11-22 12:00 UTC" in page.page
    assert asked.stored.state == "open"  # looking changes nothing; a sweep or a click does


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"by=Mia", b"decision=approve", b"by=Mia&decision=perhaps", b"&" * 200],
)
def test_a_body_that_is_no_form_of_ours_decides_nothing(body: bytes) -> None:
    asked = Asked()
    told = asked.send(body)

    assert told.status == 400
    assert "Nothing was decided" in told.page
    assert asked.stored.state == "open"


def test_an_approval_that_is_gone_is_said_to_be_gone() -> None:
    asked = Asked()
    asked.house.state.approvals.clear()
    assert asked.show().status == 404
    assert asked.send().status == 404


def test_arguments_of_any_kind_are_shown_and_read_as_they_are() -> None:
    arguments = {"order_id": "1001", "lines": ["1", "2"], "to": {"city": "Delft"}, "note": None}
    action = a_refund().model_copy(update={"arguments": arguments})
    asked = Asked(actions=(action,))
    shown = {one["name"]: one.get("value") for one in Tags(asked.show().page).of("input")}
    assert shown["0.lines"] == '["1", "2"]'
    assert asked.send(decision="edit", **{"0.lines": '["1"]', "0.order_id": "1002"}).status == 200
    assert asked.stored.actions[0].arguments == arguments | {"lines": ["1"], "order_id": "1002"}
    assert asked.stored.instead_of == (action,)


@pytest.mark.parametrize("given", ["", "[", "[" * 4_000, "1" * 6_000, "{}", "NaN", "Infinity"])
def test_an_argument_that_is_none_decides_nothing(given: str) -> None:
    asked = Asked()
    told = asked.send(decision="edit", **{"0.amount_cents": given})
    assert told.status == 400
    assert asked.stored.state == "open"
