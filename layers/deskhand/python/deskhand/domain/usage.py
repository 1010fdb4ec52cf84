"""What a piece of work used of a language model, and what that cost."""

from pydantic import NonNegativeInt

from deskhand.domain.noun import Noun


class Usage(Noun):
    """Tokens and their price; the local models cost nothing."""

    model: str = "none"
    input_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    cost_microusd: NonNegativeInt = 0
    """Millionths of a US dollar, so that sums stay whole."""
