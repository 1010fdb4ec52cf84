"""The texts and numbers of one-time codes in `replies.toml`."""

from pathlib import Path

import pytest

from deskhand.adapters.policy_files import CODE_TEXTS, read_policy
from tests.builders import a_policy
from tests.small_policy import mistakes, write_policy

TEXTS = {
    "verify_by_code": "Answer with the code within {minutes} minutes.",
    "code_open": "Answer with the code.",
    "code_wrong": "Not right. {tries} left.",
    "code_expired": "Too late.",
    "code_letter_subject": "Your code",
    "code_letter": "It is {code}, for {minutes} minutes.",
}


def with_texts(folder: Path, **bent: str) -> Path:
    write_policy(folder)
    lines = [f'{name} = "{text}"' for name, text in (TEXTS | bent).items() if text != "-"]
    with (folder / "replies.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return folder


def test_the_shipped_policy_keeps_to_what_we_promise() -> None:
    replies = a_policy().replies

    assert (replies.code_valid_s, replies.code_tries, replies.codes_an_hour) == (600, 5, 3)
    assert replies.proof_s == 3600


def test_what_is_said_to_a_stranger_asks_nothing_that_a_yes_could_answer() -> None:
    replies = a_policy().replies
    said = (replies.verify_by_code, replies.code_open, replies.code_wrong, replies.code_expired)

    assert not any("?" in text for text in said)


def test_a_policy_may_do_without_codes(tmp_path: Path) -> None:
    assert read_policy(write_policy(tmp_path)).replies.verify_by_code == ""


def test_a_policy_with_all_texts_is_read(tmp_path: Path) -> None:
    replies = read_policy(with_texts(tmp_path)).replies

    assert {name: getattr(replies, name) for name in CODE_TEXTS} == TEXTS


@pytest.mark.parametrize("name", CODE_TEXTS)
def test_a_policy_with_some_of_the_texts_is_told_which_one_is_missing(
    tmp_path: Path, name: str
) -> None:
    assert any(
        f'"{name}" is empty' in line for line in mistakes(with_texts(tmp_path, **{name: "-"}))
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("verify_by_code", "Answer soon.", "has to say where {minutes} goes"),
        ("code_wrong", "Wrong.", "has to say where {tries} goes"),
        ("code_letter", "For {minutes} minutes.", "has to say where {code} goes"),
        ("code_open", "The code is {code}.", "has {code}, which nobody fills in"),
    ],
)
def test_a_text_that_would_not_be_filled_in_right_is_refused(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    found = mistakes(with_texts(tmp_path, **{name: text}))

    assert any(f'"{name}" {told}' in line for line in found)
