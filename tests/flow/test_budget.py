"""What a turn costs of our own work: at most 20 ms, once every port answers at once."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from deskhand.adapters.models.offline import OfflineModel
from deskhand.ports import Embedder, Vector
from scripts.deskhand_cli.memory_house import memory_house
from scripts.deskhand_cli.walk import Times, walk_all
from scripts.sample.ticket_file import read_tickets

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MS = 20.0
ROUNDS = 4


class RememberingEmbedder:
    """An embedder that has embedded everything before: a port without latency."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return [self._known[text] for text in texts]


@pytest.mark.no_cover  # what is counted line by line takes three times as long
def test_our_own_work_in_a_turn_takes_at_most_twenty_milliseconds(tmp_path: Path) -> None:
    tickets = read_tickets(ROOT / "scripts" / "sample" / "tickets")
    with memory_house(tmp_path) as house:
        embedder = RememberingEmbedder(house.kept["embedder"])
        model = OfflineModel(embedder, house.kept["fitted_intents"])
        house.kept |= {"embedder": embedder, "language_model": model}
        medians = []
        for _ in range(ROUNDS):
            times = Times(seconds=time.thread_time)
            walk_all(house, tickets, times)
            medians.append(statistics.median(times.turns_ms))
    assert min(medians[1:]) <= LONGEST_MS, f"medians of {len(tickets)} turns, in ms: {medians}"
