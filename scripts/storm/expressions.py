"""The few JSONata expressions that the state machine uses; any other is refused, not guessed."""

import re
from collections.abc import Mapping
from typing import Any

Names = Mapping[str, Any]
"""What `$states` and the variables of an execution stand for."""

_WHOLE = re.compile(r"^\{%\s*(?P<inside>.*?)\s*%\}$", re.DOTALL)
_PATH = re.compile(r"^\$(?P<path>[a-zA-Z_]+(?:\.[A-Za-z_]+)*)$")
_EQUALS = re.compile(r"^(?P<path>\$[\w.]+) = '(?P<text>[^']*)'$")
_MERGE = re.compile(r"^\$merge\(\[(?P<base>\$[\w.]+), \{'(?P<key>\w+)': (?P<value>\$[\w.]+)\}\]\)$")
_SIFT = re.compile(
    r"^\$sift\((?P<base>\$[\w.]+), function\(\$value, \$key\) "
    r"\{ \$not\(\$key in \[(?P<keys>[^\]]*)\]\) \}\)$"
)


class UnknownConstructError(Exception):
    """The machine's file has something that the storm does not know how to walk."""


def evaluated(value: Any, names: Names) -> Any:
    """The value with every expression in it worked out."""
    if isinstance(value, Mapping):
        return {key: evaluated(inner, names) for key, inner in value.items()}
    if isinstance(value, str) and (whole := _WHOLE.match(value)):
        return _expression(whole["inside"], names)
    if isinstance(value, str | int | float | bool):
        return value
    raise UnknownConstructError(f"a value of the kind {type(value).__name__}: {value!r}")


def _expression(text: str, names: Names) -> Any:
    if equals := _EQUALS.match(text):
        return _at(equals["path"], names) == equals["text"]
    if merge := _MERGE.match(text):
        return {**_at(merge["base"], names), merge["key"]: _at(merge["value"], names)}
    if sift := _SIFT.match(text):
        dropped = {key.strip().strip("'") for key in sift["keys"].split(",")}
        return {key: value for key, value in _at(sift["base"], names).items() if key not in dropped}
    return _at(text, names)


def _at(path: str, names: Names) -> Any:
    found = _PATH.match(path)
    if found is None:
        raise UnknownConstructError(f"the expression {path!r}")
    value: Any = names
    for step in found["path"].split("."):
        if not isinstance(value, Mapping) or step not in value:
            raise UnknownConstructError(f"the expression {path!r}: there is no {step!r}")
        value = value[step]
    return value
