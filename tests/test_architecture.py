"""The floors of the house: who may import whom and touch the outside, and what has to agree."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.local_stack import template as sam

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "layers" / "deskhand" / "python" / "deskhand"
FUNCTIONS = sorted(path.parent for path in (ROOT / "functions").glob("*/handler.py"))

# What each room may import of ours; whatever is not named here it may not.
MAY_IMPORT = {
    "domain": {"domain"},
    "errors": set(),
    "ports": {"domain", "errors", "ports"},
    "text": {"domain", "errors", "ports", "text"},
    "tools": {"domain", "errors", "ports", "text", "tools"},
    "adapters": {"domain", "errors", "ports", "text", "adapters"},
    "stages": {"domain", "errors", "ports", "text", "tools", "stages"},
    "jobs": {"domain", "errors", "ports", "text", "tools", "stages", "jobs"},
    "wiring": {
        *("domain", "errors", "ports", "text", "tools", "adapters", "stages", "jobs", "wiring"),
    },
    "runtime": {"domain", "errors", "wiring"},
    "gateway": {"domain", "errors"},
    "queue": {"domain", "errors"},
}
SDKS = {
    "anthropic", "boto3", "botocore", "cedarpy", "httpx", "httpx2", "onnxruntime", "opensearchpy",
    "sqlite3", "tokenizers", "urllib3", "wordllama", "bs4", "lxml", "mammoth", "markdownify",
    "pypdfium2",
}  # fmt: skip
FOR_PEOPLE_ONLY = {
    "ministack",
    "moto",
    "pytest",
    "rich",
    "samtranslator",
    "scripts",
    "sklearn",
    "typer",
}
LONGEST_FILE = 250
LONGEST_TEST = 400


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def imported(module: Path) -> Iterator[str]:
    """Every module name that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def short(module: Path) -> str:
    return str(module.relative_to(ROOT))


