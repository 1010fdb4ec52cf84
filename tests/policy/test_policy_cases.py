"""Every file in send/, ask/, escalate/ and deny/ is decided as its folder says."""

import pytest

from tests.judging import codes, shipped_permissions
from tests.policy.cases import CASES, FOLDER, answered, read, verdict_on

ANSWERS = {
    "send": {"now"},
    "ask": {"if_verified", "if_shown", "if_confirmed", "if_approved"},
    "escalate": set(),
    "deny": {"denied"},
}
ASKING = {"verify", "show", "confirm", "ask"}


def folder_of(verdict) -> str:
    """The folder in which a case with this verdict belongs."""
    cures = {objection.cure for objection in verdict.objections}
    if verdict.decision == "escalate":
        return "escalate"
    if verdict.decision == "await_approval" or cures & ASKING:
        return "ask"
    return "deny" if "explain" in cures else verdict.decision


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_is_decided_as_its_folder_says(path):
    case = read(path)
    expected = case["expect"]

    if "request" in case:
        permission = answered(case["request"])
        assert permission.answer == expected["answer"], case["why"]
        assert permission.answer in ANSWERS[path.parent.name], case["why"]
        assert [reason.code for reason in permission.reasons] == expected.get("codes", [])
        return
    verdict = verdict_on(case["turn"])
    assert verdict.decision == expected["decision"], f"{case['why']} {verdict.words}"
    assert folder_of(verdict) == path.parent.name, f"{case['why']} {verdict.words}"
    assert set(expected["codes"]) <= set(codes(verdict)), case["why"]
    assert bool(expected["codes"]) == bool(verdict.objections), verdict.words
    if "actions" in expected:
        assert [action.name for action in verdict.actions] == expected["actions"], case["why"]


@pytest.mark.parametrize("folder", ANSWERS)
def test_every_folder_has_its_cases(folder):
    assert len(list((FOLDER / folder).glob("*.json"))) >= 5


def test_every_case_says_why_in_a_sentence():
    assert all(read(path)["why"].endswith(".") for path in CASES)


def test_every_limit_fires_in_some_case():
    named = {code for path in CASES for code in read(path)["expect"].get("codes", ())}

    assert set(shipped_permissions().codes) <= named
