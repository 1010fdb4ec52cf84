"""Text that goes into a record or a question as it is: it cannot pass for anything but itself."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from deskhand.domain.records import Address

_TURNS_THE_LINE = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make a text read in another order than it is written in."""
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


def one_line(text: str) -> str:
    """The text, if it is one line that reads as it is written."""
    if strange := [mark for mark in text if _is_strange(mark)]:
        raise ValueError(f"it has a character that cannot stand in one line: {strange[0]!r}")
    return text


def several_lines(text: str) -> str:
    """The text, if it reads as it is written; line breaks and tabs are fine."""
    if strange := [mark for mark in text if _is_strange(mark) and mark not in "\r\n\t"]:
        raise ValueError(f"it has a character that cannot be read: {strange[0]!r}")
    return text


def _is_strange(mark: str) -> bool:
    return mark in _TURNS_THE_LINE or unicodedata.category(mark) in _UNSEEN


def _plain_address(address: Address) -> Address:
    for field in Address.model_fields:
        one_line(getattr(address, field))
    if not (address.line1.strip() and address.city.strip() and address.postcode.strip()):
        raise ValueError("an address needs a street, a postcode and a city")
    return address


def _named(name: str) -> str:
    if name and not any(mark.isalpha() for mark in name):
        raise ValueError("a name has a letter in it")
    return name


Name = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, max_length=100),
    AfterValidator(one_line),
    AfterValidator(_named),
]
"""A person's name. Empty: left as it is."""
Phone = Annotated[
    str,
    StringConstraints(
        strict=True,
        strip_whitespace=True,
        pattern=r"^(?:\+?[0-9(][0-9 ()/.-]{4,23}[0-9])?$",
    ),
]
"""A phone number as people write it. Empty: left as it is."""
Title = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=3, max_length=200),
    AfterValidator(one_line),
]
Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=10, max_length=4000),
    AfterValidator(several_lines),
]
RecordId = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=64),
    AfterValidator(one_line),
]
PlainAddress = Annotated[Address, AfterValidator(_plain_address)]
