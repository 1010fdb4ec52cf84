"""Finds the statements of a Cedar text and their lines, which Cedar's own messages do not tell."""

import re
from collections.abc import Iterator
from typing import NamedTuple

POLICIES = "actions.cedar"
SCHEMA = "actions.cedarschema"

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|[{};]|\n|[^\s"/{};]+|[ \t\r]+|.')


class Statement(NamedTuple):
    """One rule or declaration, and the line that it begins on."""

    line: int
    text: str


def statements(text: str) -> Iterator[Statement]:
    """Everything that ends with a semicolon outside of braces, in order; what is left, last."""
    line, begun, depth, words = 1, 0, 0, ""
    for token in _TOKEN.findall(text):
        if not (token.isspace() or token.startswith("//")):
            begun = begun or line
        words += token if begun else ""
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token == ";" and depth <= 0:
            yield Statement(begun, words)
            begun, depth, words = 0, 0, ""
        line += token.count("\n")
    if begun:
        yield Statement(begun, words)
