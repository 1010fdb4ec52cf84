"""Objects under one prefix of an S3 bucket, with S3's errors as the two that we know."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from deskhand.errors import Rejected, Unavailable

_MISSING = {"NoSuchKey", "404"}
_BUSY = {"SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "Throttling"}


class S3Objects:
    """The objects whose keys begin with one prefix, by the rest of their keys."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix.rstrip("/") + "/"

    def get(self, name: str) -> bytes | None:
        """The object's content, or None."""
        try:
            with self._reached():
                found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
                return bytes(found["Body"].read())
        except _Missing:
            return None

    def put(self, name: str, content: bytes, *, content_type: str) -> None:
        """Keeps the content in place of any earlier one; readers see one or the other, whole."""
        with self._reached():
            self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + name,
                Body=content,
                ContentType=content_type,
            )

    def has(self, name: str) -> bool:
        """Whether there is such an object."""
        try:
            with self._reached():
                self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except _Missing:
            return False
        return True

    def remove(self, name: str) -> None:
        """Takes it away; one that is not there is fine."""
        with self._reached():
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def names(self) -> Iterator[str]:
        """What is there, in order."""
        with self._reached():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            listed = [item["Key"] for page in pages for item in page.get("Contents", [])]
        yield from (key.removeprefix(self._prefix) for key in listed)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = error.response["Error"]["Code"]
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if code in _MISSING:
                raise _Missing from error
            where = f"the bucket {self._bucket}"
            if code in _BUSY or status >= 500:
                raise Unavailable(f"{where} is busy: {code}") from error
            raise Rejected(f"{where} said {code}: check its name and our role") from error
        except BotoCoreError as error:
            raise Unavailable(f"the bucket {self._bucket} cannot be reached: {error}") from error


class _Missing(Exception):
    """S3 has no such object."""
