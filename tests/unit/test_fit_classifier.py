"""The classifier is fitted anew when the examples have changed, and only then."""

from pathlib import Path

import numpy as np
import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from scripts import fit_classifier
from tests.builders import a_policy
from tests.reading import SMALL, a_small_classifier, the_shipped_reading


def test_every_example_has_its_vector_and_its_intent() -> None:
    fitted = a_small_classifier()

    examples = sum(len(intent.examples) for intent in SMALL.values())
    assert fitted.examples.shape == (examples, 256)
    assert np.bincount(fitted.owners).tolist() == [
        len(SMALL[name].examples) for name in fitted.names
    ]
    assert fitted.sureness.shape == (4,)


def test_the_likelier_and_the_nearer_a_guess_the_surer_it_is() -> None:
    _, fitted = the_shipped_reading()

    of_likely, of_near, of_known, _ = fitted.sureness
    assert of_likely > 0
    assert of_near > 0
    assert of_known >= 0


def test_the_fingerprint_changes_with_an_example_and_with_nothing_else() -> None:
    embedder = HashingEmbedder()
    before = fit_classifier.fingerprint(SMALL, embedder)
    hours = SMALL["hours"]
    other = hours.model_copy(update={"examples": (*hours.examples, "open at noon?")})
    renamed = hours.model_copy(update={"description": "Another description"})

    assert fit_classifier.fingerprint(SMALL | {"hours": other}, embedder) != before
    assert fit_classifier.fingerprint(SMALL | {"hours": renamed}, embedder) == before


def test_it_is_fitted_once_for_the_same_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fit_classifier, "TARGET", tmp_path / "intents.npz")
    monkeypatch.setattr(fit_classifier, "embedder_here", HashingEmbedder)
    monkeypatch.setattr(fit_classifier, "read_policy", lambda _: a_policy())

    assert fit_classifier.main() == 0
    first = capsys.readouterr().out
    assert fit_classifier.main() == 0

    assert f"fitted {len(a_policy().intents)} intents" in first
    assert "of held-out examples are read right" in first
    assert capsys.readouterr().out == ""


def test_the_embedder_is_the_one_that_the_set_up_has_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("wordllama")
    (tmp_path / "EMBEDDER").write_text("wordllama\n")
    monkeypatch.setattr(fit_classifier, "MODELS", tmp_path)

    assert fit_classifier.embedder_here().fingerprint.startswith("wordllama")
