"""Puts the values of variables into a line, and reads the condition of a block."""

import re
from bisect import bisect_left
from difflib import get_close_matches

from deskhand.domain.evidence import OnlyFor
from deskhand.domain.macros import Macros
from deskhand.text.conditions import KEYS, read_condition
from deskhand.text.macro_lines import Misread

_MARK = re.compile(r"`+|\\\{\{|\{\{([^{}]{0,200})\}\}|\{\{")


def fill(text: str, macros: Macros, *, line: int) -> str:
    """The line with the values in it; code between backticks stays as it is, and `\\{{` is a pair
    of braces. `Misread`: it names what is not known."""
    if "{{" not in text:
        return text
    marks = list(_MARK.finditer(text))
    closing: dict[str, list[int]] = {}
    for mark in marks:
        closing.setdefault(mark[0], []).append(mark.start())
    written: list[str] = []
    done = 0
    for mark in marks:
        if mark.start() < done:
            continue
        written.append(text[done : mark.start()])
        done = mark.end()
        if mark[0].startswith("`"):
            same = closing[mark[0]]
            following = bisect_left(same, mark.end())
            done = same[following] + len(mark[0]) if following < len(same) else done
            written.append(text[mark.start() : done])
        else:
            written.append("{{" if mark[0].startswith("\\") else _value(mark, macros, line))
    return "".join((*written, text[done:]))


def meant(said: str, macros: Macros) -> OnlyFor:
    """The condition in words such as `plan=pro,team region=NL`. ValueError: what is wrong with
    it."""
    read: dict[object, object] = {}
    for part in said.split():
        key, equals, values = part.partition("=")
        if not equals:
            raise ValueError(f"`{part}` is no condition: write it as plan=pro,team without spaces")
        if key in read:
            raise ValueError(f"{key} stands here twice: write {key}=one,other")
        read[key] = values.split(",")
    condition = read_condition(read)
    check_known(condition, macros)
    return condition


def check_known(condition: OnlyFor, macros: Macros) -> None:
    """Raises ValueError for a plan, a region or a channel that is not among those listed. Plans
    have to be: customers' plans are read only where somebody lists them."""
    if condition.plan and not macros.known.plan:
        raise ValueError("no plans are listed: say in macros.toml, under [known], which there are")
    for key in KEYS:
        known: tuple[str, ...] = getattr(macros.known, key)
        for value in getattr(condition, key):
            if known and value not in known:
                raise ValueError(f"there is no {key} {value} in macros.toml; {_near(value, known)}")


def _value(mark: re.Match[str], macros: Macros, line: int) -> str:
    if mark[1] is None:
        raise Misread(line, "`{{` is not closed by `}}`: close it, or write \\{{ if it is meant")
    name = mark[1].strip()
    if name.startswith(">"):
        raise Misread(line, f"`{mark[0]}` includes an article: give it a line of its own")
    if name not in macros.variables:
        hint = _near(name, tuple(macros.variables))
        raise Misread(
            line, f"`{mark[0]}` is not in macros.toml; {hint} Write \\{{{{ if the braces are meant"
        )
    return str(macros.variables[name])


def _near(name: str, known: tuple[str, ...]) -> str:
    if close := get_close_matches(name, known, n=1, cutoff=0.7):
        return f'did you mean "{close[0]}"?'
    return f"there are: {', '.join(sorted(known))}." if known else "there are none."
