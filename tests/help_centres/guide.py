"""A mock of Zendesk's Help Center API, as developer.zendesk.com describes it."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.builders import StoppedClock

AGENT, TOKEN = "deskhand@example.com", "t0ken"
PREFIX = "/api/v2/help_center"
PAGED = {"page[size]", "page[after]"}
SORTED = {"start_time": "", "sort_by": "updated_at", "sort_order": "asc"}


class Guide:
    """Its articles, sections and categories, and what it answers."""

    def __init__(self, clock: StoppedClock) -> None:
        self.authorization = f"Basic {base64.b64encode(f'{AGENT}/token:{TOKEN}'.encode()).decode()}"
        self.page_size = 100
        self.export_size = 1_000
        self.articles: dict[int, dict[str, Any]] = {}
        self.translations: dict[int, list[dict[str, Any]]] = {}
        self.brings_translations = True
        """Whether they come along where they are asked for; else they have to be fetched."""
        self.categories: list[dict[str, Any]] = []
        self.sections: list[dict[str, Any]] = []
        self._clock = clock
        self._numbers = count(1_000)

    def write(self, title: str, html: str, *, category: str = "Delivery") -> int:
        """A new article in a section of that category, published for everybody."""
        number = next(self._numbers)
        self.articles[number] = {
            "id": number,
            "title": title,
            "body": html,
            "draft": False,
            "user_segment_id": None,
            "user_segment_ids": [],
            "locale": "en-us",
            "source_locale": "en-us",
            "section_id": self._section(category),
            "label_names": [],
            "html_url": f"https://shop.zendesk.com/hc/en-us/articles/{number}",
            "edited_at": self._now(),
            "updated_at": self._now(),
        }
        return number

    def change(self, number: int, **bent: Any) -> None:
        """Somebody changes the article, in these ways."""
        self.articles[number] |= {"updated_at": self._now()} | bent

    def answer(self, path: str, query: Mapping[str, str]) -> tuple[int, Any]:
        """What Zendesk answers."""
        what = path.removeprefix(f"{PREFIX}/")
        include = query.get("include", "translations")
        assert include == "translations", f"{include} does not come along"
        if what == "incremental/articles":
            assert set(query) - {"include"} == set(SORTED), f"{set(query)} is not what it takes"
            assert SORTED.items() <= (dict(query) | {"start_time": ""}).items()
            return 200, self._exported(int(query["start_time"]))
        lists: dict[str, list[dict[str, Any]]] = {
            "articles": self._with_translations(list(self.articles.values())),
            "sections": self.sections,
            "categories": self.categories,
        }
        number = what.removeprefix("articles/").removesuffix("/translations")
        if number.isdecimal() and int(number) in self.articles:
            what = "translations"
            lists[what] = self._of(self.articles[int(number)])
        assert what in lists, "Zendesk knows no such path"
        allowed = PAGED | {"include"} if what == "articles" else PAGED
        assert set(query) <= allowed, f"{set(query)} is not what it takes"
        assert int(query["page[size]"]) <= 100, "at most 100 are in a part"
        start = int(query.get("page[after]", "0"))
        end = start + min(self.page_size, int(query["page[size]"]))
        more = end < len(lists[what])
        meta = {"has_more": more, "after_cursor": str(end) if more else None}
        return 200, {what: lists[what][start:end], "meta": meta}

    def _with_translations(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not self.brings_translations:
            return rows
        return [row | {"translations": self._of(row)} for row in rows]

    def _of(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        """What the article says in every language, its own among them."""
        keys = ("locale", "title", "body", "draft", "html_url", "updated_at")
        own = {key: row.get(key) for key in keys}
        return [own, *self.translations.get(row["id"], [])]

    def _exported(self, since: int) -> dict[str, Any]:
        changed = sorted(
            (one for one in self.articles.values() if _seconds(one) >= since), key=_seconds
        )
        part = changed[: self.export_size]
        end = _seconds(part[-1]) if part else since
        more = len(changed) > len(part)
        next_page = f"https://shop.zendesk.com{PREFIX}/incremental/articles?start_time={end}"
        return {
            "articles": self._with_translations(part),
            "count": len(part),
            "end_time": end,
            "next_page": next_page if more else None,
        }

    def _section(self, category: str) -> int:
        known = {one["name"]: one["id"] for one in self.categories}
        if category not in known:
            number = 10 + len(self.categories)
            self.categories.append({"id": number, "name": category})
            self.sections.append({"id": number + 100, "name": "Any", "category_id": number})
            return number + 100
        return int(known[category]) + 100

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(article: Mapping[str, Any]) -> int:
    return int(datetime.fromisoformat(article["updated_at"]).timestamp())
