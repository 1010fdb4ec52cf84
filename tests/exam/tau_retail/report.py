"""What came of an exam, in counts and for machines."""

from collections.abc import Sequence
from typing import Any

from tests.exam.tau_retail.exam import Result


def counted(results: Sequence[Result]) -> dict[tuple[str, str], tuple[int, int]]:
    """How many were right, of how many, for each part and kind."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for result in results:
        right, total = counts.get((result.group, result.kind), (0, 0))
        counts[result.group, result.kind] = (right + result.is_right, total + 1)
    return counts


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """The counts and every miss."""
    misses = [result for result in results if not result.is_right]
    return {
        "right": len(results) - len(misses),
        "total": len(results),
        "kinds": [
            {"part": group, "kind": kind, "right": right, "total": total}
            for (group, kind), (right, total) in counted(results).items()
        ],
        "misses": [
            {
                "part": miss.group,
                "kind": miss.kind,
                "wanted": miss.wanted,
                "got": miss.got,
                "why": miss.why,
                "row": miss.row.model_dump(mode="json"),
            }
            for miss in misses
        ],
    }
