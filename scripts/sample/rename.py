"""Copies the sample under other names: what understands the shop must not know it by heart.

Every order number gets another shape; products, customers, addresses, payment methods, devices,
articles and the shop itself get other names, everywhere alike. The same seed gives the same copy.
"""

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scripts.sample.rename_names import Renaming
from scripts.sample.rename_shop import rename_shop

SAMPLE = Path(__file__).parent

_INCLUDE = re.compile(r"\{\{> ([\w-]+) \}\}")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def rename_sample(source: Path, target: Path, *, seed: int) -> None:
    """Writes the renamed copy of a sample's shop, articles, questions and tickets elsewhere."""
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
    _write(target / "shop.json", rename_shop(shop, renaming))
    for name, ticket in tickets.items():
        _write(target / "tickets" / name, _ticket(ticket, renaming))
    pages = sorted((source / "articles").glob("*.md"))
    ids = {page.stem: f"page-{seed}-{number}" for number, page in enumerate(pages, start=1)}
    for page in pages:
        renamed = _article(page.read_text(encoding="utf-8"), ids[page.stem], renaming)
        included = _INCLUDE.sub(lambda found: f"{{{{> {ids[found[1]]} }}}}", renamed)
        (target / "articles" / f"{ids[page.stem]}.md").write_text(included, encoding="utf-8")
    asked = (source / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [_question(json.loads(line), ids, renaming) for line in asked]
    lines = [json.dumps(question, ensure_ascii=False) + "\n" for question in questions]
    (target / "questions.jsonl").write_text("".join(lines), encoding="utf-8")


def _question(
    question: Mapping[str, Any], ids: Mapping[str, str], renaming: Renaming
) -> dict[str, Any]:
    """A question with other names in what people say, and the new ids of what answers it."""
    return {
        **question,
        "query": renaming.text(question["query"]),
        "history": [{**said, "text": renaming.text(said["text"])} for said in question["history"]],
        "gold": [ids[id_] for id_ in question["gold"]],
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
