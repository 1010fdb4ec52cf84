"""What an editor or a build types to have a knowledge base looked through."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskhand.text.lint.catalogue import RULES
from tests.terminal import Command, typed

DAY = ("--today", "2026-11-21")
PAGE = """---
title: {title}
category: returns
audience: public
last_reviewed: 2026-10-01
language: en
---
# {title}

## How long you have
{text}
"""


@pytest.fixture
def lint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand kb lint` with these words more."""
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys, "kb", "lint", *DAY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base of two pages, seen from above it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "our kb", "returns.md", "You can return an item within 30 days of delivery.")
    write(tmp_path / "our kb", "orders.md", "We pack every parcel on the day of the order.")
    return tmp_path / "our kb"


def write(folder: Path, name: str, text: str, **bent: str) -> None:
    folder.mkdir(exist_ok=True)
    title = bent.pop("title", name.removesuffix(".md").capitalize())
    (folder / name).write_text(PAGE.format(title=title, text=text, **bent), encoding="utf-8")


def disagree(folder: Path) -> None:
    write(folder, "sending-back.md", "Send it back no later than two weeks after delivery.")


def accept(folder: Path, text: str) -> None:
    (folder / "lint.toml").write_text(text, encoding="utf-8")


def test_a_base_without_faults_ends_with_nothing_and_zero(lint: Command, folder: Path) -> None:
    code, said, trouble = lint(str(folder))

    assert (code, trouble) == (0, "")
    assert "0 errors, 0 warnings, 0 notes in 2 articles" in said


def test_two_pages_that_disagree_in_other_words_fail_the_build(lint: Command, folder: Path) -> None:
    disagree(folder)

    code, said, trouble = lint(str(folder))

    assert code == 1
    assert "DISAGREE" in said
    told = " ".join(said.split())
    assert "but returns.md, line 11: “You can return an item within 30 days of delivery.”" in told
    assert trouble == f"deskhand: 1 error, 0 warnings, 0 notes in {folder}\n"


def test_warnings_alone_do_not_fail_the_build(lint: Command, folder: Path) -> None:
    write(folder, "links.md", "Read [more](nowhere.md) about it.")

    code, said, _ = lint(str(folder))

    assert code == 0
    assert "nowhere.md: there is no such file in the base" in said


def test_as_json_each_finding_has_its_place_cure_and_fingerprint(
    lint: Command, folder: Path
) -> None:
    disagree(folder)

    code, said, _ = lint(str(folder), "--json")

    told = json.loads(said)
    [finding] = told["findings"]
    assert (code, told["articles"], told["day"]) == (1, 3, "2026-11-21")
    assert told["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert finding["place"] == {"file": "sending-back.md", "line": 11}
    assert finding["also"] == [{"file": "returns.md", "line": 11}]
    assert finding["cure"].startswith("keep what is right in one place")
    assert len(finding["fingerprint"]) == 32


def sarif(lint: Command, folder: Path) -> dict[str, Any]:
    _, said, _ = lint(str(folder), "--sarif")
    told: dict[str, Any] = json.loads(said)
    return told


def test_as_sarif_it_has_the_shape_that_code_hosts_read(lint: Command, folder: Path) -> None:
    disagree(folder)

    log = sarif(lint, folder)

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "deskhand kb lint"
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert rule[key]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    [result] = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "DISAGREE"
    assert result["level"] == "error"
    assert result["message"]["text"]
    assert result["locations"] == [at("our%20kb/sending-back.md", 11)]
    [other] = result["relatedLocations"]
    assert other["physicalLocation"] == at("our%20kb/returns.md", 11)["physicalLocation"]
    assert other["message"]["text"]
    assert set(result["partialFingerprints"]) == {"deskhandLint/v1"}
    assert "suppressions" not in result


def at(uri: str, line: int) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}
    return {"physicalLocation": place}


