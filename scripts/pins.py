"""Makes the pin files of requirements/ from their .in files, and tells when one of them is stale.

Each pin file carries on its first line a digest of what it was made from, so the check needs no
network.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
MADE_FROM = {
    "runtime.txt": ("runtime.in", "runtime.overrides"),
    "local.txt": ("local.in", "runtime.in"),
    "dev.txt": ("dev.in", "local.in", "runtime.in"),
    "sam.txt": ("sam.in",),
}
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-config"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"),
)
FLAGS = {
    "runtime.txt": ("--override", "runtime.overrides", "--constraint", "dev.txt"),
    "local.txt": ("--constraint", "dev.txt"),
}


def digest(pin_file: str) -> str:
    """The digest of the files from which a pin file is made."""
    words = [(REQUIREMENTS / name).read_text(encoding="utf-8") for name in MADE_FROM[pin_file]]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def stale() -> Iterator[str]:
    """Every pin file that was made from other inputs than those that lie there now."""
    for pin_file in MADE_FROM:
        made = REQUIREMENTS / pin_file
        first_line = made.read_text(encoding="utf-8").partition("\n")[0] if made.exists() else ""
        if first_line != _header(pin_file):
            yield pin_file


def refresh() -> Iterator[str]:
    """Resolves every pin file anew; dev.txt first, as the others take their versions from it."""
    for pin_file in ("dev.txt", "local.txt", "runtime.txt", "sam.txt"):
        pins = subprocess.run(
            [*COMPILE, MADE_FROM[pin_file][0], *FLAGS.get(pin_file, ())],
            cwd=REQUIREMENTS,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        made = f"{_header(pin_file)}\n# Refresh with `make pins`.\n{pins}"
        (REQUIREMENTS / pin_file).write_text(made, encoding="utf-8")
        yield pin_file


def _header(pin_file: str) -> str:
    return f"# made from {', '.join(MADE_FROM[pin_file])}: sha256 {digest(pin_file)}"


def main() -> int:
    """Runs `check` (the default) or `refresh`."""
    match sys.argv[1:]:
        case [] | ["check"]:
            if names := list(stale()):
                print(f"stale in requirements/: {', '.join(names)}; run `make pins`, commit both")
                return 1
            return 0
        case ["refresh"]:
            for name in refresh():
                print(f"requirements/{name}")
            return 0
        case other:
            print(f"pins.py: {' '.join(other)!r} is not a command; say `check` or `refresh`")
            return 2


if __name__ == "__main__":
    sys.exit(main())
