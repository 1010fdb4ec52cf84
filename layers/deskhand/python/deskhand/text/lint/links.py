"""Finds links that lead nowhere: within the base by looking, outside it by their shape alone."""

import ipaddress
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from deskhand.domain.finding import Finding
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Link, Page

_BARE = re.compile(r"(?<![(\[<\"'=\w])https?://[^\s<>)\]\"'`]*", re.IGNORECASE)
_TEMPLATE = re.compile(r"[{}$%*]|://?$|:///")
_TO_DO = re.compile(r"\b(?:to-?do|tbd|fixme|xxx+|insert|placeholder|your-?(?:link|url))\b", re.I)
_NOT_REAL = ("localhost", "example.com", "example.net", "example.org", "example.edu")
_NOT_PUBLIC = (".test", ".invalid", ".localhost", ".example", ".local", ".internal", ".lan")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))+", re.UNICODE)
_ELSEWHERE = ("mailto", "tel", "sms")
_NAMED = re.compile(
    r"<a\s[^<>]{0,200}?\b(?:id|name)\s*=\s*[\"']?([\w-]+)|\{#([\w-]+)\}", re.IGNORECASE
)


def dead_links(base: Base) -> Iterator[Finding]:
    """DEAD_LINK: once a target and page."""
    anchors = {page.file: set(_anchors(page)) for page in base.pages}
    for page in base.pages:
        told: set[str] = set()
        for link in (*page.links, *_bare(page), *_its_own(page)):
            wrong = _trouble(link.target, page, base, anchors)
            if wrong and link.target not in told:
                told.add(link.target)
                shown = link.target or "(nothing)"
                yield found(
                    "DEAD_LINK", page, link.line, f"{shown}: {wrong}", about=link.target or "-"
                )


def _trouble(target: str, page: Page, base: Base, anchors: dict[str, set[str]]) -> str:
    if not target.strip() or target.strip() == "#":
        return "the link is empty"
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return "this is no address"
    if _TO_DO.search(unquote(target)):
        return "this was meant to be filled in"
    if parts.scheme in ("http", "https") or target.startswith("//"):
        return _of_host(parts.hostname or "", port)
    if parts.scheme in _ELSEWHERE:
        return "" if parts.path.strip() else "the address is missing"
    if parts.scheme:
        return f"a customer cannot open {parts.scheme}: links"
    return _within(unquote(parts.path), unquote(parts.fragment), page, base, anchors)


def _of_host(host: str, port: int | None) -> str:
    host = host.rstrip(".")
    if host in _NOT_REAL or host.endswith(tuple(f".{name}" for name in _NOT_REAL)):
        return "this is nobody's address: it stands for one"
    if host.endswith(_NOT_PUBLIC):
        return "no customer can reach that address"
    try:
        return "" if ipaddress.ip_address(host).is_global else "no customer can reach that address"
    except ValueError:
        pass
    if not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit() or port == 0:
        return "this is no address"
    return ""


def _within(path: str, anchor: str, page: Page, base: Base, anchors: dict[str, set[str]]) -> str:
    if path:
        if path.startswith("/"):
            wanted = path.lstrip("/")
        else:
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), path))
        known = [wanted, f"{wanted}.md", f"{wanted.rstrip('/')}/index.md"]
        file = next((name for name in known if name in base.files), "")
        if not file:
            return "there is no such file in the base"
    else:
        file = page.file
    if anchor and file in anchors and anchor.casefold() not in anchors[file]:
        return f"{file} has no heading #{anchor}"
    return ""


def _anchors(page: Page) -> Iterator[str]:
    seen: dict[str, int] = {}
    for part in page.parts:
        if part.kind == "heading":
            slug = slug_of(part.text)
            times = seen[slug] = seen.get(slug, -1) + 1
            yield f"{slug}-{times}" if times else slug
    for line in page.lines:
        yield from ((one or other).casefold() for one, other in _NAMED.findall(line))


def slug_of(heading: str) -> str:
    """The anchor that help centres and code hosts make of a heading."""
    plain = re.sub(r"[^\w\- ]", "", re.sub(r"\{#[\w-]+\}", "", heading).strip().casefold())
    return plain.replace(" ", "-")


def _bare(page: Page) -> Iterator[Link]:
    for part in page.parts:
        for match in _BARE.finditer(part.text):
            target = match[0].rstrip(".,;:!?")
            if not _TEMPLATE.search(target):
                yield Link(target, part.line_of(match[0]))


def _its_own(page: Page) -> Iterator[Link]:
    if page.article.url:
        yield Link(page.article.url, page.line_of("url"))
