"""Compares the shop's records with what they should be, in the shape of its own files."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.exam.tau_retail.records import Database, Record
from tests.exam.tau_retail.rows import Diff


def differences(expected: Diff, before: Database, after: Database) -> Iterator[str]:
    """What of the records is not as expected; a record that is not named has to be as before."""
    kinds: tuple[tuple[str, Mapping[str, Record], Mapping[str, Record], Mapping[str, Record]], ...]
    kinds = (
        ("order", expected.orders, before.orders, after.orders),
        ("user", expected.users, before.users, after.users),
    )
    for kind, wanted, were, are in kinds:
        for key, record in are.items():
            yield from _differs(f"{kind} {key}", wanted.get(key, were[key]), record)


def is_same(before: Database, after: Database) -> bool:
    """Whether no record has changed."""
    return not list(differences(Diff(task_id=""), before, after))


def _differs(where: str, wanted: Any, got: Any) -> Iterator[str]:
    """The innermost places at which two records differ."""
    if wanted is got:
        return
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        for key in [*wanted, *(key for key in got if key not in wanted)]:
            yield from _differs(f"{where}.{key}", wanted.get(key), got.get(key))
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for place, (one, other) in enumerate(zip(wanted, got, strict=True)):
            yield from _differs(f"{where}[{place}]", one, other)
    elif _to_the_cent(wanted) != _to_the_cent(got):
        yield f"{where} is {got!r}, not {wanted!r}"


def _to_the_cent(value: Any) -> Any:
    """A price without what adding up floats has left on it (`52.029999999999745`)."""
    return round(value, 2) if isinstance(value, float) else value
