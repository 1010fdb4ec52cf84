"""Reads what a Cedar schema declares: actions, their groups, and what a request has to say.

Cedar holds rules and requests against the schema by itself; this is for what it does not tell:
which rules hold for which action, and what a request that fits looks like.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from deskhand.adapters.cedar.text import SCHEMA
from deskhand.errors import Rejected

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|\w+|\n|[ \t\r]+|.')
_PLAIN = {"Bool": "Bool", "Boolean": "Bool", "Long": "Long", "String": "String"}


class SetOf(NamedTuple):
    """A set's type."""

    element: "Type"


Record = Mapping[str, "Type"]
Type = str | SetOf | Record
"""`Bool`, `Long`, `String`, a set of one type, or a record of attributes."""


@dataclass(frozen=True)
class DeclaredAction:
    """One action: the groups that it is in, itself among them, and what a request about it says."""

    name: str
    groups: frozenset[str]
    principals: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    """The kinds of things that it is done to; none for a group, of which nobody asks."""
    context: Record = field(default_factory=dict)


@dataclass(frozen=True)
class Declared:
    """Everything that a schema declares."""

    entities: Mapping[str, Record]
    actions: Mapping[str, DeclaredAction]

    @classmethod
    def read(cls, schema: str) -> Self:
        """Reads a schema that Cedar has found to be valid. `Rejected`: it has what we do not use:
        namespaces, values of other types than we have."""
        reader = _Reader(schema)
        reader.all()
        actions = {name: reader.action(name) for name in reader.parents}
        entities = {name: reader.record(shape) for name, shape in reader.entities.items()}
        return cls(entities, actions)


class _Reader:
    """Walks over the words of a schema once; names are resolved afterwards."""

    def __init__(self, schema: str) -> None:
        self._words = list(_words(schema))
        self._at = 0
        self._types: dict[str, Type] = {}
        self.entities: dict[str, Type] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self._applies: dict[str, tuple[tuple[str, ...], tuple[str, ...], Type]] = {}

    def all(self) -> None:
        while self._at < len(self._words):
            match self._next():
                case "entity":
                    self._entity()
                case "type":
                    name = self._next()
                    self._take("=")
                    self._types[name] = self._type()
                    self._take(";")
                case "action":
                    self._action()
                case strange:
                    raise self._stranger(strange)

    def action(self, name: str) -> DeclaredAction:
        principals, resources, context = self._applies.get(name, ((), (), {}))
        groups = frozenset(self._groups(name))
        return DeclaredAction(name, groups, principals, resources, self.record(context))

    def record(self, shape: Type) -> Record:
        found = self._resolved(shape)
        if not isinstance(found, Mapping):
            raise Rejected(f"{SCHEMA}: {shape} has to be a record.")
        return found

    def _groups(self, name: str) -> Iterator[str]:
        yield name
        for parent in self.parents.get(name, ()):
            yield from self._groups(parent)

    def _resolved(self, shape: Type) -> Type:
        if isinstance(shape, SetOf):
            return SetOf(self._resolved(shape.element))
        if isinstance(shape, Mapping):
            return {name: self._resolved(one) for name, one in shape.items()}
        if shape in self._types:
            return self._resolved(self._types[shape])
        if shape not in _PLAIN:
            raise Rejected(f"{SCHEMA}: we have no values of the type {shape}.")
        return _PLAIN[shape]

    def _entity(self) -> None:
        names = self._names()
        if self._peek() == "in":
            self._next()
            self._refs()
        if self._peek() == "=":
            self._next()
        shape: Type = self._type() if self._peek() == "{" else {}
        self._take(";")
        self.entities |= dict.fromkeys(names, shape)

    def _action(self) -> None:
        names = self._names()
        parents: tuple[str, ...] = ()
        if self._peek() == "in":
            self._next()
            parents = self._refs()
        if self._peek() == "appliesTo":
            self._next()
            self._applies |= dict.fromkeys(names, self._applies_to())
        self._take(";")
        self.parents |= dict.fromkeys(names, parents)

    def _applies_to(self) -> tuple[tuple[str, ...], tuple[str, ...], Type]:
        kinds: dict[str, tuple[str, ...]] = {}
        context: Type = {}
        self._take("{")
        while self._peek() != "}":
            part = self._next()
            self._take(":")
            if part == "context":
                context = self._type()
            else:
                kinds[part] = self._refs()
            if self._peek() == ",":
                self._next()
        self._take("}")
        return kinds.get("principal", ()), kinds.get("resource", ()), context

    def _names(self) -> tuple[str, ...]:
        names = [self._next().strip('"')]
        while self._peek() == ",":
            self._next()
            names.append(self._next().strip('"'))
        return tuple(names)

    def _refs(self) -> tuple[str, ...]:
        if self._peek() != "[":
            return (self._next().strip('"'),)
        self._take("[")
        names = self._names() if self._peek() != "]" else ()
        self._take("]")
        return names

    def _type(self) -> Type:
        word = self._next()
        if word == "{":
            return self._record()
        if word == "Set":
            self._take("<")
            element = self._type()
            self._take(">")
            return SetOf(element)
        if not word.isidentifier():
            raise self._stranger(word)
        return word

    def _record(self) -> Record:
        found: dict[str, Type] = {}
        while self._peek() != "}":
            name = self._next().strip('"')
            if self._peek() == "?":
                self._next()
            self._take(":")
            found[name] = self._type()
            if self._peek() == ",":
                self._next()
        self._take("}")
        return found

    def _peek(self) -> str:
        return self._words[self._at][1] if self._at < len(self._words) else ""

    def _next(self) -> str:
        self._at += 1
        return self._words[self._at - 1][1]

    def _take(self, wanted: str) -> None:
        if (found := self._next()) != wanted:
            raise self._stranger(found)

    def _stranger(self, word: str) -> Rejected:
        line = self._words[self._at - 1][0]
        return Rejected(
            f"{SCHEMA}, line {line}: {word!r} is valid Cedar, but nothing that we use; see the "
            f"comment at the top of the file that we ship."
        )


def _words(schema: str) -> Iterator[tuple[int, str]]:
    line = 1
    for token in _TOKEN.findall(schema):
        if not (token.isspace() or token.startswith("//")):
            yield line, token
        line += token.count("\n")
