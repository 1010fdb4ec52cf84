"""Finds the lines on which the keys of a TOML text stand, so that a mistake can be pointed at."""

import re
from collections.abc import Mapping, Sequence

_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w.-]|"[^"]*"|'[^']*')+)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*"|'[^']*'|\#.*|[\[\]{}]|[^\s,\[\]{}"'#=]+""")
_OPEN, _CLOSE = frozenset("[{"), frozenset("]}")
_FENCES = ('"""', "'''")

Place = tuple[str, ...]


class Lines:
    """Where tables, keys and the items of their lists stand in a text that is valid TOML."""

    def __init__(self, text: str) -> None:
        self._places: dict[Place, int] = {}
        self._table: Place = ()
        self._key: Place = ()
        self._depth, self._items, self._fence = 0, 0, ""
        for number, line in enumerate(text.splitlines(), 1):
            self._read(line, number)

    @property
    def places(self) -> Mapping[Place, int]:
        """The first line of everything that was found."""
        return self._places

    def of(self, *path: str | int) -> int:
        """The line of the nearest thing on this path that stands in the text; 1 when none does."""
        names = tuple(str(part) for part in path)
        lengths = range(len(names), 0, -1)
        return next(
            (self._places[names[:length]] for length in lengths if names[:length] in self._places),
            1,
        )

    def _read(self, line: str, number: int) -> None:
        if not self._depth and not self._fence:
            if header := _HEADER.match(line):
                self._table = _parts(header[1])
                self._places.setdefault(self._table, number)
                return
            if not (key := _KEY.match(line)):
                return
            self._key, self._items = (*self._table, *_parts(key[1])), 0
            self._places.setdefault(self._key, number)
            line = line[key.end() :]
        self._follow(_TOKEN.findall(line), number)

    def _follow(self, tokens: Sequence[str], number: int) -> None:
        """Keeps track of lists that go on for several lines, and of texts that do."""
        for token in tokens:
            if self._fence or token in _FENCES:
                self._fence = "" if token == self._fence else self._fence or token
            elif token in _OPEN:
                self._depth += 1
            elif token in _CLOSE:
                self._depth -= 1
            elif self._depth and not token.startswith("#"):
                self._places.setdefault((*self._key, str(self._items)), number)
                self._items += 1


def _parts(dotted: str) -> Place:
    return tuple("".join(part) for part in _PART.findall(dotted))
