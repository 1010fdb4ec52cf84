"""Policy files are read, and held against the tools and articles that there are."""

import shutil
from pathlib import Path

import pytest

from deskhand.adapters.policy_files import check_policy, read_policy
from deskhand.adapters.toml_lines import Lines
from deskhand.domain.policy import TRIGGERS, Replies
from deskhand.tools.registry import OURS
from tests.small_policy import bend, write_policy

SHIPPED = Path(__file__).parents[2] / "policies"


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_policy(tmp_path)


def test_the_policy_that_is_shipped_is_valid():
    policy = read_policy(SHIPPED)

    assert set(policy.triggers) == TRIGGERS
    assert "AI" in policy.replies.introduction
    assert policy.models.prices


def test_a_valid_policy_is_read(folder):
    policy = read_policy(folder)

    assert policy.intents["refund_request"].name == "refund_request"
    assert policy.intents["refund_request"].confidence == 0.85
    assert policy.triggers["angry_twice"].limit == 2
    assert policy.models.prices["claude-haiku-5-5"].output_microusd == 500
    assert policy.replies.max_words == Replies.model_fields["max_words"].default


def test_a_policy_that_fits_its_tools_and_articles_has_no_mistakes(folder):
    assert check_policy(read_policy(folder), ["find_order"], ["refund_order"], []) == ()


def test_the_shipped_policy_contradicts_itself_nowhere():
    policy = read_policy(SHIPPED)
    named = {
        key: {name for intent in policy.intents.values() for name in getattr(intent, key)}
        for key in ("lookups", "actions", "knowledge")
    }

    named["actions"] |= set(OURS.actions)
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
        'stops.toml, line 1: there is no action "refund_order"; did you mean "refund_orders"?',
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
