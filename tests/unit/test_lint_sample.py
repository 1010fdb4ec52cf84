"""What the lint says of the sample shop's articles was read by a person, finding by finding."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from deskhand.domain.finding import Finding
from deskhand.text.lint.base import Base
from deskhand.text.lint.rules import lint
from scripts.deskhand_cli.kb_lint_reading import SETTINGS, read_base, read_settings
from tests.builders import ROOT
from tests.lint_plants import ALL, IN_OTHER_WORDS, IN_THE_SAME_WORDS, ONCE_UNSEEN, UNSEEN, Plant

SAMPLE = ROOT / "scripts" / "sample" / "articles"
TODAY = date(2026, 11, 21)

TRUE = {
    ("engraving-service.md", "DISAGREE"): "8 EUR here and 5 EUR there",
    ("engraved-nest-boxes.md", "STALE"): "nobody read it for two years",
    ("return-policy-until-2024.md", "DATES"): "it ended, and is public",
    ("summer-delivery-offer.md", "DATES"): "it ended, and is public",
    ("clothing-and-field-kit.md", "SEVERAL_TOPICS"): "what is in stock is no question of clothing",
}
FALSE = {
    ("internal-refund-guidance.md", "SEVERAL_TOPICS"): "all three are about refunds, in few words",
}
MENDED = {
    ("gift-card-terms.md", "DATES"): "terms without a first day",
    ("gift-card-terms.md", "MISSING_METADATA"): "terms without a policy id",
    ("ways-to-pay.md", "ELIGIBILITY_IN_PROSE"): "four rules with days in one paragraph",
}
"""True findings of earlier articles, which were written better since."""
RECALL = {
    "DISAGREE": 38 / 60,
    "SEVERAL_TOPICS": 1.0,
    "STALE": 1.0,
    "DATES": 1.0,
    "TWO_IN_FORCE": 1.0,
    "WALL_OF_TEXT": 1.0,
    "ELIGIBILITY_IN_PROSE": 1.0,
    "DUPLICATE": 1.0,
    "DEAD_LINK": 1.0,
    "INSTRUCTS_MODEL": 1.0,
    "INVISIBLE": 1.0,
    "MISSING_METADATA": 1.0,
    "TROUBLE": 1.0,
}
"""How many of the planted faults of each kind were found when this was written; never fewer."""


def base_of(folder: Path) -> Base:
    settings = read_settings(folder)
    console = Console(stderr=True)
    return read_base(folder, ROOT / "policies", settings, today=TODAY, console=console)


def found_in(folder: Path) -> tuple[Finding, ...]:
    return lint(base_of(folder))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """What is found in a copy of the sample with all faults in it."""
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("planted") / "articles")
    for plant in ALL:
        plant.plant(folder)
    return found_in(folder)


def finds(plant: Plant, findings: Sequence[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.code == plant.code
        and plant.told in finding.words
        and plant.file in {finding.place.file, *(place.file for place in finding.also)}
    ]


def test_five_of_six_findings_in_the_sample_are_faults_of_it() -> None:
    findings = {(finding.place.file, finding.code) for finding in found_in(SAMPLE)}

    assert findings == TRUE.keys() | FALSE.keys()


def test_no_error_in_the_sample_is_false_and_all_that_are_meant_are_accepted() -> None:
    findings = lint(base_of(SAMPLE), read_settings(SAMPLE).accepted)

    assert [finding for finding in findings if finding.code == "NOTHING_TO_ACCEPT"] == []
    left = [finding for finding in findings if not finding.accepted]
    assert {finding.severity for finding in left} <= {"note"}


def test_what_was_mended_in_the_sample_is_found_where_it_is_as_it_was(tmp_path: Path) -> None:
    terms = (SAMPLE / "gift-card-terms.md").read_text(encoding="utf-8")
    terms = terms.replace("policy_id: GIF-1\neffective_from: 2025-01-01\n", "")
    (tmp_path / "gift-card-terms.md").write_text(terms, encoding="utf-8")
    pay = (SAMPLE / "ways-to-pay.md").read_text(encoding="utf-8")
    (tmp_path / "ways-to-pay.md").write_text(pay.replace("\n- ", " "), encoding="utf-8")

    findings = {(finding.place.file, finding.code) for finding in found_in(tmp_path)}

    assert findings == MENDED.keys()


def test_planted_faults_are_found_code_by_code(planted: tuple[Finding, ...]) -> None:
    hits: dict[str, list[bool]] = defaultdict(list)
    for plant in ALL:
        hits[plant.code].append(bool(finds(plant, planted)))

    recall = {code: sum(found) / len(found) for code, found in hits.items()}
    missed = [f"{p.code} {p.file}: {p.told}" for p in ALL if not finds(p, planted)]
    assert len(ALL) >= 40
    assert recall.keys() == RECALL.keys()
    assert all(recall[code] >= least for code, least in RECALL.items()), missed


@pytest.mark.parametrize(
    ("plants", "least"),
    [(IN_THE_SAME_WORDS, 8), (IN_OTHER_WORDS, 8), (ONCE_UNSEEN, 17), (UNSEEN, 5)],
    ids=["same words", "other words", "once unseen", "unseen"],
)
def test_contradictions_are_found_in_other_words_too_but_not_all(
    planted: tuple[Finding, ...], plants: Sequence[Plant], least: int
) -> None:
    assert sum(bool(finds(plant, planted)) for plant in plants) >= least


def test_beside_planted_faults_no_other_error_is_told(planted: tuple[Finding, ...]) -> None:
    meant = {id(finding) for plant in ALL for finding in finds(plant, planted)}
    known = {(file, code) for file, code in TRUE}

    surplus = [
        f"{finding.code} {finding.place.file}: {finding.words}"
        for finding in planted
        if finding.severity == "error"
        and id(finding) not in meant
        and (finding.place.file, finding.code) not in known
    ]
    assert surplus == []


def test_a_folder_without_settings_is_held_to_the_defaults(tmp_path: Path) -> None:
    assert not (tmp_path / SETTINGS).exists()
    assert read_settings(tmp_path).stale_days == 365
