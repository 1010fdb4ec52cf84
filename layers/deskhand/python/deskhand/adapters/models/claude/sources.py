"""Gives what was found short names, P1, F1 …, and tells a model of it under these."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.adapters.models.claude.boundaries import Outside, Part
from deskhand.domain.evidence import Evidence, Fact, Passage

MOST_PASSAGE_TOKENS = 800
"""More than the longest piece that an article is cut into."""
MOST_FACT_TOKENS = 1_500
MOST_FACTS = 10
MOST_FACTS_TOKENS = 6_000
"""Of all facts together: an order of twenty lines has about 1,300."""
MOST_LOOKUP_TOKENS = 300


@dataclass(frozen=True)
class Sources:
    """What a draft may cite, in the order in which it was found."""

    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, evidence: Evidence) -> "Sources":
        """All passages that a customer may read, and as many facts as are told."""
        public = tuple(one for one in evidence.passages if one.audience == "public")
        return cls(public, evidence.facts[:MOST_FACTS])

    @property
    def ids(self) -> dict[str, str]:
        """The real id of each short one."""
        named = {f"P{place}": one.id for place, one in enumerate(self.passages, start=1)}
        return named | {f"F{place}": one.id for place, one in enumerate(self.facts, start=1)}

    def cited(self, supports: Sequence[str]) -> "Sources":
        """Those of them that a claim cites."""
        return Sources(
            tuple(one for one in self.passages if one.id in supports),
            tuple(one for one in self.facts if one.id in supports),
        )

    def told(self, *, attributes: bool) -> Iterator[Part]:
        """Each under its short name; with `attributes`, records have what actions are filled in
        from."""
        for place, passage in enumerate(self.passages, start=1):
            yield Outside(f"P{place}", text_of(passage), MOST_PASSAGE_TOKENS)
        room = min(MOST_FACT_TOKENS, MOST_FACTS_TOKENS // max(1, len(self.facts)))
        for place, fact in enumerate(self.facts, start=1):
            lines = [*fact.words, _attributes(fact)] if attributes else fact.words
            yield Outside(f"F{place}", "\n".join(lines), room)


def text_of(passage: Passage) -> str:
    """The passage under the titles that it stands below."""
    titles = " > ".join(part for part in (passage.title, passage.heading) if part)
    return f"{titles}\n{passage.text}"


def lookups(evidence: Evidence) -> Iterator[Part]:
    """What was looked for in vain, what fits more than once, and what could not be read."""
    for name, words, found in (
        ("not-found", "Looked for, and not there:", evidence.missing),
        ("choices", "The customer has to choose one of these:", evidence.choices),
        ("not-read", "Could not be read just now:", evidence.troubles),
    ):
        if found:
            yield words
            yield Outside(name, "\n".join(found), MOST_LOOKUP_TOKENS)


def _attributes(fact: Fact) -> str:
    told = json.dumps(dict(fact.attributes), ensure_ascii=False, separators=(",", ":"))
    return f"{fact.kind}: {told}"
