"""However long an article is and whatever stands in it, filling it in takes its length in time."""

import gc
from collections.abc import Callable
from time import process_time

import pytest

from deskhand.domain.macros import Macros
from deskhand.text.macros import filled
from tests.knowledge import an_article

MACROS = Macros.model_validate({"variables": {"hours": "nine"}, "known": {"plan": ("pro",)}})
HUGE: dict[str, Callable[[int], str]] = {
    "variables": lambda size: "{{ hours }} " * (size // 12),
    "lines with variables": lambda size: "We answer {{ hours }}\n" * (size // 22),
    "unknown variables": lambda size: "{{ x }} " * (size // 8),
    "braces": lambda size: "{" * size,
    "backticks and a variable": lambda size: "` `` " * (size // 5) + "{{ hours }}",
    "backticks of every length": lambda size: (
        " ".join("`" * (number % 90) for number in range(size // 45)) + "{{ hours }}"
    ),
    "escapes": lambda size: "\\{{ " * (size // 4),
    "blocks": lambda size: "::: only-for plan=pro\nx\n:::\n" * (size // 28),
    "blocks in blocks": lambda size: (
        "::: only-for plan=pro\n" * (size // 27) + "x\n" + ":::\n" * (size // 27)
    ),
    "headings in blocks": lambda size: "::: only-for plan=pro\n## H\n:::\n" * (size // 31),
    "headings": lambda size: "{{ hours }}\n" + "## H {{ hours }}\n" * (size // 17),
    "blank lines": lambda size: "{{ hours }}" + "\n" * size + "## H",
    "includes": lambda size: "{{> address }}\n" * (size // 15),
    "a list after its lead": lambda size: (
        "If:\n" + "::: only-for plan=pro\n- x\n:::\n" * (size // 30)
    ),
}
ADDRESS = an_article("Dyke Lane 8.", id="address", title="Address")


def work_s(text: str) -> float:
    """The processor time that it takes to fill in the text, at its quickest."""
    times = []
    article = an_article(text)
    gc.disable()
    try:
        for _ in range(3):
            began = process_time()
            filled([article, ADDRESS], MACROS)
            times.append(process_time() - began)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("kind", HUGE)
def test_eight_times_the_text_takes_about_eight_times_the_work(kind):
    """64 times, were anything done for each pair of things."""
    assert work_s(HUGE[kind](80_000)) <= 32 * work_s(HUGE[kind](10_000)) + 0.02
