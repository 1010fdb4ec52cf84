"""The folder of questions and documents that several measurements of `deskhand evaluate` take."""

from pathlib import Path
from typing import Annotated

import typer

QuestionFolder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="A folder with docs.jsonl (or articles/*.md) and queries.jsonl (or"
        " questions.jsonl); without it, the sample shop's.",
    ),
]
