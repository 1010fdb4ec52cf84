"""Takes out of an HTML page what does not belong to its text, and what nobody would see."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

NO_TEXT = (
    *("script", "style", "template", "noscript", "iframe", "frame", "frameset", "object", "embed"),
    *(
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "img",
        "picture",
        "map",
        "nav",
        "footer",
    ),
    *("button", "input", "select", "textarea", "option", "datalist", "dialog", "link", "meta"),
)
"""What is never text: it is run, played, pressed, filled in, or leads around the site."""
_PAGE_PARTS = ("h1", "h2", "article", "main", "table")

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_AT_BLOCK = re.compile(r"@[a-z-]+[^{};]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ONE_NAME = re.compile(r"([.#])([\w-]+)")

_NOTHING = r"0*\.?0*(?:px|pt|em|rem|%|vh|vw)?"
_HIDES = re.compile(
    r"(?:^|;)\s*(?:"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    rf"|opacity\s*:\s*0*\.?0*%?\s*(?:;|!|$)|font-size\s*:\s*(?:{_NOTHING}|0?1p[xt]|0*\.\d+p[xt])\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right|bottom)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    rf"|(?:max-)?(?:height|width)\s*:\s*(?:{_NOTHING})\s*;.*overflow\s*:\s*hidden"
    r"|color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*\.?0*\s*\))"
    r")",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_CHANNELS = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}
_WHITE = (255, 255, 255)
NEAR = 16
"""Two colours whose channels differ by no more than this cannot be told apart on a screen."""


def drop_invisible(soup: BeautifulSoup) -> list[str]:
    """Takes it out of the page; gives the words that were hidden."""
    classes, ids = _hidden_by_rules(soup)
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()
    for tag in soup.find_all(NO_TEXT):
        if not _is_gone(tag):
            tag.decompose()
    for form in soup.find_all("form"):
        if not _is_gone(form) and form.find(_PAGE_PARTS) is None:
            form.decompose()
    return [words for words in _hidden(soup, classes, ids) if words.strip()]


def _hidden(soup: BeautifulSoup, classes: set[str], ids: set[str]) -> Iterator[str]:
    for tag in soup.find_all(True):
        if _is_gone(tag):
            continue
        of_class = classes.intersection(tag.get_attribute_list("class")) if classes else ()
        if of_class or tag.get("id") in ids or _is_hidden(tag):
            words = tag.get_text(" ", strip=True)
            tag.decompose()
            yield words


def _is_gone(tag: Tag) -> bool:
    # Tag.decomposed would look for a tag of that name in the whole tree below.
    return tag.parent is None


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden"):
        return True
    style = str(tag.get("style", ""))
    if style and _HIDES.search(style):
        return True
    written = _COLOUR.search(style)
    colour = _colour(written[1] if written else str(tag.get("color", "")))
    return colour is not None and _near(colour, _background(tag))


def _background(tag: Tag) -> tuple[int, int, int] | None:
    """What lies behind a tag as far as it is said there; white where nobody says."""
    for around in (tag, *tag.parents):
        found = _BACKGROUND.search(str(around.get("style", "")))
        said = found[1] if found else str(around.get("bgcolor", ""))
        if said.strip().lower() not in ("", "transparent", "none", "inherit"):
            return _colour(said)
    return _WHITE


def _colour(said: str) -> tuple[int, int, int] | None:
    """Red, green and blue from 0 to 255; None where that cannot be told."""
    said = said.strip().lower()
    if said in _NAMED:
        return _NAMED[said]
    if found := _CHANNELS.search(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _HEX.search(said):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return None


def _near(one: tuple[int, int, int], other: tuple[int, int, int] | None) -> bool:
    return other is not None and all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def _hidden_by_rules(soup: BeautifulSoup) -> tuple[set[str], set[str]]:
    """The classes and ids that the page's own style sheets hide, on every screen."""
    classes: set[str] = set()
    ids: set[str] = set()
    for sheet in soup.find_all("style"):
        rules = _AT_BLOCK.sub("", _CSS_COMMENT.sub("", sheet.get_text()))
        for selectors, declarations in _RULE.findall(rules):
            if _HIDES.search(declarations):
                for selector in selectors.split(","):
                    if found := _ONE_NAME.fullmatch(selector.strip()):
                        (classes if found[1] == "." else ids).add(found[2])
    return classes, ids
