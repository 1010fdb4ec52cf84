"""Reads an article: Markdown under a YAML front matter that says what it is and when it holds."""

import re
from collections.abc import Hashable, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from deskhand.domain.article import Article
from deskhand.domain.evidence import OnlyFor
from deskhand.text.conditions import read_condition
from deskhand.text.injections import orders_a_model
from deskhand.text.markdown import LONGEST_HEADING, title_of
from deskhand.text.unseen import seen

_FENCED = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_BLANK = re.compile(r"\A[\s\u200b-\u200f\u2060\ufeff]*")
_KEYS = tuple(key for key in Article.model_fields if key not in ("text", "name", "first_line"))
_CURES = {
    "title": "write the title as text, in quotes if it looks like a number or a yes",
    "audience": "say public or internal",
    "authority": "say a whole number, higher is more binding",
    "effective_from": "write the day as 2026-03-31",
    "effective_until": "write the day as 2026-03-31",
    "last_reviewed": "write the day as 2026-03-31",
    "language": "write two small letters in quotes, such as 'en'",
    "category": "write one short word or several joined by - or _",
    "id": "use letters, digits, '.', '_' and '-', beginning with a letter or digit",
    "product": "write its name as text, in quotes if it looks like a number",
    "url": "write the whole address of the page, beginning with https://",
}
_CLOSED = ("audience", "only_for")
"""Keys that keep an article from some: left empty, they would tell it to everybody."""
_LONGEST = {
    "title": LONGEST_HEADING,
    "category": 60,
    "policy_id": 100,
    "product": 200,
    "url": 2_000,
}
"""An index keeps these with each chunk, and some stores keep all as wide as the longest."""
_HIGHEST_AUTHORITY = 1_000_000
_UNREAD = re.compile(
    r"\b(audience[\"']?\s*[:=]\s*[\"']?internal\b|only_for[\"']?\s*[:=]"
    r"|effective_(?:from|until)[\"']?\s*[:=]\s*[\"']?\d)"
)
_HEAD_CHARS = 1_000
"""Where a front matter that is not read as one stands, if there is one."""
_SHOWN_CHARS = 60
_SHAPES = {
    "id": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
    "category": re.compile(r"[\w-]+"),
    "language": re.compile(r"[a-z]{2}"),
    "url": re.compile(r"https?://[^\s/]+\S*"),
}


def read_article(text: str, *, name: str, article_id: str) -> Article:
    """The article in a file of that name, called so unless its front matter says otherwise.

    ValueError: it names the file, the key and what to do.
    """
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n")
    said, body, first_line = _split(clean, name)
    fields = {"id": article_id, "title": title_of(body), **said}
    # The front matter's own escapes come after whatever the file was cleared of.
    fields = {key: seen(it)[0] if isinstance(it, str) else it for key, it in fields.items()}
    if not fields["title"]:
        raise ValueError(f"{name}: title is missing: say `title:` or begin with a `# Heading`")
    if not body.strip():
        raise ValueError(f"{name}: there is no text under the front matter: write the article")
    _check_values(fields, name)
    known = {"text": body, "name": name, "first_line": first_line}
    try:
        article = Article.model_validate({**fields, **known}, strict=True)
    except ValidationError as error:
        raise ValueError(f"{name}: {_in_words(error)}") from error
    _check_days(article, name)
    return article


def _split(text: str, name: str) -> tuple[dict[str, Any], str, int]:
    """What the front matter says, the text below it, and the line on which that begins."""
    page = _BLANK.sub("", text, count=1)
    if not page.startswith("---"):
        _check_unread(text, name)
        return {}, text, 1
    fenced = _FENCED.match(page)
    if fenced is None:
        raise ValueError(f"{name}: the front matter has no end: close it with a line of `---`")
    blank = text[: len(text) - len(page)].count("\n")
    said = read_keys(fenced[1], name=name, lines_above=blank + 1)
    if "only_for" in said:
        said["only_for"] = _condition(said["only_for"], name)
    body = page[fenced.end() :]
    _check_unread(body, name)
    above = text[: len(text) - len(body.lstrip())]
    return said, body.strip() + "\n", above.count("\n") + 1


