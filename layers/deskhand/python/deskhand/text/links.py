"""How links and addresses are recognised in a text."""

import re

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