OURS = [module for module in modules(PACKAGE) if module != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("module", OURS, ids=short)
def test_a_room_imports_only_from_the_floors_below(module: Path) -> None:
    rooms = {name.split(".")[1] for name in imported(module) if name.startswith("deskhand.")}
    assert rooms - MAY_IMPORT[room(module)] == set()


@pytest.mark.parametrize("module", OURS, ids=short)
def test_only_adapters_reach_the_outside(module: Path) -> None:
    tops = {name.split(".")[0] for name in imported(module)}
    assert tops & FOR_PEOPLE_ONLY == set()
    if room(module) != "adapters":
        assert tops & SDKS == set()


@pytest.mark.parametrize(
    "module", [module for module in OURS if room(module) == "domain"], ids=short
)
def test_the_nouns_know_pydantic_alone(module: Path) -> None:
    import sys

    tops = {name.split(".")[0] for name in imported(module)} - {"deskhand"}
    assert tops - set(sys.stdlib_module_names) <= {"pydantic"}


@pytest.mark.parametrize("module", OURS, ids=short)
def test_only_the_wiring_reads_the_environment(module: Path) -> None:
    reads = re.search(
        r"\bos\.(environ|getenv)\b|from os import .*(environ|getenv)", module.read_text()
    )
    assert bool(reads) is (module == PACKAGE / "wiring" / "environment.py")


@pytest.mark.parametrize(
    "module",
    [*OURS, *modules(ROOT / "functions"), *modules(ROOT / "scripts"), *modules(ROOT / "tests")],
    ids=short,
)
def test_a_file_is_short_and_starts_with_a_sentence(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    if not text.strip():
        return
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert docstring.split("\n\n")[0].rstrip().endswith((".", "?", "!", ":")), "no first sentence"
    limit = LONGEST_TEST if module.is_relative_to(ROOT / "tests") else LONGEST_FILE
    assert len(text.splitlines()) <= limit


@pytest.mark.parametrize("folder", FUNCTIONS, ids=lambda folder: folder.name)
def test_a_handler_decides_nothing(folder: Path) -> None:
    tree = ast.parse((folder / "handler.py").read_text(encoding="utf-8"))
    choices = (ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.Match, ast.BoolOp, ast.Compare)
    assert [node for node in ast.walk(tree) if isinstance(node, choices)] == []
    assert [path.name for path in folder.glob("*.py")] == ["handler.py"]


# --- what has to agree ---------------------------------------------------------------------------


def machine() -> dict[str, dict[str, object]]:
    states: dict[str, dict[str, object]] = json.loads(
        (ROOT / "functions" / "ticket.asl.json").read_text(encoding="utf-8")
    )["States"]
    return states


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_each_task_of_the_machine_is_a_function_of_the_template() -> None:
    template = sam.read(ROOT / "template.yaml")
    tasks = {name for name, state in machine().items() if state["Type"] == "Task"}
    given = template["Resources"]["TicketMachine"]["Properties"]["DefinitionSubstitutions"]

    assert {f"{task}FunctionArn" for task in tasks} == set(given)
    for task in tasks:
        function = template["Resources"][f"{task}Function"]["Properties"]
        assert function["CodeUri"] == f"functions/{snake(task)}/"


def test_each_function_has_a_folder_and_the_other_way_round() -> None:
    template = sam.read(ROOT / "template.yaml")
    folders = {
        resource["Properties"]["CodeUri"].strip("/")
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert folders == {short(folder) for folder in FUNCTIONS}


def test_the_machine_tries_again_only_what_is_unavailable() -> None:
    from deskhand.errors import Unavailable

    lambdas_own = {
        "Lambda.TooManyRequestsException",
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
    }
    for state in machine().values():
        if state["Type"] == "Task":
            (retry,) = state["Retry"]  # type: ignore[misc]
            assert set(retry["ErrorEquals"]) == {Unavailable.__name__} | lambdas_own


def test_every_decision_of_a_turn_leads_somewhere() -> None:
    from typing import get_args

    from deskhand.domain.turn import NextStep

    named = {
        re.search(r"'(\w+)'", str(choice["Condition"])).group(1)  # type: ignore[union-attr]
        for state in machine().values()
        if state["Type"] == "Choice"
        for choice in state["Choices"]  # type: ignore[attr-defined]
    }
    # `go_on` is what lies between two stages; `escalate` is where every default leads.
    assert named == set(get_args(NextStep)) - {"go_on", "escalate"}
    defaults = {s["Default"] for s in machine().values() if s["Type"] == "Choice"}
    assert defaults == {"Escalate"}


def test_each_route_of_the_template_is_answered() -> None:
    template = sam.read(ROOT / "template.yaml")
    text = "".join(
        (PACKAGE / "jobs" / name).read_text(encoding="utf-8")
        for name in ("intake.py", "console.py", "search.py")
    )
    answered = set(re.findall(r'"((?:GET|POST|PUT|DELETE) /[^"]*)"', text))
    offered = {
        f"{event['Properties']['Method']} {event['Properties']['Path']}"
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
        for event in resource["Properties"].get("Events", {}).values()
        if event["Type"] == "HttpApi"
    }
    assert offered == answered


def test_each_setting_of_the_template_is_one_the_wiring_knows_and_none_of_a_laptop() -> None:
    from deskhand.wiring.environment import ON_A_LAPTOP, VARIABLES

    text = (ROOT / "template.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\bDESKHAND_[A-Z_]+\b", text)) == set(VARIABLES)
    assert not set(VARIABLES) & set(ON_A_LAPTOP)


# --- what the pages say --------------------------------------------------------------------------

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "scripts").rglob("README.md"), *(ROOT / "docs").rglob("*.md")]
)


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`([\w.-]+(?:/[\w.{}*-]*)+)`", text))
    named |= {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if link}
    bases = (ROOT, page.parent, PACKAGE)
    missing = {path for path in named if not any(any(base.glob(path)) for base in bases)}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    from typer.main import get_command

    from scripts.deskhand_cli import app

    text = page.read_text(encoding="utf-8")
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert set(
        re.findall(r"(?:`|^|\s|bin/)deskhand ([a-z]+)\b(?= |`|$)", text, flags=re.MULTILINE)
    ) <= commands | {"is"}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets
