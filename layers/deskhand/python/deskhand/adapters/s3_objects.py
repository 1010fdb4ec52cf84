"""Objects under one prefix of an S3 bucket."""

from collections.abc import Iterator
from typing import Any

from deskhand.adapters.aws_errors import code_of, reached

_MISSING = {"NoSuchKey", "NotFound", "404"}
_OVERTAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"}


class S3Objects:
    """The objects whose keys begin with one prefix, by the rest of their keys."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix.rstrip("/") + "/"
        self._where = f"the bucket {bucket}"

    def get(self, name: str) -> bytes | None:
        """The object's content, or None."""
        with reached(self._where):
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
            except self._client.exceptions.NoSuchKey:
                return None
            return bytes(found["Body"].read())

    def put(self, name: str, content: bytes, *, content_type: str) -> None:
        """Keeps the content in place of any earlier one; readers see one or the other, whole."""
        with reached(self._where):
            self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + name,
                Body=content,
                ContentType=content_type,
            )

    def swap(self, name: str, old: bytes | None, new: bytes, *, content_type: str) -> bool:
        """Keeps the new content if the object is still as it was (None: not there), in one step;
        False: it is not."""
        with reached(self._where):
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
                unchanged, condition = found["Body"].read() == old, {"IfMatch": found["ETag"]}
            except self._client.exceptions.NoSuchKey:
                unchanged, condition = old is None, {"IfNoneMatch": "*"}
            if not unchanged:
                return False
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._prefix + name,
                    Body=new,
                    ContentType=content_type,
                    **condition,
                )
            except self._client.exceptions.ClientError as error:
                if code_of(error) not in _OVERTAKEN:
                    raise
                # The client asks twice where an answer was lost: it may have been our own hand.
                return self.get(name) == new
        return True

    def has(self, name: str) -> bool:
        """Whether there is such an object."""
        with reached(self._where):
            try:
                self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
            except self._client.exceptions.ClientError as error:
                if code_of(error) in _MISSING:
                    return False
                raise
        return True

    def remove(self, name: str) -> None:
        """Takes it away; one that is not there is fine."""
        with reached(self._where):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def names(self) -> tuple[str, ...]:
        """What is there, in order."""
        return tuple(self.sizes())

    def sizes(self) -> dict[str, int]:
        """How many bytes each of them has, in the order of their names."""
        return {item["Key"].removeprefix(self._prefix): item["Size"] for item in self._listed()}

    def _listed(self) -> Iterator[Any]:
        with reached(self._where):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                yield from page.get("Contents", [])
