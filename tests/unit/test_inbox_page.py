"""The inbox page holds nothing but itself, and shows strangers' words as words."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import deskhand

PAGE = (Path(deskhand.__file__).parent / "pages" / "inbox.html").read_text(encoding="utf-8")


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags() -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(PAGE)
    return parser.found


def policy() -> dict[str, list[str]]:
    (content,) = (
        attributes["content"] or ""
        for tag, attributes in tags()
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = (rule.split() for rule in content.split(";"))
    return {name: values for name, *values in rules}


@pytest.mark.parametrize("tag", ["script", "style"])
def test_only_the_pages_own_code_runs(tag: str) -> None:
    (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    assert policy()[f"{tag}-src"] == [f"'sha256-{digest}'"], (
        f"the {tag} has changed; its hash in the page's Content-Security-Policy is now {digest}"
    )


def test_the_page_talks_to_its_own_desk_alone() -> None:
    rules = policy()
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'"]
    assert rules["form-action"] == rules["base-uri"] == ["'none'"]


def test_the_page_names_no_address_outside_itself() -> None:
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", PAGE, flags=re.IGNORECASE) == []
    assert [attributes["src"] for _, attributes in tags() if "src" in attributes] == []


def test_nothing_is_put_into_the_page_as_markup() -> None:
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    assert re.findall(ways, PAGE) == []


def test_the_key_is_kept_nowhere() -> None:
    assert re.findall(r"localStorage|sessionStorage|document\.cookie|indexedDB", PAGE) == []
