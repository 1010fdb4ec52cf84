"""Records too large for an item of the table, as objects in S3."""

from typing import Any

from deskhand.adapters.s3_objects import S3Objects
from deskhand.errors import Rejected


class Parts:
    """The objects under `parts/` of one bucket. A record that is written again leaves its earlier
    object to the bucket's lifecycle rule."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._objects = S3Objects(client, bucket, "parts")

    def put(self, name: str, content: str) -> None:
        """Keeps one record under a name that nobody else uses."""
        self._objects.put(name, content.encode(), content_type="application/json")

    def get(self, name: str) -> str:
        """The record. `Rejected`: it is gone, though an item refers to it."""
        content = self._objects.get(name)
        if content is None:
            raise Rejected(f"the large part parts/{name} is gone; its lifecycle is too short")
        return content.decode()
