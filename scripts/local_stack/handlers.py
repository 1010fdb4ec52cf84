"""Our handlers in this process: each a module of its own, in surroundings of its own."""

import importlib.util
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


def load_handler(folder: Path) -> ModuleType:
    """The handler in a function's folder, as a new module under a name of its own: by their files
    all are called `handler`."""
    file = folder / "handler.py"
    spec = importlib.util.spec_from_file_location(f"deskhand_function_{folder.name}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def environment(settings: Mapping[str, str]) -> Iterator[None]:
    """The environment with these settings while the block lasts; it is then as it was."""
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
