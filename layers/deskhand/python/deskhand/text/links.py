"""How links and addresses are recognised in a text."""

import re

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
PAGE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+"
    r"|(?<![\w@./-])(?:(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,}\.)+[a-z]{2,24}(?![\w@-]|\.\w)"
    r"(?:/[^\s<>\"')]*)?",
    re.IGNORECASE,
)
"""A page, also one that is written without `https://`; no address of e-mail."""
