"""The two streams of a terminal, and text of strangers made harmless for them."""

import json
import sys

from rich.console import Console
from rich.text import Text

from deskhand.domain.usage import Usage

WIDTH_WITHOUT_A_TERMINAL = 150


def out() -> Console:
    """Where results go."""
    return Console(highlight=False, width=_width(sys.stdout.isatty()))


def err() -> Console:
    """Where progress and problems go, so that results can be piped."""
    return Console(stderr=True, highlight=False, width=_width(sys.stderr.isatty()))


def print_json(value: object) -> None:
    """The machine's form of a result, alone on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def plain(text: str, style: str = "") -> Text:
    """Text of a customer or a model: no markup in it is read, no control character gets through."""
    kept = (
        char if char == "\n" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text
    )
    return Text("".join(kept), style=style)


def seconds(duration_s: float) -> str:
    """A duration as people read it."""
    return f"{duration_s * 1000:.0f} ms" if duration_s < 1 else f"{duration_s:.1f} s"


def dollars(cost_microusd: int) -> str:
    """A model's price; nothing is nothing."""
    return f"${cost_microusd / 1_000_000:.4f}" if cost_microusd else "-"


def used(usage: Usage) -> str:
    """What was used of a model, in words; nothing where nobody was asked."""
    if not usage.calls:
        return ""
    told = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    kept = (
        f", {usage.cache_read_tokens:,} of them from the cache" if usage.cache_read_tokens else ""
    )
    calls = "1 call" if usage.calls == 1 else f"{usage.calls} calls"
    return (
        f"{dollars(usage.cost_microusd)} for {calls}: {told:,} tokens told{kept}, "
        f"{usage.output_tokens:,} answered"
    )


def _width(is_terminal: bool) -> int | None:
    return None if is_terminal else WIDTH_WITHOUT_A_TERMINAL
