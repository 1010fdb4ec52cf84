"""A cold start is paid for by a customer who waits: no function imports what it does not use."""

from functools import cache

import pytest

from scripts.deskhand_cli.fresh_import import FUNCTIONS, FreshImport

BUDGETS_S = {"intake": 0.15, "gate": 0.30}
"""Of CPU: 0.10 and 0.22 on a quiet machine, a quarter more beside another worker. Whoever answers
a webhook is waited for; the gate reads sentences as nobody else does."""
ATTEMPTS = 3

# The account's own SDK is made when a port first needs it; what people run is never in a layer.
NEVER = {"boto3", "scripts", "typer", "rich", "ministack", "sklearn", "samtranslator", "pytest"}
# Imported when Claude is first asked, or before a snapshot is taken of a function that asks it.
NEVER |= {"anthropic", "httpx2"}
# Documents are opened by a process beside the function.
DOCUMENTS = {"bs4", "lxml", "mammoth", "markdownify", "pypdfium2"}
MODELS = {"numpy", "onnxruntime", "tokenizers", "py3langid", "snowballstemmer", "wordllama"}
FORMATS = {"yaml", "sqlite3"}
RULES = {"cedarpy"}

UNUSED = {
    "intake": MODELS | FORMATS | RULES | {"deskhand.stages", "deskhand.tools"},
    "dispatch": MODELS | FORMATS | RULES | {"deskhand.tools", "deskhand.stages.gate"},
    "dead_letters": MODELS | FORMATS | RULES | {"deskhand.tools", "deskhand.stages.gate"},
    "gate": MODELS | FORMATS | {"deskhand.jobs", "deskhand.stages.retrieve", "deskhand.stages.act"},
    "act": MODELS | FORMATS | {"deskhand.jobs", "deskhand.stages.retrieve"},
    "ask_person": MODELS | FORMATS | RULES | {"deskhand.jobs", "deskhand.stages.gate"},
    "escalate": MODELS | FORMATS | RULES | {"deskhand.tools", "deskhand.stages.gate"},
    "settle": MODELS | FORMATS | RULES | {"deskhand.tools", "deskhand.stages.gate"},
    "console": MODELS | FORMATS | RULES | {"deskhand.tools", "deskhand.stages"},
    "classify": FORMATS | RULES | {"deskhand.jobs", "deskhand.tools", "deskhand.stages.gate"},
    "retrieve": FORMATS | RULES | {"deskhand.jobs", "deskhand.stages.gate"},
    "generate": FORMATS | RULES | {"deskhand.jobs", "deskhand.stages.gate"},
    "search": FORMATS | RULES | {"deskhand.tools", "deskhand.stages", "deskhand.runtime"},
    "mirror": MODELS | RULES | {"deskhand.stages", "deskhand.tools", "deskhand.runtime", "sqlite3"},
    "reindex": RULES | {"deskhand.stages", "deskhand.tools", "deskhand.runtime"},
}


@cache
def imported(function: str) -> FreshImport:
    return FreshImport.of(function)


def brought(function: str, unwanted: set[str]) -> set[str]:
    """Which of these modules the handler's import has brought, itself or a module below it."""
    modules = imported(function).modules
    return {
        name
        for name in unwanted
        if any(module == name or module.startswith(f"{name}.") for module in modules)
    }


def test_every_function_says_what_it_does_not_use() -> None:
    assert set(UNUSED) == set(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_imports_what_it_does_not_use(function: str) -> None:
    assert brought(function, NEVER | DOCUMENTS | UNUSED[function]) == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_watch_sees_what_is_imported(function: str) -> None:
    assert brought(function, {"pydantic", "deskhand.wiring"}) == {"pydantic", "deskhand.wiring"}


@pytest.mark.parametrize("function", BUDGETS_S)
def test_a_handler_is_there_within_its_budget(function: str) -> None:
    best_s = min(FreshImport.of(function).cpu_s for _ in range(ATTEMPTS))
    took = f"importing functions/{function} took {best_s:.3f} s of CPU"
    assert best_s <= BUDGETS_S[function], took
