"""A measurement of retrieval as tables, and in sentences what is odd about the set."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.figure_table import figure_table
from scripts.deskhand_cli.terminal import plain
from scripts.evaluation.retrieval_house import OUTCOMES
from scripts.evaluation.retrieval_report import Figures, RetrievalReport

MOST_SHOWN = 5
COLUMNS = ("recall@1", "recall@3", "recall@5", "hit@5", "MRR@10")
ALONE, WITH = "alone", "with history"
FIGURES = {"mrr_at_10": "MRR@10", "recall_at_5": "recall@5"}


def retrieval_tables(report: RetrievalReport) -> RenderableType:
    """How each search did, what the questions came to, and how sure all that is."""
    return Group(
        *(plain(line, "yellow") for line in _oddities(report)),
        plain(_counted(report), "dim"),
        "",
        _searches(report),
        *_differences(report),
        "",
        _outcomes(report),
        "",
        _limits(report),
        *_thinness(report),
        plain(_taken(report), "dim"),
    )


def _oddities(report: RetrievalReport) -> Iterator[str]:
    gold = report.gold
    if gold.unknown:
        examples = ", ".join(gold.unknown_examples)
        yield f"Left out, as no document has that id: {gold.unknown} of the gold, as {examples}"
    if gold.questions_without:
        yield f"Not ranked, as there is no gold to be found: {gold.questions_without} answerable"
    if gold.untold:
        named = ", ".join(gold.untold[:MOST_SHOWN])
        yield f"Missed, as it may not be told today: {len(gold.untold)} of the gold, as {named}"
    if report.left_out:
        yield f"Documents that were left out: {len(report.left_out)}"
        yield from (f"  {why}" for why in report.left_out[:MOST_SHOWN])


def _counted(report: RetrievalReport) -> str:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in report.questions.items())
    return f"{report.documents:,} documents in {report.chunks:,} chunks; questions: {kinds}"


def _searches(report: RetrievalReport) -> Table:
    measured = report.rows[0].figures.questions
    table = figure_table(f"Found, by document, of {measured:,} questions", "search", *COLUMNS)
    for row in report.rows:
        told = f"{row.search}, {WITH if row.standalone else ALONE}"
        name = Text(f"{told} (default)", "bold green") if row.default else plain(told)
        table.add_row(name, *_cells(row.figures))
    others = {kind: one for kind, one in report.by_answerability.items() if kind != "answerable"}
    if others:
        table.add_section()
    for kind, figures in others.items():
        asked = plain(f"the default on {figures.questions:,} {kind}", "dim")
        table.add_row(asked, *_cells(figures))
    return table


def _differences(report: RetrievalReport) -> Iterator[Text]:
    for one in report.differences:
        told = WITH if one.standalone else ALONE
        apart = one.interval
        words = "beyond noise" if apart.beyond_noise else "within noise"
        yield plain(
            f"The default's {FIGURES[one.figure]} minus that of {one.than} {told}:"
            f" {apart.mean:+.3f} (95 % of redraws: {apart.low:+.3f} to {apart.high:+.3f}; {words})"
        )


def _outcomes(report: RetrievalReport) -> Table:
    heads = [name.replace("_", " ") for name in OUTCOMES]
    table = figure_table("What customers would get", "", "asked", *heads, "quoting gold")
    for one in report.abstention:
        shares = [f"{one.shares[name]:.0%}" for name in OUTCOMES]
        quoting = one.answers_citing_gold
        told = "-" if quoting is None else f"{quoting:.0%}"
        table.add_row(plain(one.answerability), f"{one.questions:,}", *shares, told)
    return table


def _thinness(report: RetrievalReport) -> Iterator[Text]:
    for kind, area in report.thin_retrieval_auc.items():
        if area is not None:
            yield plain(f"Thin retrieval tells answerable from {kind} questions: AUC {area:.3f}")


def _limits(report: RetrievalReport) -> Table:
    kinds = list(report.questions)
    table = figure_table("Would be without an article", "min_similarity", *kinds)
    for one in report.thinner_than:
        ours = one.limit == report.min_similarity
        shares = [f"{one.shares[kind]:.0%}" for kind in kinds]
        limit = f"{one.limit:.2f} (now)" if ours else f"{one.limit:.2f}"
        table.add_row(Text(limit, "bold green" if ours else ""), *shares)
    return table


def _taken(report: RetrievalReport) -> str:
    parts = ", ".join(f"{part} {taken:.0f} s" for part, taken in report.seconds.items())
    by = f"embedder {report.embedder}, reranker {report.reranker}"
    return f"{by}; {report.resamples:,} redraws, seed {report.seed}; {parts}"


def _cells(figures: Figures) -> Sequence[str]:
    values = (
        figures.recall_at_1,
        figures.recall_at_3,
        figures.recall_at_5,
        figures.hit_at_5,
        figures.mrr_at_10,
    )
    return [f"{value:.3f}" for value in values]
