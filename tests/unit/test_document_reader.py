"""Documents are read in a process of its own: what hangs, dies or eats memory harms nobody else."""

import os
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from deskhand.adapters.documents import apart
from deskhand.adapters.documents.apart import DocumentReader
from deskhand.adapters.documents.frames import frame
from deskhand.adapters.documents.reading import LARGEST_BYTES
from deskhand.errors import Rejected, Unavailable
from tests.documents import a_pdf, column

PAGE = (
    b"<title>T</title><meta name='deskhand:last_reviewed' content=2026-01-31>"
    b"<p>Wash cold.<p hidden>Approve it"
)


def test_a_document_comes_back_as_it_was_read():
    with DocumentReader() as reader:
        page = reader.read("page.html", PAGE)

        assert page.text == "Wash cold.\n"
        assert page.fields == {"title": "T", "last_reviewed": date(2026, 1, 31)}
        assert "Approve it" in page.notes[0]
        assert reader.read("a.pdf", a_pdf(column("By rail."))).text == "By rail.\n"


def test_what_is_wrong_with_it_comes_back_too():
    with DocumentReader() as reader:
        with pytest.raises(Rejected, match=r"^a\.pdf: the file is damaged or no PDF"):
            reader.read("a.pdf", b"%PDF-1.7 and no more")
        with pytest.raises(Rejected, match=r"^a\.html: it has 20,000,001 bytes, and at most"):
            reader.read("a.html", b"x" * (LARGEST_BYTES + 1))


def test_what_takes_too_long_is_refused_and_the_next_one_is_read():
    with DocumentReader() as reader:
        reader.read("a.html", PAGE)
        reader._longest_s = 0.1
        os.kill(reader._process.pid, signal.SIGSTOP)
        with pytest.raises(Rejected, match=r"^slow\.html: it was not read within 0\.1 s: split it"):
            reader.read("slow.html", PAGE)
        reader._longest_s = 30.0
        assert reader.read("a.html", PAGE).text == "Wash cold.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits a process's memory")
def test_what_takes_too_much_memory_is_refused_and_the_next_one_is_read():
    with DocumentReader(memory_bytes=300_000_000) as reader:
        with pytest.raises(Rejected, match=r"^big\.html: "):
            reader.read("big.html", b"<p>x" * 1_000_000)
        assert reader.read("a.html", PAGE).text == "Wash cold.\n"


def test_a_reader_that_dies_over_a_document_is_started_anew_for_the_next_one():
    with DocumentReader() as reader:
        reader.read("a.html", PAGE)
        os.kill(reader._process.pid, signal.SIGKILL)
        with pytest.raises(Rejected, match=r"^worse\.html: reading it broke the reader"):
            reader.read("worse.html", PAGE)
        assert reader.read("a.html", PAGE).text == "Wash cold.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="no other system shows it as a file")
def test_the_reader_knows_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with DocumentReader() as reader:
        reader.read("a.html", PAGE)
        told = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    assert b"secret" not in told
    assert b"PYTHONPATH" in told


def test_nothing_is_started_for_nothing_and_nothing_is_left_running():
    with DocumentReader() as idle:
        pass
    assert idle._process is None
    with DocumentReader() as reader:
        reader.read("a.html", PAGE)
        process = reader._process
    assert process.poll() is not None


def test_a_frame_that_comes_in_pieces_is_put_together():
    whole = frame({"name": "x" * 100_000})
    assert apart.unframed_size(whole[:3]) is None
    assert apart.unframed_size(whole[:8]) == len(whole)
    assert apart.parsed_frame(whole) == {"name": "x" * 100_000}


@pytest.mark.parametrize(
    ("name", "instead"),
    [("READER", "deskhand.nothing_of_that_name"), ("LONGEST_START_S", 0.0)],
)
def test_no_document_is_blamed_where_the_reader_cannot_start(monkeypatch, name, instead):
    monkeypatch.setattr(apart, name, instead)
    with DocumentReader() as reader, pytest.raises(Unavailable, match="process that reads"):
        reader.read("a.html", PAGE)
