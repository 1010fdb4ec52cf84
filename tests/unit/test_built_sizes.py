"""What Lambda would refuse for its size is refused when it is built."""

from pathlib import Path

from scripts.built_sizes import size_bytes, sizes


def a_file(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"#" * size)


def test_what_is_not_compiled_yet_is_counted_as_if_it_were(tmp_path: Path) -> None:
    a_file(tmp_path / "one.py", 100)
    a_file(tmp_path / "data.bin", 1000)
    assert size_bytes(tmp_path) == 1200

    a_file(tmp_path / "one.pyc", 90)
    assert size_bytes(tmp_path) == 1190


def test_a_function_is_as_large_as_all_its_layers(tmp_path: Path) -> None:
    for name, size in (("Vendor", 100), ("Models", 50), ("Read", 3), ("Gate", 2)):
        a_file(tmp_path / name / "data.bin", size)
    function = "AWS::Serverless::Function"
    template = {
        "Globals": {"Function": {"Layers": [{"Ref": "Vendor"}]}},
        "Resources": {
            "Read": {"Type": function, "Properties": {"Layers": [{"Ref": "Models"}]}},
            "Gate": {"Type": function, "Properties": {}},
            "Vendor": {"Type": "AWS::Serverless::LayerVersion", "Properties": {}},
        },
    }

    assert dict(sizes(template, tmp_path)) == {"Read": 153, "Gate": 102}
