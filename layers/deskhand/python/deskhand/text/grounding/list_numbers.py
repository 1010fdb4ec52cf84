"""Takes the numbers of numbered steps out of a text: they count steps, and nothing that is said."""

import re

_NUMBER = re.compile(r"(?:^|(?<=[.:;!?\n]))\s{0,9}(?P<number>\d{1,2})[.)]\s{1,9}(?=[^\W\d_])")


def without_list_numbers(text: str) -> str:
    """`Do this: 1. Open it. 2. Press it.` as `Do this: Open it. Press it.`: numbers that follow one
    another, each before a new sentence; a single one only where the text begins with it."""
    steps: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        follows = int(steps[-1]["number"]) + 1 if steps else 1
        if int(found["number"]) == follows or not found.start():
            steps.append(found)
    if len(steps) == 1 and steps[0].start():
        return text
    for found in reversed(steps):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text.strip() if steps else text
