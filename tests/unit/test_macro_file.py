"""The words that articles share: what `macros.toml` says, and what is wrong in it."""

from pathlib import Path

import pytest

from deskhand.adapters.policy_files import read_policy
from deskhand.domain.macros import Macros
from tests.small_policy import mistakes, write_policy


def with_macros(folder: Path, text: str) -> Path:
    (write_policy(folder) / "macros.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_words_are_part_of_the_policy(tmp_path):
    said = '[variables]\nhours = " nine to five "\ndays = 30\n[known]\nplan = ["pro"]\n'
    macros = read_policy(with_macros(tmp_path, said)).macros

    assert macros.variables == {"hours": "nine to five", "days": 30}
    assert macros.known.plan == ("pro",)


def test_without_the_file_there_is_nothing_to_fill_in(tmp_path):
    assert read_policy(write_policy(tmp_path)).macros == Macros()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hours = 9", 'line 1: "hours" stands outside of a table such as [hours].'),
        (
            "[variable]\nx = 1",
            'line 1: there is no table [variable] here; did you mean "variables"?',
        ),
        ("[variables]\nx = 4.9", 'line 2: "x" should be text in quotes'),
        ("[variables]\nx = 2026-01-01", 'line 2: "x" should be text in quotes'),
        ("[variables]\nx = true", 'line 2: "x" should be text in quotes'),
        ('[variables]\nx = " "', 'line 2: "x" is empty.'),
        ("[variables]\nHours = 1", 'line 2: "Hours" should be in small letters joined by _ .'),
        ('[variables]\nx = "a {{ y }}"', 'line 2: "x" holds a macro, a heading or a fence'),
        ('[variables]\nx = "# Big"', 'line 2: "x" holds a macro, a heading or a fence'),
        ('[known]\nplan = "pro"', 'line 2: "plan" should be a valid array'),
        ('[known]\ntier = ["pro"]', 'line 2: there is no key "tier" here'),
        ("[variables", "this is not valid TOML"),
    ],
)
def test_a_mistake_is_told_by_its_line(tmp_path, text, words):
    [mistake] = mistakes(with_macros(tmp_path, text))

    assert mistake.startswith("macros.toml, ")
    assert words in mistake
