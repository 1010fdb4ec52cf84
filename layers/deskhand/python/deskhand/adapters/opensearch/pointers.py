"""What says which index serves, and lets only one of several runs put its own there."""

from typing import Any, Protocol

from deskhand.adapters.index_shelves import QUICKER
from deskhand.adapters.opensearch.client import GoneError, reached
from deskhand.adapters.s3_objects import S3Objects
from deskhand.errors import Unavailable

_SWAP_TIMEOUT_S = 30


class Pointer(Protocol):
    """Names the index that serves."""

    def current(self) -> str:
        """The index that serves; empty before the first."""
        ...

    def swap(self, name: str, *, after: str) -> None:
        """Lets another index serve, in one step. `Unavailable`: it is not `after` that serves."""
        ...


class AliasPointer:
    """An alias: moving it is one step that fails where the alias is no longer on the old index.

    So that the first move is one, too, an empty index carries the alias before there is any other;
    it stays for good.
    """

    def __init__(self, client: Any, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._first = f"{alias}-0"

    def current(self) -> str:
        """The index that serves; empty before the first."""
        newest = max(self._carriers(), default=self._first)
        return "" if newest == self._first else newest

    def swap(self, name: str, *, after: str) -> None:
        """Lets another index serve, in one step."""
        carriers = self._carriers() or self._begin()
        if max(carriers, default="") != (after or self._first):
            raise Unavailable(QUICKER)
        taken = [
            {"remove": {"index": index, "alias": self._alias, "must_exist": True}}
            for index in carriers
        ]
        given = {"add": {"index": name, "alias": self._alias}}
        try:
            with reached():
                self._client.indices.update_aliases(
                    body={"actions": [*taken, given]}, request_timeout=_SWAP_TIMEOUT_S
                )
        except GoneError as error:
            raise Unavailable(QUICKER) from error
        except Unavailable:
            if self.current() != name:  # else it was done, and only the answer was lost
                raise

    def _carriers(self) -> list[str]:
        try:
            with reached():
                return sorted(self._client.indices.get_alias(name=self._alias))
        except GoneError:
            return []

    def _begin(self) -> list[str]:
        """Two runs may begin at once: one makes the index, the other finds it made."""
        with reached():
            if self._client.indices.exists(index=self._first):
                # Somebody deleted the index that served, and its alias with it.
                self._client.indices.put_alias(index=self._first, name=self._alias)
            else:
                body = {
                    "aliases": {self._alias: {}},
                    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                }
                self._client.indices.create(index=self._first, body=body, ignore=[400])
        return self._carriers()


class S3Pointer:
    """An object in S3 that is replaced only while it says what it said before."""

    def __init__(self, client: Any, bucket: str, name: str) -> None:
        self._objects = S3Objects(client, bucket, "index")
        self._name = name

    def current(self) -> str:
        """The index that serves; empty before the first."""
        return (self._objects.get(self._name) or b"").decode("ascii").strip()

    def swap(self, name: str, *, after: str) -> None:
        """Lets another index serve, in one step."""
        old = after.encode("ascii") if after else None
        new = name.encode("ascii")
        if not self._objects.swap(self._name, old, new, content_type="text/plain"):
            raise Unavailable(QUICKER)
