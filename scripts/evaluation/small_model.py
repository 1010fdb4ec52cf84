"""What a call of the small model costs that reads what the local classifier is not sure of."""

from deskhand.adapters.model_files import read_models
from deskhand.domain.usage import Usage
from scripts.evaluation.intent_report import Saved
from scripts.fit_classifier import ROOT

INPUT_TOKENS = 2_000
"""The rules, all intents with their descriptions, and one message: the sample shop's size."""
OUTPUT_TOKENS = 150
DOLLAR_MICROUSD = 1_000_000


def what_is_saved(share: float) -> Saved:
    """Where this share of all messages needs no such call; nothing of it counts as cached."""
    models, _ = read_models(ROOT / "policies")
    name = models.tasks["classify"].model
    call = Usage(input_tokens=INPUT_TOKENS, output_tokens=OUTPUT_TOKENS)
    usd = models.prices[name].cost_microusd(call) / DOLLAR_MICROUSD
    return Saved(
        share=share,
        model=name,
        input_tokens=INPUT_TOKENS,
        output_tokens=OUTPUT_TOKENS,
        usd_per_call=usd,
        usd_per_1000_messages=round(share * usd * 1000, 6),
    )
