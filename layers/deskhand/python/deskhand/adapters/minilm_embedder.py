"""MiniLM-L6 with eight-bit weights, run by onnxruntime on this machine's processor."""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deskhand.errors import Rejected

NAME = "minilm-l6-int8"

_LONGEST_TOKENS = 256
_DIMENSIONS = 384
_THREADS = 2
_SIDECAR = "minilm.sha256"


class MiniLmEmbedder:
    """The embedder whose weights and tokenizer lie in the models' folder."""

    def __init__(self, models_dir: Path) -> None:
        weights, tokenizer = models_dir / "minilm.onnx", models_dir / "tokenizer.json"
        for file in (weights, tokenizer):
            if not file.exists():
                raise Rejected(f"the embedder's file {file} is not there: say `make models`")
        self._fingerprint = f"{NAME}:{_digest(weights)[:12]}"
        self._session, self._tokenizer = _open(weights, tokenizer)

    @property
    def fingerprint(self) -> str:
        """The model's name and the beginning of its weights' digest."""
        return self._fingerprint

    def embed(self, texts: Sequence[str]) -> Any:
        """One unit vector a text: the mean over its tokens (float32, 384 dimensions)."""
        import numpy as np

        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        # One by one: eight-bit weights scale with their batch, so a text among others would get
        # another vector than alone (cosine .99), and a batch is no faster here.
        for row, encoded in enumerate(self._tokenizer.encode_batch(list(texts))):
            ids = np.array([encoded.ids], dtype=np.int64)
            given = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            (states, *_) = self._session.run(None, given)
            vectors[row] = states[0].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)


def _open(weights: Path, tokenizer: Path) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    # Threads that spin while they wait cost more than the work itself on a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # keeps indexing at 150 MB instead of 240
    session = onnxruntime.InferenceSession(
        str(weights), options, providers=["CPUExecutionProvider"]
    )
    words = Tokenizer.from_file(str(tokenizer))
    words.no_padding()
    words.enable_truncation(_LONGEST_TOKENS)
    return session, words


def _digest(weights: Path) -> str:
    """The weights' SHA-256, from the sidecar where one was written for a file of this size."""
    sidecar = weights.parent / _SIDECAR
    size = str(weights.stat().st_size)
    if sidecar.exists():
        digest, _, of_size = sidecar.read_text(encoding="utf-8").strip().partition(" ")
        if of_size == size:
            return digest
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # A Lambda layer cannot be written to: there the digest is computed at each start.
    with contextlib.suppress(OSError):
        sidecar.write_text(f"{digest} {size}\n", encoding="utf-8")
    return digest
