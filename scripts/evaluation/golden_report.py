"""The report of an evaluation of golden tickets: every score with how sure it is, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """How many of some marks are right, and where 95 of 100 redrawn sets of tickets have it."""

    right: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.right / self.of


@dataclass(frozen=True)
class Score:
    """One measure over all messages that it has anything to say of."""

    name: str
    stage: str
    words: str
    whole: Share | None
    """From end to end."""
    alone: Share | None
    """With everything before the stage as labelled; None: nothing to measure, or left out."""


@dataclass(frozen=True)
class IntentRow:
    """How well one intent is told, and what comes of it."""

    intent: str
    wanted: int
    read: int
    precision: float | None
    recall: float | None
    f1: float | None
    passed: float | None
    """Of the messages that want it, the share that came out right for the customer."""
    by_score: dict[str, float]
    """The share of right marks from end to end, by measure."""


@dataclass(frozen=True)
class Escalation:
    """Whether people were brought in where they should be, of messages whose label says so."""

    needed: int
    brought: int
    right: int
    over: int
    """Brought in needlessly."""
    under: int
    """Not brought in where a person should have had it."""

    @property
    def precision(self) -> float | None:
        """Of those brought in, the share that was needed."""
        return self.right / self.brought if self.brought else None

    @property
    def recall(self) -> float | None:
        """Of those needed, the share that was brought in."""
        return self.right / self.needed if self.needed else None


@dataclass(frozen=True)
class Timing:
    """How long one stage took for a message, all its looks together, and what it cost."""

    stage: str
    median_ms: float
    p95_ms: float
    mean_microusd: float
    """Of the messages that came to it."""


@dataclass(frozen=True)
class GoldenReport:
    """The whole evaluation."""

    tickets: int
    messages: int
    runs: int
    model: str
    written_by: tuple[str, ...]
    """Who wrote the drafts: the models and the fingerprints of their prompts."""
    embedder: str
    day: str
    """The day on which all tickets are written."""
    seed: int
    passed: int
    """Tickets of which every run came out right for the customer."""
    scores: tuple[Score, ...]
    intents: tuple[IntentRow, ...]
    confusions: tuple[tuple[str, str, int], ...]
    """What was wanted, what was read instead, and how often."""
    escalation: Escalation
    reciprocal_rank: float | None
    """Of the labelled article among those found, the mean over messages that have one."""
    random: bool
    """Whether another run may come out otherwise."""
    pass_at: dict[int, float]
    """pass^k: how likely k runs of a ticket in a row all come out right."""
    timings: tuple[Timing, ...]
    slowest: tuple[tuple[str, float], ...]
    """Tickets with their milliseconds."""
    costliest: tuple[tuple[str, int], ...]
    """Tickets with their millionths of a US dollar."""
    cost_microusd: int
    seconds: float
    confidence: tuple[tuple[float, bool], ...]
    """Of each message that was answered, how sure the draft said it was, and whether it passed."""