def test_a_fingerprint_stays_when_lines_move_and_goes_when_the_words_do(
    lint: Command, folder: Path
) -> None:
    disagree(folder)
    page = folder / "sending-back.md"

    def fingerprint() -> str:
        [result] = sarif(lint, folder)["runs"][0]["results"]
        return str(result["partialFingerprints"]["deskhandLint/v1"])

    first = fingerprint()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## How", "We are glad to help.\n\n## How"), encoding="utf-8")
    moved = fingerprint()
    page.write_text(text.replace("two weeks", "ten days"), encoding="utf-8")

    assert moved == first
    assert fingerprint() != first


ACCEPTS = (
    '[[accepted]]\nfile = "sending-back.md"\ncode = "DISAGREE"\nwhy = "It is being settled."\n'
)


def test_what_people_accept_with_a_reason_fails_no_build_and_is_still_counted(
    lint: Command, folder: Path
) -> None:
    disagree(folder)
    accept(folder, ACCEPTS)

    code, said, _ = lint(str(folder))

    assert code == 0
    assert "0 errors, 0 warnings, 0 notes (1 accepted)" in said
    [result] = sarif(lint, folder)["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "It is being settled."}]


def test_what_is_accepted_and_no_longer_there_is_told(lint: Command, folder: Path) -> None:
    accept(folder, ACCEPTS)

    code, said, _ = lint(str(folder))

    assert code == 0
    assert "There is no DISAGREE here any more" in said


def test_how_old_a_page_may_be_stands_in_the_folders_settings(lint: Command, folder: Path) -> None:
    accept(folder, "stale_days = 30\n")

    _, said, _ = lint(str(folder))

    assert "Last reviewed on 2026-10-01, 51 days ago; 30 are allowed" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "nowhere is not a folder of articles"),
        (("our kb", "--json", "--sarif"), "choose one"),
        (("our kb", "--today", "soon"), "write the day as 2026-03-31"),
        (("our kb", "--policies", "nowhere"), "intents.toml: it cannot be read"),
    ],
)
def test_what_cannot_run_says_why_and_ends_with_two(
    lint: Command, folder: Path, words: tuple[str, ...], told: str
) -> None:
    code, said, trouble = lint(*words)

    assert (code, said) == (2, "")
    assert told in trouble


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stale_days = 0\n", 'lint.toml, line 1: "stale_days"'),
        ("[[accepted]]\nfile = 'a.md'\ncode = 'STALE'\n", 'lacks "why"'),
        ("stale = 3\n", 'there is no key "stale"'),
        ("stale_days = \n", "lint.toml, line 1"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    lint: Command, folder: Path, text: str, told: str
) -> None:
    accept(folder, text)

    code, _, trouble = lint(str(folder))

    assert code == 2
    assert told in trouble


def test_a_page_that_cannot_be_read_is_an_error_and_the_rest_is_looked_at(
    lint: Command, folder: Path
) -> None:
    disagree(folder)
    (folder / "broken.md").write_text("---\ntitle: [\n---\nx\n", encoding="utf-8")

    code, said, _ = lint(str(folder))

    assert code == 1
    assert "TROUBLE" in said
    assert "DISAGREE" in said


def test_what_is_hidden_above_the_front_matter_stops_nothing(lint: Command, folder: Path) -> None:
    text = "<!-- ours -->\n---\ntitle: T\naudience: internal\ncategory: returns\n---\nText.\n"
    (folder / "hidden.md").write_text(text, encoding="utf-8")

    code, out, err = lint(str(folder))

    assert (code, err) == (0, "")
    assert "hidden.md" in out


def test_words_of_an_article_cannot_colour_the_terminal(lint: Command, folder: Path) -> None:
    write(folder, "links.md", "[bold]Read[/bold] [more](a\x1b[31m.md).")

    _, said, _ = lint(str(folder))

    assert "\x1b" not in said


def test_a_page_of_another_format_is_looked_at_too(lint: Command, folder: Path) -> None:
    (folder / "late.html").write_text(
        "<html lang='en'><head><title>Late parcels</title></head><body><h1>Late parcels</h1>"
        "<p>See <a href='nowhere.md'>this</a>.</p></body></html>",
        encoding="utf-8",
    )

    _, said, _ = lint(str(folder))

    assert "late.html" in said
    assert "nowhere.md: there is no such file" in said
