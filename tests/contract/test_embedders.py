"""What every embedder promises: unit vectors that are near where meanings are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.errors import Rejected
from deskhand.ports import Embedder
from tests.builders import ROOT

MODELS = ROOT / "layers" / "models" / "models"


def minilm() -> Embedder:
    from deskhand.adapters.minilm_embedder import MiniLmEmbedder

    if not (MODELS / "minilm.onnx").exists():
        pytest.skip("the embedder's weights are not there: say `make models`")
    return MiniLmEmbedder(MODELS)


def wordllama() -> Embedder:
    pytest.importorskip("wordllama")
    from deskhand.adapters.wordllama_embedder import WordLlamaEmbedder

    return WordLlamaEmbedder()


@pytest.fixture(scope="module", params=[HashingEmbedder, minilm, wordllama])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    make: Callable[[], Embedder] = request.param
    return make()


TEXTS = ["Where is my parcel?", "my parcel has not come, where is it", "I want to pay by card", "a"]


def test_each_text_has_one_unit_vector_in_order(embedder: Embedder) -> None:
    vectors = np.asarray(embedder.embed(TEXTS))

    assert vectors.shape[0] == len(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    together = np.asarray(embedder.embed([*TEXTS * 5, "x" * 3000, "word " * 900]))

    for at, text in enumerate(TEXTS):
        assert np.asarray(embedder.embed([text]))[0] @ together[at] > 0.9999


def test_near_in_meaning_is_near(embedder: Embedder) -> None:
    one, alike, other, _ = np.asarray(embedder.embed(TEXTS))

    assert one @ alike > one @ other + 0.1


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert len(embedder.embed([])) == 0


def test_a_text_without_words_harms_nothing(embedder: Embedder) -> None:
    vectors = np.asarray(embedder.embed(["", "???", "😀"]))

    assert np.isfinite(vectors).all()


def test_the_fingerprint_names_the_model_and_its_weights(embedder: Embedder) -> None:
    name, _, weights = embedder.fingerprint.partition(":")

    assert name
    assert weights


def test_missing_weights_are_named_with_what_to_do(tmp_path: Path) -> None:
    from deskhand.adapters.minilm_embedder import MiniLmEmbedder

    with pytest.raises(Rejected, match=r"minilm\.onnx is not there: say `make models`"):
        MiniLmEmbedder(tmp_path)


def test_the_digest_of_the_weights_is_computed_once(tmp_path: Path) -> None:
    from deskhand.adapters.minilm_embedder import MiniLmEmbedder

    if not (MODELS / "minilm.onnx").exists():
        pytest.skip("the embedder's weights are not there: say `make models`")
    for name in ("minilm.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(MODELS / name)

    first = MiniLmEmbedder(tmp_path).fingerprint
    assert (tmp_path / "minilm.sha256").read_text().startswith(first.split(":")[1])
    assert MiniLmEmbedder(tmp_path).fingerprint == first
