"""What a measurement of reading intents says: every figure, and what it was taken from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainFigures:
    """What the classifier was fitted to."""

    rows: int
    intents: int
    fewest_examples: int
    """Of an intent."""
    most_examples: int
    out_of_scope: int
    """Examples of what is out of scope."""
    empty: int
    """Lines that were left out, as their text says nothing."""
    repeated: int
    """Lines that were left out, as one before says and wants the same."""


@dataclass(frozen=True)
class InScope:
    """How the messages are read whose intent was learnt; None where there are none."""

    messages: int
    accuracy: float | None
    top_3: float | None
    """The share whose intent is among the three likeliest."""
    sure: float | None
    """The share that is taken at its word."""
    accuracy_when_sure: float | None
    said: float | None
    """The mean confidence."""
    expected_calibration_error: float | None
    """How far confidence lies from what was right, in ten bins."""


@dataclass(frozen=True)
class OutOfScope:
    """What comes of messages that want nothing that was learnt; None where there are none."""

    messages: int
    wrongly_sure: float | None
    auc: float | None
    """How often a message in scope is read more surely than one that is not."""
    recall_at_5_percent_false_alarms: float | None
    """The share that is turned away where 5 in 100 messages in scope are, too."""
    of_unlearnt_intents: int
    """So many of them name an intent that there was no example of."""


@dataclass(frozen=True)
class Saved:
    """What being sure saves: calls of the small model, at its price and a stated size."""

    share: float
    """Of all messages, in scope and out of it."""
    model: str
    input_tokens: int
    output_tokens: int
    usd_per_call: float
    usd_per_1000_messages: float


@dataclass(frozen=True)
class Taken:
    """How long it took on this machine."""

    embedding_s: float
    """Of all texts."""
    fit_s: float
    """With the measure of how sure it is; without embedding."""
    message_ms_p50: float
    """Of one message alone, from its text to its intent."""
    message_ms_p95: float


@dataclass(frozen=True)
class IntentReport:
    """The whole measurement."""

    train: str
    test: str
    cross_validated: int
    """In so many folds; 0 where there is a file of messages to test with."""
    embedder: str
    """Its fingerprint."""
    seed: int
    learnt: TrainFigures
    test_empty: int
    """Lines that were left out, as their text says nothing."""
    test_learnt_from: int
    """Messages that stand among the examples word for word; they are measured all the same."""
    sure_from: float
    """The confidence from which on a guess is taken at its word; above 1 no guess is."""
    right_of_all_sure: float | None
    """Of everything that is sure, in scope or not, the share that is right."""
    in_scope: InScope
    out_of_scope: OutOfScope
    saved: Saved
    taken: Taken
