"""How links and addresses are recognised in a text."""

import re

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
PAGE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![\w@.-])(?:[a-z0-9-]+\.)++[a-z]{2,24}/[^\s<>\"')]*",
    re.IGNORECASE,
)
"""A page, also one that is written without `https://`."""
