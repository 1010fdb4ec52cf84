"""The rules of the lint, one line each, and what all of them find."""

from collections.abc import Callable, Iterator, Sequence

from deskhand.domain.finding import Finding
from deskhand.domain.noun import Noun
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.dates import stale, unclear_dates, versions
from deskhand.text.lint.disagreements import contradictions
from deskhand.text.lint.duplicates import repeated
from deskhand.text.lint.hidden import instructs_model, invisible
from deskhand.text.lint.links import dead_links
from deskhand.text.lint.metadata import missing_metadata, troubles
from deskhand.text.lint.shape import eligibility_in_prose, walls_of_text
from deskhand.text.lint.topics import several_topics

FINDERS: tuple[Callable[[Base], Iterator[Finding]], ...] = (
    troubles,
    contradictions,
    versions,
    unclear_dates,
    stale,
    repeated,
    instructs_model,
    invisible,
    dead_links,
    walls_of_text,
    eligibility_in_prose,
    missing_metadata,
    several_topics,
)
_ORDER = {"error": 0, "warning": 1, "note": 2}


class Accepted(Noun):
    """A finding that people have looked at and leave as it is."""

    file: str
    code: str
    why: str


def lint(base: Base, accepted: Sequence[Accepted] = ()) -> tuple[Finding, ...]:
    """All findings by file and line; those that are accepted say why."""
    why = {(one.file, one.code): one.why for one in accepted}
    findings = [finding for find in FINDERS for finding in find(base)]
    used = {(finding.place.file, finding.code) for finding in findings}
    told = [
        finding.model_copy(update={"accepted": why.get((finding.place.file, finding.code), "")})
        for finding in findings
    ]
    told += [
        found("NOTHING_TO_ACCEPT", one.file, 1, f"There is no {one.code} here any more")
        for one in accepted
        if (one.file, one.code) not in used
    ]
    return tuple(
        sorted(told, key=lambda one: (one.place.file, one.place.line, _ORDER[one.severity]))
    )
