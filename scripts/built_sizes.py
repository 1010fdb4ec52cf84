"""Says how large the functions are as they were built, and fails where Lambda would refuse one."""

import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.local_stack import template as sam

BUILT = Path(__file__).resolve().parents[1] / ".aws-sam" / "build"
LIMIT_BYTES = 250 * 2**20
"""Of a function with all its layers, unzipped: Lambda's quota for a deployment package."""


def size_bytes(folder: Path) -> int:
    """What a folder takes on Lambda: where it was not compiled here it is counted as if it were,
    and a compiled module is about as large as its source."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    compiled = any(file.suffix == ".pyc" for file in files)
    twice = () if compiled else (file for file in files if file.suffix == ".py")
    return sum(file.stat().st_size for file in (*files, *twice))


def sizes(template: sam.Template, built: Path) -> Iterator[tuple[str, int]]:
    """Each function with all that lies beside it, in bytes."""
    everywhere = template["Globals"]["Function"]["Layers"]
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            layers = [*everywhere, *resource["Properties"].get("Layers", ())]
            folders = [built / name, *(built / layer["Ref"] for layer in layers)]
            yield name, sum(map(size_bytes, folders))


def main() -> int:
    """Prints the largest function; 1: it is too large."""
    template = sam.read(BUILT.parents[1] / "template.yaml")
    name, largest = max(sizes(template, BUILT), key=lambda one: one[1])
    words = f"{name} is the largest, {largest / 2**20:.0f} MB of {LIMIT_BYTES / 2**20:.0f}"
    print(f"built into .aws-sam/build: {words}")
    return int(largest > LIMIT_BYTES)


if __name__ == "__main__":
    sys.exit(main())
