"""What a measurement of retrieval says: every figure, and what it was taken from."""

from dataclasses import dataclass

from scripts.evaluation.figures import Interval
from scripts.evaluation.retrieval_house import OutcomeKind


@dataclass(frozen=True)
class Figures:
    """How well questions found their documents: means over the questions."""

    questions: int
    recall_at_1: float
    recall_at_3: float
    recall_at_5: float
    hit_at_5: float
    mrr_at_10: float


@dataclass(frozen=True)
class Row:
    """One way to search."""

    search: str
    standalone: bool
    """Whether what was said before is taken in."""
    default: bool
    figures: Figures


@dataclass(frozen=True)
class Difference:
    """How much better the default is than BM25, in one figure."""

    figure: str
    than: str
    standalone: bool
    """Whether that BM25 takes in what was said before, too."""
    interval: Interval


@dataclass(frozen=True)
class Abstention:
    """What comes of the questions of one kind."""

    answerability: str
    questions: int
    shares: dict[OutcomeKind, float]
    answers_citing_gold: float | None
    """Of the answers, how many quote a gold document; None where there is no gold or answer."""


@dataclass(frozen=True)
class ThinnerThan:
    """Which questions came no nearer to a passage than a limit."""

    limit: float
    shares: dict[str, float]
    """Of each kind of questions."""


@dataclass(frozen=True)
class Gold:
    """What is odd about the gold of a set."""

    unknown: int
    """Ids that no document has."""
    unknown_examples: tuple[str, ...]
    questions_without: int
    """Questions that are said to be answerable, and of whose gold no document is left."""
    untold: tuple[str, ...]
    """Documents that are there but may not be told today: internal, or out of force."""


@dataclass(frozen=True)
class RetrievalReport:
    """The whole measurement of one set."""

    name: str
    documents: int
    left_out: tuple[str, ...]
    """Why documents were left out, a sentence each."""
    chunks: int
    questions: dict[str, int]
    """How many there are of each answerability."""
    gold: Gold
    embedder: str
    """Its fingerprint."""
    reranker: str
    """`none`, or which one put what was found in order."""
    seed: int
    resamples: int
    rows: tuple[Row, ...]
    by_answerability: dict[str, Figures]
    """The default's figures for each kind of question that has gold."""
    differences: tuple[Difference, ...]
    abstention: tuple[Abstention, ...]
    thin_retrieval_auc: dict[str, float | None]
    """How well nearness tells answerable questions from those of another kind."""
    thinner_than: tuple[ThinnerThan, ...]
    min_similarity: float
    """The limit that the policy sets."""
    seconds: dict[str, float]
    """How long each part took."""
