"""A file of JSON lines is read as it was meant, whoever saved it."""

import json
from pathlib import Path

import pytest

from scripts.evaluation.golden import read_golden
from scripts.evaluation.grounding_set import read_grounding_set
from scripts.evaluation.json_lines import lines_of

BREAKS = "one\u2028two\u0085three\x0bfour"


def test_a_mark_of_the_byte_order_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xef\xbb\xbf{}\r\n\r\n[]")

    assert lines_of(file) == ["{}", "", "[]"]


def test_other_breaks_may_stand_in_a_text(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [
        {"passages": [BREAKS], "sentence": BREAKS, "supported": supported}
        for supported in (True, False)
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    assert [row.sentence for row in read_grounding_set(file)] == [BREAKS, BREAKS]

    ticket = {
        "id": "t",
        "from": {"email": "a@example.com"},
        "turns": [{"text": BREAKS, "endings": ["answered"]}],
    }
    file.write_text(json.dumps(ticket, ensure_ascii=False), "utf-8-sig")
    assert read_golden(file)[0].turns[0].text == BREAKS


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        lines_of(tmp_path / "rows.jsonl")
