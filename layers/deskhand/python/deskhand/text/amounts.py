"""Reads amounts of money in cents, in whatever way people write them."""

import re

_NUMBER = r"\d{1,3}(?:[.,'\s]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?"
_SIGN = r"(?:(?<!\w)(?:eur|usd|gbp|chf|us\$)|€|\$|£|¥)"
_NAME = (
    r"(?:€|\$|£|eur(?:os?)?|euros?|usd|dollars?|bucks?|gbp|pounds?(?!\s+(?:heavy|of))|quid|chf|"
    r"francs?|"
    r"sek|nok|dkk|kr|zł|pln)"
)
AMOUNT = re.compile(
    rf"{_SIGN}\s?(?P<before>{_NUMBER})(?![\d-])(?:,[-\u2013])?"
    rf"|(?<![\w.,#-])(?P<after>{_NUMBER})(?:,[-\u2013]|\.-)?\s?{_NAME}(?!\w)"
    r"|(?<![\w.,#-])(?P<cents>\d{1,3})\s?(?:cents?|ct)\b",
    re.IGNORECASE,
)
_SMALL = {
    name: value
    for value, name in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
}
_SMALL |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_SMALL |= {"seventy": 70, "eighty": 80, "ninety": 90}
SPELLED = re.compile(
    rf"\b(?P<tens>{'|'.join(_SMALL)}|a hundred|one hundred|hundred)"
    rf"(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?\s+"
    rf"(?:euros?|dollars?|bucks?|pounds?|quid|francs?)\b",
    re.IGNORECASE,
)


def amounts_in(text: str) -> tuple[int, ...]:
    """Amounts of money in cents, in whatever way they are written."""
    found = [(match.start(), _cents_of(match)) for match in AMOUNT.finditer(text)]
    found += [(match.start(), _spelled_cents(match)) for match in SPELLED.finditer(text)]
    return tuple(dict.fromkeys(cents for _, cents in sorted(found) if cents))


def _cents_of(match: re.Match[str]) -> int:
    if cents := match.group("cents"):
        return int(cents)
    written = match.group("before") or match.group("after")
    whole, _, rest = re.sub(r"[\s']", "", written).replace(",", ".").rpartition(".")
    if not whole or len(rest) == 3:
        return int(re.sub(r"\D", "", written)) * 100
    return int(whole.replace(".", "")) * 100 + int(rest.ljust(2, "0"))


def _spelled_cents(match: re.Match[str]) -> int:
    tens = _SMALL.get(match.group("tens").lower(), 100)
    ones = _SMALL[match.group("ones").lower()] if match.group("ones") else 0
    return (tens + ones) * 100
