"""Reads files of one JSON object a line, whoever saved them."""

from pathlib import Path


def lines_of(file: Path) -> list[str]:
    """The lines of a UTF-8 file, with or without a mark of its byte order. A line ends with a line
    feed and with nothing else: other breaks may stand inside of a text. `OSError`: it cannot be
    read; `UnicodeDecodeError`: it is not UTF-8."""
    return [line.strip() for line in file.read_bytes().decode("utf-8-sig").split("\n")]
