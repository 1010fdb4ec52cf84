"""Reads for whom a text holds, and joins two such conditions: nothing is computed, only listed."""

import re
from collections.abc import Mapping, Sequence

from deskhand.domain.evidence import OnlyFor

KEYS = tuple(OnlyFor.model_fields)
_SHAPES = {
    "plan": (re.compile(r"[\w.:-]{1,64}"), "the plan's id, as the billing system has it"),
    "region": (re.compile(r"[A-Z]{2}"), "a country in two capital letters, 'NL'"),
    "channel": (re.compile(r"[a-z][a-z0-9_]{0,31}"), "one word in small letters, 'chat'"),
}


def read_condition(said: Mapping[object, object]) -> OnlyFor:
    """The condition in these words. ValueError: which key or value is wrong, and what may stand
    there."""
    read: dict[str, tuple[str, ...]] = {}
    for key, values in said.items():
        if key not in _SHAPES:
            raise ValueError(f"{key} is no condition: use one of {', '.join(KEYS)}")
        shape, cure = _SHAPES[str(key)]
        listed = values if isinstance(values, Sequence) and not isinstance(values, str) else None
        if not listed:
            raise ValueError(f"{key} needs a list of what it may be: write {cure}")
        for value in listed:
            if not isinstance(value, str) or not shape.fullmatch(value):
                quoted = "" if isinstance(value, str) else ", in quotes"
                raise ValueError(f"{key} is {value!r}: write {cure}{quoted}")
        read[str(key)] = tuple(dict.fromkeys(listed))
    if not read:
        raise ValueError(f"the condition is empty: say one of {', '.join(KEYS)}")
    return OnlyFor.model_validate(read)


def both(outer: OnlyFor, inner: OnlyFor) -> OnlyFor:
    """What holds only where both hold. ValueError: they can never hold together."""
    joined: dict[str, tuple[str, ...]] = {}
    for key in KEYS:
        without, within = getattr(outer, key), getattr(inner, key)
        shared = tuple(one for one in without if one in within)
        if without and within and not shared:
            raise ValueError(
                f"{key} is {' or '.join(within)} inside of {key} {' or '.join(without)}, so it"
                " holds for nobody: correct one of them"
            )
        joined[key] = shared or without or within
    return OnlyFor.model_validate(joined)
