"""Makes the checkout importable in its virtual environment and writes the command `deskhand` there.

The project runs from its checkout and is never built, so this needs no build tool.
"""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LAUNCHER = """\
#!{python}
import sys

from scripts.deskhand_cli import main

if __name__ == "__main__":  # not in the processes that a command starts
    sys.exit(main())
"""


def main() -> None:
    """Writes `deskhand.pth` and `bin/deskhand` into the environment that runs this."""
    if sys.prefix == sys.base_prefix:
        sys.exit("link_venv.py: run me with a virtual environment's python: `make setup` does")
    paths = (ROOT / "layers" / "deskhand" / "python", ROOT)
    link = Path(sysconfig.get_path("purelib")) / "deskhand.pth"
    link.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    command = Path(sysconfig.get_path("scripts")) / "deskhand"
    command.write_text(LAUNCHER.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    main()
