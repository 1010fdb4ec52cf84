"""Plain text as Markdown that says the same, for the chunker of our articles."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def as_markdown(text: str) -> str:
    """Markdown whose paragraphs are those of the plain text, word for word.

    Nothing in the text is read as a heading, a list, a link or front matter.
    """
    lines = (line.strip() for line in text.replace("\0", " ").splitlines())
    return "\n".join(_MARKS.sub(r"\\\1", line) for line in lines).strip()
