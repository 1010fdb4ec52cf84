"""How many tokens a text is to a language model, estimated without its tokenizer, and rather too
many than too few."""

import re
from bisect import bisect_right
from itertools import accumulate
from math import ceil

CHARS_A_TOKEN = 3.2
"""Letters and spaces of English prose: about 4.2 for the tokenizers before Claude 5.5, which is
said to make about 30 % more of the same text."""
TOKENS_A_SIGN = 0.7
"""Digits and punctuation, of which a token holds one or two."""
TOKENS_A_BYTE = 0.6
"""Of all other scripts, in UTF-8: two bytes a letter of Greek or Cyrillic, three of Chinese, four
of an emoji."""
HEAD = 2 / 3
"""What of a text that is too long is kept from its beginning; the rest is kept from its end, where
people often say what they want."""
_SIGN = re.compile(r"[!-@\[-`{-~]")


def estimated_tokens(text: str) -> int:
    """About how many tokens it is, rounded up."""
    signs = len(_SIGN.findall(text))
    plain = len(text.encode("ascii", errors="ignore"))
    others = len(text.encode("utf-8", errors="replace")) - plain
    return ceil((plain - signs) / CHARS_A_TOKEN + signs * TOKENS_A_SIGN + others * TOKENS_A_BYTE)


def shortened(text: str, most_tokens: int) -> str:
    """The text where it has at most so many tokens; else its beginning and its end, with how much
    was left out between them."""
    if estimated_tokens(text) <= most_tokens:
        return text
    left_out = "\n[… {count:,} characters left out …]\n"
    room = max(0.0, most_tokens - estimated_tokens(left_out.format(count=len(text))))
    sums = tuple(accumulate(map(_tokens_of, text)))
    head = bisect_right(sums, room * HEAD)
    tail = bisect_right(sums, sums[-1] - room * (1 - HEAD))
    tail = min(tail + 1, len(text))
    return f"{text[:head].rstrip()}{left_out.format(count=tail - head)}{text[tail:].lstrip()}"


def _tokens_of(char: str) -> float:
    if not char.isascii():
        return len(char.encode("utf-8", errors="replace")) * TOKENS_A_BYTE
    return TOKENS_A_SIGN if _SIGN.match(char) else 1 / CHARS_A_TOKEN
