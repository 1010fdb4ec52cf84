"""Files are on their way before they are asked for, a few at a time, and each is the right one."""

import threading

import pytest

from deskhand.adapters.read_ahead import AHEAD, reading_ahead
from deskhand.errors import Unavailable

NAMES = [f"page-{number}.md" for number in range(50)]


class Bucket:
    """Remembers what was loaded, and how many were at once on their way."""

    def __init__(self, together: int = 1) -> None:
        self.loaded: list[str] = []
        self._meeting = threading.Barrier(together)

    def load(self, name: str) -> bytes | None:
        self.loaded.append(name)
        self._meeting.wait(timeout=30)
        return name.encode()


def test_each_is_given_under_its_name_and_loaded_once():
    bucket = Bucket()
    with reading_ahead(bucket.load, NAMES) as load:
        assert [load(name) for name in NAMES] == [name.encode() for name in NAMES]

    assert sorted(bucket.loaded) == sorted(NAMES)


def test_several_are_on_their_way_at_once():
    bucket = Bucket(together=AHEAD)  # alone none of them would ever arrive
    with reading_ahead(bucket.load, NAMES[:AHEAD]) as load:
        assert load(NAMES[0]) == b"page-0.md"


def test_no_more_than_a_few_are_held():
    bucket = Bucket()
    with reading_ahead(bucket.load, NAMES) as load:
        load(NAMES[0])

    assert len(bucket.loaded) <= AHEAD


def test_what_is_asked_for_out_of_turn_is_loaded_at_once():
    bucket = Bucket()
    with reading_ahead(bucket.load, NAMES) as load:
        assert load("page-0.md.yaml") == b"page-0.md.yaml"
        assert load(NAMES[0]) == b"page-0.md"


def test_a_failure_is_told_where_its_file_is_asked_for():
    def failing(name: str) -> bytes:
        if name == NAMES[1]:
            raise Unavailable("the bucket")
        return b"here"

    with reading_ahead(failing, NAMES) as load:
        assert load(NAMES[0]) == b"here"
        with pytest.raises(Unavailable):
            load(NAMES[1])
        assert load(NAMES[2]) == b"here"
