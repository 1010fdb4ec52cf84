"""The answers that weights are fitted to: to the sample's questions and its golden tickets."""

from deskhand import wiring
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.evaluation.confidence import answered, ready
from scripts.evaluation.confidence_answers import DAY, Answers, Progress, Reading, from_golden
from scripts.evaluation.golden import read_golden
from scripts.evaluation.question_set import read_set
from scripts.evaluation.retrieval_gold import Noting
from scripts.evaluation.retrieval_house import House

GOLDEN = SAMPLE / "golden"


def sample_answers(house: House, *, progress: Progress, reading: Reading = "intents") -> Answers:
    """What the house drafts for them; it has to stand with nothing indexed."""
    given = read_set(SAMPLE)
    source = Noting(given.source, on=DAY.date())
    ready(house, source, progress)
    questions = (*given.questions, *from_golden(read_golden(GOLDEN)))
    return answered(
        questions, source, house, wiring.fitted_intents(), reading=reading, progress=progress
    )
