"""An evaluation of golden tickets as JUnit's XML, which CI systems show."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scripts.evaluation.golden_baseline import Change, Comparison
from scripts.evaluation.golden_report import GoldenReport
from scripts.evaluation.golden_results import TicketResult
from scripts.evaluation.golden_run import Results

NAME = "deskhand evaluate"


def junit(report: GoldenReport, results: Results, comparison: Comparison | None) -> str:
    """One suite with a case for each ticket, and one with a case for each score.

    A ticket fails where it passed in the baseline; one that did not pass then, either, is skipped:
    it is known. Without a baseline every ticket that is not right fails.
    """
    known = comparison.known_misses if comparison else frozenset()
    root = Element("testsuites", name=NAME, time=f"{report.seconds:.3f}")
    _suite(root, "golden tickets", (_ticket(runs, known) for runs in results.values()))
    _suite(root, "scores", _scores(report, comparison))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, name: str, cases: Iterable[Element]) -> None:
    suite = SubElement(root, "testsuite", name=name)
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("errors", "0")
    took_s = sum(float(case.get("time", "0")) for case in suite)
    suite.set("time", f"{took_s:.3f}")


def _ticket(runs: tuple[TicketResult, ...], known: frozenset[str]) -> Element:
    took_ms = sum(sum(turn.stages_ms.values()) for one in runs for turn in one.turns)
    case = Element("testcase", classname="golden", name=runs[0].id, time=f"{took_ms / 1000:.3f}")
    wrong = [one for one in runs if not one.passed]
    if wrong:
        said = [line for turn in wrong[0].turns for line in turn.differences]
        kind = "skipped" if runs[0].id in known else "failure"
        words = f"{len(wrong)} of {len(runs)} runs did not come out right"
        SubElement(case, kind, message=_readable(words)).text = _readable("\n".join(said))
    return case


def _scores(report: GoldenReport, comparison: Comparison | None) -> Iterator[Element]:
    changes = comparison.changes if comparison else ()
    drops = comparison.drops if comparison else ()
    for score in report.scores:
        for way, share in (("whole", score.whole), ("alone", score.alone)):
            if share is None:
                continue
            case = Element("testcase", classname=f"score.{way}", name=score.name, time="0")
            SubElement(case, "system-out").text = f"{score.words}: {share.right} of {share.of}"
            for one in changes:
                if (one.measure, one.way) == (score.name, way) and one in drops:
                    SubElement(case, "failure", message=_drop(one))
            yield case


def _drop(one: Change) -> str:
    return (
        f"{one.before:.1%} in the baseline, {one.after:.1%} now; the difference lies between"
        f" {one.interval.low:+.1%} and {one.interval.high:+.1%}"
    )


def _readable(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, which customers may write."""
    return "".join(
        char
        if char in "\t\n\r"
        or " " <= char <= "\ud7ff"
        or "\ue000" <= char <= "\ufffd"
        or char >= "\U00010000"
        else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