def read_keys(text: str, *, name: str, lines_above: int = 0) -> dict[str, Any]:
    """What `key: value` lines say of an article, without the keys that are left empty.

    ValueError: it names the file, the line or key, and what to do.
    """
    try:
        said = yaml.load(text, _OnceOnly)  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + lines_above if error.problem_mark else 1
        raise ValueError(f"{name}, line {line}: {error.problem}: correct the YAML there") from error
    except yaml.YAMLError as error:  # a character that YAML does not know
        raise ValueError(f"{name}: {str(error)[:100]}: take it out of the front matter") from error
    except (ValueError, OverflowError) as error:  # a day that no calendar has
        raise ValueError(f"{name}: {error}: correct the date in the front matter") from error
    except (LookupError, AttributeError, TypeError, RecursionError) as error:  # `!!bool maybe`
        raise ValueError(f"{name}: the front matter is no plain YAML: write it plainly") from error
    if said is not None and not isinstance(said, dict):
        raise ValueError(f"{name}: the front matter is no list of `key: value` lines: write it so")
    for key in said or {}:
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise ValueError(f"{name}: {key} is no key of an article: use one of {known}")
    for key in _CLOSED:
        if said and key in said and said[key] is None:
            raise ValueError(f"{name}: {key} is empty: say for whom it is, or take the line out")
    return {key: value for key, value in (said or {}).items() if value is not None}


def with_front_matter(said: Mapping[str, Any], body: str) -> str:
    """An article's text under a front matter that says so."""
    lines = yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, width=1_000)
    return f"---\n{lines}---\n\n{body}"


def _condition(said: object, name: str) -> OnlyFor:
    if not isinstance(said, dict):
        raise ValueError(f"{name}: only_for is {said!r}: write it as {{plan: [pro], region: [NL]}}")
    try:
        return read_condition(said)
    except ValueError as error:
        raise ValueError(f"{name}: only_for: {error}") from error


def _check_unread(body: str, name: str) -> None:
    """Raises ValueError where the text begins with what was meant to keep it from some."""
    if unread := _UNREAD.search(body[:_HEAD_CHARS]):
        raise ValueError(
            f"{name}: `{unread[1]}` stands in the text, where it is not read: begin the file with a"
            " line of `---`, write all keys under that, and end them with another"
        )


def _check_values(fields: Mapping[str, Any], name: str) -> None:
    """Raises ValueError for a value that no index should keep."""
    for key, value in fields.items():
        if isinstance(value, str):
            _check_words(key, value, name)
        elif isinstance(value, int) and abs(value) > _HIGHEST_AUTHORITY:
            raise ValueError(f"{name}: {key} is more than {_HIGHEST_AUTHORITY:,}: say less")
    for key, shape in _SHAPES.items():
        if key in fields and not (isinstance(fields[key], str) and shape.fullmatch(fields[key])):
            raise ValueError(f"{name}: {key} is {_shown(fields[key])}: {_CURES[key]}")


def _check_words(key: str, value: str, name: str) -> None:
    longest = _LONGEST.get(key)
    if longest and len(value) > longest:
        raise ValueError(f"{name}: {key} has more than {longest:,} characters: shorten it")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError(f"{name}: {key} holds half a character: write it without escapes")
    if orders_a_model(value):
        raise ValueError(f"{name}: {key} speaks to a language model: write it for customers")


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= _SHOWN_CHARS else f"{words[:_SHOWN_CHARS]}…"


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0])
    return f"{key} is {_shown(first['input'])}: {_CURES.get(key, 'write it as text, in quotes')}"


def _check_days(article: Article, name: str) -> None:
    first, last = article.effective_from, article.effective_until
    if first and last and first > last:
        raise ValueError(
            f"{name}: effective_until is {last}, before effective_from {first}: correct one of them"
        )


class _OnceOnly(yaml.SafeLoader):
    """YAML in which a key stands once: of two audiences the last one would win unseen. And without
    aliases, by which a few lines stand for more than fits into any memory."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            problem = f"*{event.anchor} is an alias, which is not read"
            raise yaml.composer.ComposerError(None, None, problem, event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                problem = f"{key} stands here twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)
