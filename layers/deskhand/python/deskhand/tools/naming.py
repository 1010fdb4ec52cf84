"""Whether a message names a thing, by its number or by what it is called."""

from deskhand.text.words import phrase_at, words


def named(text: str, *names: str) -> bool:
    """Whether one of the names stands in the text, word for word, however it is punctuated."""
    said = words(text)
    return any(phrase_at(said, words(name)) for name in names)
