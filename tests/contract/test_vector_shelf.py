"""What a reindex has embedded before it was cut off: kept whole, for one embedder, and cleared."""

import io
from collections.abc import Iterator

import numpy as np
import pytest

from deskhand.adapters.memory.vectors import MemoryVectorShelf
from deskhand.adapters.vector_shelf import S3VectorShelf
from deskhand.ports import VectorShelf
from tests.knowledge import a_bucket


@pytest.fixture(params=["memory", "s3"])
def shelf(request: pytest.FixtureRequest) -> Iterator[VectorShelf]:
    if request.param == "memory":
        yield MemoryVectorShelf()
    else:
        with a_bucket() as client:
            yield S3VectorShelf(client, "knowledge")


def taken(shelf: VectorShelf, fingerprint: str = "small-1") -> dict[str, list[float]]:
    vectors = shelf.take(fingerprint=fingerprint)
    return {id: [float(number) for number in vectors[id]] for id in sorted(vectors)}


def test_what_several_runs_put_there_is_all_taken(shelf):
    assert taken(shelf) == {}
    shelf.put({"a#1": [1.0, 0.0], "b#é": [0.5, 0.25]}, fingerprint="small-1")
    shelf.put({"c#1": [0.0, 1.0]}, fingerprint="small-1")

    assert taken(shelf) == {"a#1": [1.0, 0.0], "b#é": [0.5, 0.25], "c#1": [0.0, 1.0]}


def test_another_embedder_takes_none_of_it(shelf):
    shelf.put({"a#1": [1.0, 0.0]}, fingerprint="small-1")
    shelf.put({"a#1": [0.0, 1.0, 0.0]}, fingerprint="large-1")

    assert taken(shelf, "large-1") == {"a#1": [0.0, 1.0, 0.0]}
    assert taken(shelf, "small-1") == {"a#1": [1.0, 0.0]}
    assert taken(shelf, "none") == {}


def test_nothing_is_left_after_it_was_cleared(shelf):
    shelf.put({"a#1": [1.0, 0.0]}, fingerprint="small-1")
    shelf.clear()
    shelf.clear()

    assert taken(shelf) == {}


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 cut off", b"no archive at all" * 99])
def test_a_part_that_cannot_be_read_is_passed_by(broken):
    with a_bucket() as client:
        shelf = S3VectorShelf(client, "knowledge")
        shelf.put({"a#1": [1.0, 0.0]}, fingerprint="small-1")
        client.put_object(Bucket="knowledge", Key="index/embedded/0.npz", Body=broken)

        assert taken(shelf) == {"a#1": [1.0, 0.0]}


def test_a_part_that_holds_objects_of_python_is_never_opened():
    with a_bucket() as client:
        shelf = S3VectorShelf(client, "knowledge")
        client.put_object(Bucket="knowledge", Key="index/embedded/0.npz", Body=_pickled())

        assert taken(shelf) == {}


def _pickled() -> bytes:
    part = io.BytesIO()
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(part, fingerprint=np.array("small-1"), ids=np.array(["a#1"]), vectors=objects)
    return part.getvalue()
