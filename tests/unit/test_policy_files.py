"""Policy files are refused by file, line and reason, in words that a support lead understands."""

import shutil
from pathlib import Path

import pytest

from deskhand.adapters.policy_files import TEXTS, check_policy, read_policy
from deskhand.adapters.toml_lines import Lines
from deskhand.domain.policy import TRIGGERS, Replies
from deskhand.errors import Rejected

SHIPPED = Path(__file__).parents[2] / "policies"

INTENTS = """\
# What customers want.
[refund_request]
description = "My money back"
examples = [
  "refund me",
  "money back please",  # with a comment, and a ] in it
  "i want a refund", "give me the money back",
  "can I get a refund",
]
resolved_when = "the refund was read back"
lookups = ["find_order"]
actions = ["refund_order"]
evidence = ["fact"]
verified = true
confidence = 0.85

[thanks]
description = "Nothing is asked"
examples = ["thx", "thanks", "cheers", "bye", "thank you"]
resolved_when = "nothing was asked"
replies = false
"""
ESCALATION = """\
[wish_for_a_person]
code = "WISH_FOR_A_PERSON"
words = "asks for a person"
priority = "urgent"
terms = ["human"]

[angry_twice]
code = "ANGRY_TWICE"
words = "angry twice"
priority = "high"
limit = 2
intents = ["refund_request"]
"""
PRICES = "[claude-haiku-5-5]\ninput_microusd = 100\noutput_microusd = 500\n"
REPLIES = "".join(
    {"confirm": 'confirm = "Shall I do {action}?"\n', "denied": 'denied = "No. {why}"\n'}.get(
        key, f'{key} = "Some words."\n'
    )
    for key in TEXTS
)


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in {
        "intents": INTENTS,
        "escalation": ESCALATION,
        "prices": PRICES,
        "replies": REPLIES,
    }.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def bend(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(Rejected) as refused:
        read_policy(folder)
    return str(refused.value).splitlines()


def test_the_policy_that_is_shipped_is_valid():
    policy = read_policy(SHIPPED)

    assert set(policy.triggers) == TRIGGERS
    assert "AI" in policy.replies.introduction
    assert policy.prices


def test_a_valid_policy_is_read(folder):
    policy = read_policy(folder)

    assert policy.intents["refund_request"].name == "refund_request"
    assert policy.intents["refund_request"].confidence == 0.85
    assert policy.triggers["angry_twice"].limit == 2
    assert policy.prices["claude-haiku-5-5"].output_microusd == 500
    assert policy.replies.max_words == Replies.model_fields["max_words"].default


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
            'prices.toml, line 3: "output_microusd" should be greater than or equal to 0, '
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
        'prices.toml, line 3: "output_microusd" should be a valid integer, not "500".',
    ]


def test_a_long_wrong_value_is_shortened(folder):
    bend(folder, "intents.toml", "confidence = 0.85", f'confidence = "{"x" * 200}"')

    assert mistakes(folder)[0].endswith("xxx....")


def test_a_policy_that_fits_its_tools_and_articles_has_no_mistakes(folder):
    assert check_policy(read_policy(folder), ["find_order"], ["refund_order"], []) == ()


def test_the_shipped_policy_contradicts_itself_nowhere():
    policy = read_policy(SHIPPED)
    named = {
        key: {name for intent in policy.intents.values() for name in getattr(intent, key)}
        for key in ("lookups", "actions", "knowledge")
    }

    assert check_policy(policy, *named.values(), SHIPPED) == ()


def test_what_there_is_not_is_told_by_line(folder):
    bend(folder, "intents.toml", "verified = true", 'knowledge = ["retuns"]')

    assert check_policy(read_policy(folder), [], ["refund_orders"], ["returns"], folder) == (
        'intents.toml, line 11: [refund_request] names the lookup "find_order", '
        "which there is not; there are none.",
        'intents.toml, line 12: [refund_request] names the action "refund_order", '
        'which there is not; did you mean "refund_orders"?',
        'intents.toml, line 14: [refund_request] names the category "retuns", '
        'which there is not; did you mean "returns"?',
        "intents.toml, line 12: [refund_request] allows actions, so it needs verified = true.",
        "intents.toml, line 13: [refund_request] has to stand on a fact of an account, "
        "so it needs verified = true.",
    )


def test_without_its_folder_the_same_is_told_without_lines(folder):
    bend(folder, "intents.toml", 'lookups = ["find_order"]\n', "")

    assert check_policy(read_policy(folder), [], ["refund_order"], []) == (
        "intents.toml: [refund_request] has to stand on a fact, "
        "so it needs a lookup that finds one.",
    )


def test_the_same_example_cannot_teach_two_wishes(folder):
    bend(folder, "intents.toml", '"thx"', '"Refund  me"')

    assert check_policy(read_policy(folder), ["find_order"], ["refund_order"], [], folder) == (
        'intents.toml, line 19: [thanks] has the example "Refund  me", '
        "which [refund_request] has too.",
    )


def test_lines_are_found_in_every_shape_of_toml():
    lines = Lines(
        'top = 1\n[a."b c".d]\nx.y = """one\n[not.a.table]\nk = 2\n"""\n'
        "list = [ # ] comment\n  'one',\n  \"tw]o\", 3,\n]\nlast = {in = 1}\n[[many]]\nz = 1\n"
    )

    assert lines.of("top") == 1
    assert lines.of("a", "b c", "d") == 2
    assert lines.of("a", "b c", "d", "x", "y") == 3
    assert lines.of("a", "b c", "d", "list", 0) == 8
    assert lines.of("a", "b c", "d", "list", 2) == 9
    assert lines.of("a", "b c", "d", "last") == 11
    assert lines.of("many", "z") == 13
    assert lines.of("nowhere") == 1
    assert ("not", "a", "table") not in lines.places


def test_the_files_that_are_shipped_can_be_copied_and_read_elsewhere(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "policies")

    assert read_policy(tmp_path / "policies") == read_policy(SHIPPED)
