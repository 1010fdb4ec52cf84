"""What numbers count: units with their factors, months, weekdays, and numbers in words."""

from deskhand.text.words import listed

_SAME = {
    ("minute", 1.0): "minute minutes min mins",
    ("minute", 60.0): "hour hours hr hrs h",
    ("day", 1.0): "day days",
    ("day", 7.0): "week weeks",
    ("month", 1.0): "month months",
    ("month", 12.0): "year years yr yrs",
    ("second", 1.0): "seconds sec secs",
    ("%", 1.0): "% percent pct",
    ("eur", 1.0): "€ eur euro euros",
    ("usd", 1.0): "$ usd dollar dollars bucks us$",
    ("gbp", 1.0): "£ gbp pounds quid",
    ("chf", 1.0): "chf francs",
    ("cent", 1.0): "¢ cent cents ct",
    ("g", 1.0): "g gram grams gramme grammes",
    ("g", 1000.0): "kg kilo kilos kilogram kilograms",
    ("mm", 1.0): "mm millimetre millimetres millimeter millimeters",
    ("mm", 10.0): "cm centimetre centimetres centimeter centimeters",
    ("mm", 1000.0): "m metre metres meter meters",
    ("km", 1.0): "km kilometre kilometres kilometer kilometers",
    ("ml", 1.0): "ml millilitre millilitres milliliter milliliters",
    ("ml", 1000.0): "l litre litres liter liters",
    ("degree", 1.0): "degree degrees °",
    ("inch", 1.0): "inch inches",
    ("mb", 1.0): "mb megabyte megabytes",
    ("mb", 1024.0): "gb gigabyte gigabytes",
    ("watt", 1.0): "w watt watts",
    ("times", 1.0): "times",
}
UNITS = {word: unit for unit, names in _SAME.items() for word in names.split()}
"""The unit in which a word is counted, and how many of it the word is."""

CURRENCIES = frozenset({"eur", "usd", "gbp", "chf"})
SIGNS = {"€": "eur", "$": "usd", "£": "gbp"}
MULTIPLES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
WORKING = listed("working business")
WHOLE = listed("calendar full whole entire consecutive successive")
SPANS = listed("minute hour day week month year")
PER = {
    "hour": "hour",
    **dict.fromkeys(("day", "daily"), "day"),
    **dict.fromkeys(("week", "weekly"), "week"),
    **dict.fromkeys(("month", "monthly"), "month"),
    **dict.fromkeys(("year", "yearly", "annual", "annually", "annum"), "year"),
    **{name: name for name in ("order", "customer", "person", "item", "parcel", "household")},
}
"""What an amount is counted for each of: `a month`, `per order`, `yearly`."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november"),
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, day in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    for name in (day, f"{day}s")
}

_CARDINALS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_ORDINALS = (
    *("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
TENS = {
    name: 10.0 * number
    for number, name in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SPELLED = {name: float(value) for value, name in enumerate(_CARDINALS)}
SPELLED |= {name: float(value) for value, name in enumerate(_ORDINALS, start=3)} | TENS
SPELLED |= {"dozen": 12.0}
"""Numbers in words; `first` and `second` say too many other things."""
