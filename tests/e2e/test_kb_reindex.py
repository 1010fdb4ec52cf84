"""What a person types to bring the running desk up to date with a folder of articles."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import S3Shelf
from deskhand.ports import utc_now
from scripts.deskhand_cli import kb_reindex
from scripts.deskhand_cli.own_desk import own_desk
from scripts.deskhand_cli.session import Session
from scripts.local_stack import LocalStack
from tests.terminal import Command, typed

BOATS = "# Boats\n\nWe rent rowing boats for 20 EUR a day.\n"


@pytest.fixture(scope="module")
def desk() -> Iterator[tuple[Session, LocalStack]]:
    """A desk that knows the sample shop's articles."""
    with own_desk(report=lambda _: None) as running:
        yield running


@pytest.fixture
def deskhand(
    desk: tuple[Session, LocalStack],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    monkeypatch.setattr(kb_reindex, "the_session", lambda: desk[0])
    return typed(monkeypatch, capsys, "kb", "reindex")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rent").mkdir()
    (tmp_path / "rent" / "boats.md").write_text(BOATS, encoding="utf-8")
    (tmp_path / "readme.md").write_text("# For people\n\nNot for customers.\n", encoding="utf-8")
    return tmp_path


def known(desk: tuple[Session, LocalStack]) -> set[str]:
    """The articles of the index that serves."""
    _, stack = desk
    shelf = S3Shelf(stack.boto3_client("s3"), stack.outputs["KnowledgeBucketName"])
    indexed = EmbeddedKnowledge(shelf, clock=utc_now).indexed()
    return {chunk_id.partition("#")[0] for chunk_id in indexed}


def test_nothing_to_do_is_said_and_nothing_is_embedded(deskhand):
    code, out, err = deskhand()

    assert code == 0
    assert out.startswith("Nothing has changed; ")
    assert "embedding" not in err


def test_the_articles_of_a_folder_are_put_on_the_desk_and_found(deskhand, desk, folder):
    before = known(desk)
    code, out, err = deskhand(str(folder))

    assert code == 0
    assert out.startswith("1 of 1 files were new or changed; ")
    assert ": 1 embedded, " in out
    assert "embedding (1)" in err
    assert known(desk) == before | {"boats"}

    (folder / "rent" / "boats.md").write_text(BOATS.replace("20", "25"), encoding="utf-8")
    done = json.loads(deskhand(str(folder), "--json")[1])
    assert (done["embedded"], done["removed"], done["troubles"]) == (1, 1, [])


def test_what_is_wrong_is_told_by_file_and_reason_and_ends_with_1(deskhand, folder):
    (folder / "bad.md").write_text("---\ncolour: red\n---\n# Bad\n\nNo.\n", encoding="utf-8")
    (folder / "cut off.pdf").write_bytes(b"%PDF-1.4 cut off")
    code, out, _ = deskhand(str(folder))

    said = " ".join(out.split())
    assert code == 1
    assert "bad.md │ left out │ colour is no key of an article" in said
    assert "cut off.pdf │ left out │ the file is damaged or no PDF" in said


def test_a_folder_may_be_all_that_the_desk_knows(deskhand, desk, folder):
    code, out, _ = deskhand(str(folder), "--only")

    assert code == 0
    assert "others taken away." in out
    assert "of 1 pieces" in out
    assert known(desk) == {"boats"}


def test_what_cannot_be_meant_is_refused_in_words(deskhand, tmp_path):
    nowhere = str(tmp_path / "nowhere")

    assert deskhand(nowhere)[::2] == (2, f"deskhand: {nowhere} is not a folder of articles\n")
    code, _, err = deskhand("--only")
    assert (code, "--only goes with the FOLDER" in err) == (2, True)
    code, _, err = deskhand(str(tmp_path), "--only")
    assert (code, "holds no Markdown, HTML, PDF or DOCX file" in err) == (2, True)
