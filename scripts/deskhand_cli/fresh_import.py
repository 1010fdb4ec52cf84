"""What importing a function's handler costs in a fresh process, as at a cold start."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Self

from scripts.local_stack.stack import ROOT

FUNCTIONS = tuple(sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py")))
TIMEOUT_S = 60

PROBE = """\
import json, resource, sys, time
before = set(sys.modules)
began = time.process_time()
import handler
cpu_s = time.process_time() - began
modules = sorted(set(sys.modules) - before)
try:  # Linux counts what the parent held before it became this program, but not here
    pages = int(open("/proc/self/statm").read().split()[1])
    rss_mb = pages * resource.getpagesize() / 2**20
except OSError:
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps({"cpu_s": cpu_s, "rss_mb": rss_mb, "modules": modules}))
"""


@dataclass(frozen=True)
class FreshImport:
    """One import in one new process."""

    function: str
    cpu_s: float
    rss_mb: float
    """The memory that the process holds afterwards, the interpreter's included."""
    modules: frozenset[str]
    """What the import brought, by full names."""

    @classmethod
    def of(cls, function: str) -> Self:
        """Imports the handler of that folder of `functions/` in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", PROBE],
            cwd=ROOT / "functions" / function,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"functions/{function}/handler.py: {done.stderr.strip()[-2000:]}")
        found = json.loads(done.stdout.splitlines()[-1])
        return cls(function, found["cpu_s"], found["rss_mb"], frozenset(found["modules"]))


@dataclass(frozen=True)
class ImportCost:
    """The median of several fresh imports of one handler."""

    function: str
    cpu_ms: float
    rss_mb: float
    modules: int

    @classmethod
    def of(cls, function: str, *, times: int) -> Self:
        """The first is not counted: it may have to write the .pyc files that a layer has."""
        FreshImport.of(function)
        found = [FreshImport.of(function) for _ in range(times)]
        return cls(
            function,
            cpu_ms=round(median(one.cpu_s for one in found) * 1000, 1),
            rss_mb=round(median(one.rss_mb for one in found), 1),
            modules=len(found[0].modules),
        )


def _environment() -> dict[str, str]:
    """As bare as a Lambda's: nothing of this process's own but where programs are."""
    paths = (ROOT / "layers" / "deskhand" / "python",)
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(str(Path(path)) for path in paths),
        "AWS_DEFAULT_REGION": "us-east-1",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
