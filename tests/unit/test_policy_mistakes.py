"""A mistake in a policy file is refused by file, line and reason, for a support lead to mend."""

from pathlib import Path

import pytest

from tests.small_policy import bend, mistakes, write_policy


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_policy(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            "intents.toml",
            "verified = true",
            "verifed = true",
            'intents.toml, line 14: there is no key "verifed" here; did you mean "verified"?',
        ),
        (
            "intents.toml",
            "verified = true",
            'verified = true\nname = "x"',
            'intents.toml, line 15: there is no key "name" here; there are: ',
        ),
        (
            "intents.toml",
            "confidence = 0.85",
            'confidence = "0.85"',
            'intents.toml, line 15: "confidence" should be a valid number, not "0.85".',
        ),
        (
            "intents.toml",
            "confidence = 0.85",
            "confidence = 1.5",
            'intents.toml, line 15: "confidence" should be less than or equal to 1, not 1.5.',
        ),
        (
            "intents.toml",
            "confidence = 0.85",
            'mode = "atuo"',
            "intents.toml, line 15: \"mode\" should be 'shadow', 'suggest' or 'auto', "
            'not "atuo".',
        ),
        (
            "intents.toml",
            '"can I get a refund"',
            "42",
            'intents.toml, line 8: "examples" should be a valid string, not 42.',
        ),
        (
            "intents.toml",
            '"thx", "thanks", ',
            "",
            'intents.toml, line 19: "examples" should have at least 5 items, not 3.',
        ),
        (
            "intents.toml",
            'description = "Nothing is asked"',
            "",
            'intents.toml, line 17: [thanks] lacks "description".',
        ),
        (
            "intents.toml",
            "[thanks]",
            "[refund_request]",
            "intents.toml, line 17, column 16: [refund_request] stands here a second time.",
        ),
        (
            "intents.toml",
            "confidence = 0.85",
            "verified = true",
            "intents.toml, line 15, column 16: this key stands here a second time.",
        ),
        (
            "intents.toml",
            "confidence = 0.85",
            "confidence 0.85",
            "intents.toml, line 15, column 12: this is not valid TOML: "
            "expected '=' after a key in a key/value pair.",
        ),
        (
            "intents.toml",
            '"bye", "thank you"]\nresolved_when = "nothing was asked"\nreplies = false',
            '"bye", "thank you"',
            "intents.toml, line 19: this is not valid TOML: unclosed array.",
        ),
        (
            "intents.toml",
            "[thanks]",
            "[Thank-You]",
            "intents.toml, line 17: [Thank-You] should be in small letters joined by _ .",
        ),
        (
            "intents.toml",
            "# What customers want.",
            "version = 1",
            'intents.toml, line 1: "version" stands outside of a table such as [version].',
        ),
        (
            "escalation.toml",
            "[angry_twice]",
            "[angry_twise]",
            'escalation.toml, line 7: there is no trigger "angry_twise"; '
            'did you mean "angry_twice"?',
        ),
        (
            "escalation.toml",
            "limit = 2",
            "",
            'escalation.toml, line 7: [angry_twice] needs a "limit" of 1 or more.',
        ),
        (
            "escalation.toml",
            'terms = ["human"]',
            "limit = 2",
            'escalation.toml, line 1: [wish_for_a_person] never fires without "terms".',
        ),
        (
            "escalation.toml",
            'terms = ["human"]',
            'terms = ["human"]\nlimit = 2',
            "escalation.toml, line 6: [wish_for_a_person] counts nothing, "
            'so "limit" changes nothing.',
        ),
        (
            "escalation.toml",
            "limit = 2",
            'limit = 2\nterms = ["grr"]',
            "escalation.toml, line 12: [angry_twice] does not look for words, "
            'so "terms" change nothing.',
        ),
        (
            "escalation.toml",
            '"ANGRY_TWICE"',
            '"angry"',
            'escalation.toml, line 8: [angry_twice] has the code "angry", '
            "which should be in CAPITALS joined by _ .",
        ),
        (
            "escalation.toml",
            '"ANGRY_TWICE"',
            '"WISH_FOR_A_PERSON"',
            'escalation.toml, line 8: "WISH_FOR_A_PERSON" is the code of '
            "[wish_for_a_person] already.",
        ),
        (
            "escalation.toml",
            '"refund_request"',
            '"refund_requests"',
            'escalation.toml, line 12: there is no intent "refund_requests"; '
            'did you mean "refund_request"?',
        ),
        (
            "escalation.toml",
            "[wish_for_a_person]",
            "[safety]",
            "[wish_for_a_person] is missing: who asks for a person always gets one.",
        ),
        (
            "replies.toml",
            "{action}",
            "it",
            'replies.toml, line 6: "confirm" has to say where {action} goes.',
        ),
        (
            "replies.toml",
            "No. {why}",
            "No {name}. {why}",
            'replies.toml, line 7: "denied" has {name}, which nobody fills in.',
        ),
        (
            "replies.toml",
            "No. {why}",
            "No. {why",
            'replies.toml, line 7: "denied" has a brace that does not close '
            "(expected '}' before end of string).",
        ),
        (
            "replies.toml",
            'signature = "Some words."',
            'signature = " "',
            'replies.toml, line 2: "signature" is empty.',
        ),
        (
            "replies.toml",
            "introduction",
            "introducton",
            'replies.toml, line 1: there is no key "introducton" here; '
            'did you mean "introduction"?',
        ),
        (
            "replies.toml",
            'signature = "Some words."\n',
            "",
            'replies.toml, line 1: the file lacks "signature".',
        ),
        (
            "prices.toml",
            "500",
            "-500",
            'prices.toml, line 5: "output_microusd" should be greater than or equal to 0, '
            "not -500.",
        ),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_reason(folder, name, old, new, words):
    bend(folder, name, old, new)

    assert any(line.startswith(words) or words in line for line in mistakes(folder)), mistakes(
        folder
    )


def test_mistakes_in_several_files_are_told_together(folder):
    bend(folder, "intents.toml", "[thanks]", "thanks")
    bend(folder, "prices.toml", "500", '"500"')
    (folder / "replies.toml").unlink()
    (folder / "escalation.toml").write_bytes(b"\xff\xfe")

    assert mistakes(folder) == [
        "intents.toml, line 17, column 7: this is not valid TOML: "
        "expected '=' after a key in a key/value pair.",
        "replies.toml: it cannot be read (No such file or directory).",
        "escalation.toml: byte 0 is not UTF-8 text.",
        'prices.toml, line 5: "output_microusd" should be a valid integer, not "500".',
    ]


def test_a_long_wrong_value_is_shortened(folder):
    bend(folder, "intents.toml", "confidence = 0.85", f'confidence = "{"x" * 200}"')

    assert mistakes(folder)[0].endswith("xxx....")
