"""Copies the sample under other names: what understands the shop must not know it by heart.

Every order number gets another shape; products, customers, addresses, articles and the shop itself
get other names, everywhere alike. The same seed gives the same copy.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from scripts.sample.rename_words import (
    BRANDS,
    FIRST_NAMES,
    LAST_NAMES,
    MADE_UP,
    SHOP,
    THINGS,
    TITLES,
)

SAMPLE = Path(__file__).parent

_ORDER_SHAPES: tuple[Callable[[int], str], ...] = (
    lambda number: f"KB{number}",
    lambda number: f"{number}-ZX",
    lambda number: f"QT-{number}-7",
    lambda number: str(number),
)
_ORDER = re.compile(r"\b(HR)([ -]?)(\d{4})\b", re.IGNORECASE)
_TRACKING = re.compile(r"\b(?:PW|HP)\d{6,}\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NO_NAME = {"Admin", "Mail", "Delivery", "System", "Parcel", "Weekly", "Radio", "Coast", "de"}


class Renaming:
    """Which name becomes which; made once from the whole sample and a seed."""

    def __init__(self, names: Iterable[str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._order_shape = self._dice.choice(_ORDER_SHAPES)
        self._title = self._dice.choice(TITLES)
        self._made: dict[tuple[str, str], str] = {}
        made_up, first, last = (
            self._dice.sample(words, len(words)) for words in (MADE_UP, FIRST_NAMES, LAST_NAMES)
        )
        which = self._dice.randrange(3)
        words = {thing: others[which] for thing, others in THINGS.items()}
        words |= {brand.lower(): made_up.pop() for brand in BRANDS}
        shop = f"{made_up.pop()} & {made_up.pop()}"
        words |= dict(zip(map(str.lower, SHOP), _spellings(shop), strict=True))
        words |= _people(names, first, last)
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._any_word = re.compile(
            rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE
        )

    def text(self, text: str) -> str:
        """A text with everything in it that has a name renamed."""
        text = _ORDER.sub(self._order, text)
        text = _TRACKING.sub(lambda match: self._new("tracking", match.group()), text)
        pieces = re.split(rf"({_EMAIL.pattern})", text)
        return "".join(
            self._new("e-mail", piece) if place % 2 else self._any_word.sub(self._word, piece)
            for place, piece in enumerate(pieces)
        )

    def customer_id(self, id_: str) -> str:
        """Another id for a customer."""
        return self._new("customer", id_)

    def title(self, title: str) -> str:
        """Another title for an article."""
        return self._title.format(self.text(title))

    def _word(self, match: re.Match[str]) -> str:
        old, new = match.group(), self._words[match.group().lower()]
        if old.isupper():
            return new.upper()
        return new[0].upper() + new[1:] if old[0].isupper() else new.lower()

    def _order(self, match: re.Match[str]) -> str:
        letters, separator, number = match.groups()
        new = self._new("order", number)
        if separator == " ":
            new = re.sub(r"(?<=[A-Z])-?(?=\d)|(?<=\d)-?(?=[A-Z])", " ", new)
        return new.lower() if letters.islower() else new

    def _new(self, kind: str, old: str) -> str:
        """The new name of this old one: another one for each, the same one each time."""
        old = old.lower()
        while (kind, old) not in self._made:
            new = self._invent(kind)
            if new not in self._made.values():
                self._made[kind, old] = new
        return self._made[kind, old]

    def _invent(self, kind: str) -> str:
        match kind:
            case "order":
                return self._order_shape(self._dice.randrange(20_000, 90_000))
            case "tracking":
                return f"TR{self._dice.randrange(10**7, 10**8)}"
            case "e-mail":
                user = self._dice.choice(FIRST_NAMES).lower().replace("ö", "o")
                return f"{user}{self._dice.randrange(10, 10_000)}@mail.example"
            case _:
                return f"k{self._dice.randrange(1_000, 10_000)}"


def rename_sample(source: Path, target: Path, *, seed: int) -> None:
    """Writes the renamed copy of a sample's shop, articles and tickets into another folder."""
    shop = json.loads((source / "shop.json").read_text(encoding="utf-8"))
    tickets = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((source / "tickets").glob("*.json"))
    }
    people = [customer["name"] for customer in shop["customers"]]
    people += [ticket["from"]["name"] for ticket in tickets.values()]
    renaming = Renaming(people, seed)
    for folder in ("articles", "tickets"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    _write(target / "shop.json", _shop(shop, renaming))
    for name, ticket in tickets.items():
        _write(target / "tickets" / name, _ticket(ticket, renaming))
    for number, path in enumerate(sorted((source / "articles").glob("*.md")), start=1):
        text = path.read_text(encoding="utf-8")
        renamed = _article(text, f"page-{seed}-{number}", renaming)
        (target / "articles" / f"page-{seed}-{number}.md").write_text(renamed, encoding="utf-8")


def _shop(shop: Mapping[str, Any], renaming: Renaming) -> dict[str, Any]:
    def customer(old: Mapping[str, Any]) -> dict[str, Any]:
        named = {key: renaming.text(old[key]) for key in ("name", "email")}
        return {**old, **named, "id": renaming.customer_id(old["id"])}

    def order(old: Mapping[str, Any]) -> dict[str, Any]:
        lines = [{**line, "product": renaming.text(line["product"])} for line in old["lines"]]
        named = {key: renaming.text(old[key]) for key in ("carrier", "tracking") if key in old}
        ids = {"id": renaming.text(old["id"]), "customer": renaming.customer_id(old["customer"])}
        return {**old, **named, **ids, "lines": lines}

    return {
        **shop,
        "customers": [customer(old) for old in shop["customers"]],
        "orders": [order(old) for old in shop["orders"]],
    }


def _ticket(ticket: Mapping[str, Any], renaming: Renaming) -> dict[str, Any]:
    """A ticket with other names in what people write; its id and what is expected stay."""

    def message(old: Mapping[str, Any]) -> dict[str, Any]:
        headers = {name: renaming.text(value) for name, value in old.get("headers", {}).items()}
        return {**old, "text": renaming.text(old["text"]), "headers": headers}

    sender = ticket["from"]
    named = {key: renaming.text(sender[key]) for key in ("name", "email")}
    person = [
        {
            **does,
            **{key: renaming.text(does[key]) for key in ("by", "reason", "reply") if key in does},
        }
        for does in ticket.get("person", [])
    ]
    return {
        **ticket,
        "from": {**sender, **named},
        "subject": renaming.text(ticket.get("subject", "")),
        "messages": [message(old) for old in ticket["messages"]],
        "person": person,
    }


def _article(text: str, id_: str, renaming: Renaming) -> str:
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise ValueError("the article has no front matter between two lines of `---`")
    front = yaml.safe_load(match.group(1))
    title = renaming.title(front["title"])
    body = text[match.end() :].replace(f"# {front['title']}\n", f"# {title}\n", 1)
    head, _, rest = body.partition("\n")
    front |= {"id": id_, "title": title}
    written = yaml.safe_dump(front, sort_keys=False, allow_unicode=True)
    return f"---\n{written}---\n{head}\n{renaming.text(rest)}"


def _people(names: Iterable[str], first: list[str], last: list[str]) -> dict[str, str]:
    renamed: dict[str, str] = {"maartje": first.pop(), "ruben": first.pop()}
    for name in names:
        words = [word for word in re.findall(r"[^\W\d_]{2,}", name) if word not in _NO_NAME]
        for place, word in enumerate(words):
            if word.lower() not in renamed:
                renamed[word.lower()] = last.pop() if place and last else first.pop()
    return renamed


def _spellings(shop: str) -> tuple[str, str, str]:
    joined = shop.replace(" & ", "and").lower()
    return shop, joined, joined.replace("and", "").upper()


def _write(path: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Reads the command line: where to write the copy, and by which seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder to write the copy into")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rename_sample(SAMPLE, given.target, seed=given.seed)
    print(f"wrote the sample under other names (seed {given.seed}) to {given.target}")


if __name__ == "__main__":
    main()
