"""Vectors that are in no index yet, in an S3 bucket: each part an object that never changes."""

import io
import uuid
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

from deskhand.adapters.s3_objects import S3Objects
from deskhand.ports import Vector

_UNREADABLE = (ValueError, KeyError, EOFError, zipfile.BadZipFile)


class S3VectorShelf:
    """The port `VectorShelf` under a prefix of a bucket."""

    def __init__(self, client: Any, bucket: str, prefix: str = "index/embedded") -> None:
        self._objects = S3Objects(client, bucket, prefix)

    def put(self, vectors: Mapping[str, Vector], *, fingerprint: str) -> None:
        """Keeps a part. Two runs at once keep parts of their own."""
        part = io.BytesIO()
        np.savez(
            part,
            fingerprint=np.array(fingerprint),
            ids=np.array(list(vectors)),
            vectors=np.array(list(vectors.values()), dtype="<f4"),
        )
        name = f"{uuid.uuid4().hex}.npz"
        self._objects.put(name, part.getvalue(), content_type="application/zip")

    def take(self, *, fingerprint: str) -> dict[str, Vector]:
        """What was kept of that embedder; a part that cannot be read is embedded again."""
        found: dict[str, Vector] = {}
        for name in self._objects.names():
            content = self._objects.get(name)
            if content is not None:  # None: another run has just cleared them away
                found.update(_read(content, fingerprint))
        return found

    def clear(self) -> None:
        """Takes all parts away."""
        for name in self._objects.names():
            self._objects.remove(name)


def _read(content: bytes, fingerprint: str) -> dict[str, Vector]:
    try:
        with np.load(io.BytesIO(content)) as part:
            if part["fingerprint"].item() != fingerprint:
                return {}
            return dict(zip(part["ids"].tolist(), part["vectors"], strict=True))
    except _UNREADABLE:
        return {}
