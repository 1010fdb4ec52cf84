"""A mock of Intercom's articles and collections, in the shapes of its API 2.16."""

from collections.abc import Mapping
from itertools import count
from typing import Any, Literal

from tests.builders import StoppedClock

ACCESS_TOKEN = "dG9rZW4="
LISTS = {"/articles", "/help_center/collections"}
PAGED = {"page", "per_page", "starting_after"}


class Intercom:
    """Its articles and collections, and what it answers."""

    def __init__(self, clock: StoppedClock) -> None:
        self.authorization = f"Bearer {ACCESS_TOKEN}"
        self.page_size = 150
        self.paging: Literal["pages", "cursors"] = "pages"
        self.articles: dict[int, dict[str, Any]] = {}
        self.collections: list[dict[str, Any]] = []
        self._clock = clock
        self._numbers = count(1_000)

    def write(self, title: str, html: str, *, category: str = "Delivery") -> int:
        """A new article in a collection within that one, published for everybody."""
        number = next(self._numbers)
        self.articles[number] = {
            "type": "article",
            "id": str(number),
            "workspace_id": "shop",
            "title": title,
            "description": "",
            "body": html,
            "author_id": 1,
            "state": "published",
            "created_at": self._now(),
            "updated_at": self._now(),
            "url": f"https://help.shop.example/en/articles/{number}-page",
            "parent_ids": [self._collection(category)],
            "tags": {"type": "tag.list", "tags": []},
            "help_center_audience": "everyone",
        }
        return number

    def change(self, number: int, **bent: Any) -> None:
        """Somebody changes the article, in these ways."""
        self.articles[number] |= {"updated_at": self._now()} | bent

    def answer(self, path: str, query: Mapping[str, str]) -> tuple[int, Any]:
        """What Intercom answers, the latest change first."""
        assert path in LISTS, "Intercom knows no such path"
        assert set(query) <= PAGED, f"{set(query)} is not what it takes"
        rows = list(self.articles.values()) if path == "/articles" else self.collections
        rows = sorted(rows, key=lambda row: row["updated_at"], reverse=True)
        size = min(self.page_size, int(query.get("per_page", "15")))
        start = int(query.get("starting_after", (int(query.get("page", "1")) - 1) * size))
        total = -(-len(rows) // size)
        pages: dict[str, Any] = {
            "type": "pages",
            "page": start // size + 1,
            "per_page": size,
            "total_pages": total if self.paging == "pages" else 1,
        }
        if self.paging == "cursors" and start + size < len(rows):
            pages["next"] = {"per_page": size, "starting_after": str(start + size)}
        part = rows[start : start + size]
        return 200, {"type": "list", "data": part, "total_count": len(rows), "pages": pages}

    def _collection(self, category: str) -> int:
        known = {one["name"]: one["id"] for one in self.collections}
        if category not in known:
            outer, inner = 10 + len(self.collections), 11 + len(self.collections)
            for number, name, parent in ((outer, category, None), (inner, "Any", str(outer))):
                self.collections.append(
                    {
                        "id": str(number),
                        "workspace_id": "shop",
                        "name": name,
                        "created_at": self._now(),
                        "updated_at": self._now(),
                        "parent_id": parent,
                    }
                )
            return inner
        return int(known[category]) + 1

    def _now(self) -> int:
        return int(self._clock().timestamp())
