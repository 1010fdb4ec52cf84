"""Takes macros out of a page's lines without moving any: what they include is not linted twice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_CONDITION = re.compile(r":::\s*(\S.*)?$")
_INCLUDE = re.compile(r"\{\{>\s*([^}\s]+)\s*\}\}")
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)\s*\}\}")


@dataclass(frozen=True)
class Filled:
    """Lines of Markdown with their variables filled in."""

    lines: tuple[str, ...]
    conditions: tuple[str, ...]
    """For whom alone each line holds; empty: for everybody."""
    includes: tuple[tuple[str, int], ...]
    """The articles that are included, and on which line, counted from 0."""

    def condition_at(self, line: int) -> str:
        """For whom alone the line holds, counted from 0."""
        return self.conditions[line] if 0 <= line < len(self.conditions) else ""


def filled(lines: Sequence[str], variables: Mapping[str, str]) -> Filled:
    """The lines as they are read, each in its place; code is left alone, an unknown name stays."""
    open_conditions: list[str] = []
    found: list[tuple[str, str]] = []
    includes: list[tuple[str, int]] = []
    for at, (line, is_code) in enumerate(_with_code(lines)):
        if not is_code and (fence := _CONDITION.match(line)):
            if fence[1]:
                open_conditions.append(" ".join(fence[1].split()))
            elif open_conditions:
                open_conditions.pop()
            line = ""
        elif not is_code:
            includes += [(match[1], at) for match in _INCLUDE.finditer(line)]
            line = _INCLUDE.sub("", line)
            line = _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), line)
        found.append((line, " and ".join(open_conditions)))
    return Filled(
        tuple(line for line, _ in found),
        tuple(condition for _, condition in found),
        tuple(includes),
    )


def _with_code(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    closes = ""
    for line in lines:
        fence = _FENCE.match(line)
        yield line, bool(closes or fence)
        if fence and not closes:
            closes = fence[1]
        elif fence and fence[1] == closes:
            closes = ""
