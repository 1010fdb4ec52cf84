"""`deskhand kb reindex`: brings what the agent knows up to date with its articles, and says how."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from deskhand.errors import DeskhandError
from deskhand.jobs.reindex import Reindexed
from scripts.deskhand_cli.desks import the_session
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.session import Session
from scripts.deskhand_cli.terminal import err, out, plain, print_json
from scripts.deskhand_cli.working import shown

FUNCTION = "ReindexFunction"
STACK = "deskhand"

Bar = Callable[[str, int, int], None]


def reindex(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="A folder of articles to put on the desk first; without it, what lies there.",
        ),
    ] = None,
    only: Annotated[
        bool, typer.Option("--only", help="Take away what lies on the desk and not in FOLDER.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Index what changed in the running desk's articles; only that is embedded.

    The old index serves until the new one is whole. Exit code 1: articles were left out.
    """
    if folder and not folder.is_dir():
        raise UnreadableError(f"{folder} is not a folder of articles")
    if only and not folder:
        raise UnreadableError("--only goes with the FOLDER whose articles are to be the only ones")
    try:
        with _as_the_function(the_session()), shown(err()) as bar:
            moved = _put(folder, only=only, bar=bar) if folder else ""
            done = _reindexed(bar)
    except DeskhandError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(done.model_dump(mode="json"))
    else:
        _tell(done, moved)
    if any(trouble.kind == "left_out" for trouble in done.troubles):
        raise typer.Exit(1)


def _reindexed(bar: Bar) -> Reindexed:
    """What the reindex function does, in this process, where its progress can be seen."""
    from deskhand import wiring
    from deskhand.jobs.reindex import reindex as run

    return run(
        source=wiring.article_source(),
        knowledge=wiring.knowledge(),
        embedder=wiring.embedder(),
        begun=wiring.vector_shelf(),
        macros=wiring.policy().macros,
        report=partial(bar, "embedding"),
    )


def _put(folder: Path, *, only: bool, bar: Bar) -> str:
    """Lays the folder's documents where the desk's articles lie; says in words what that was."""
    from deskhand import wiring
    from deskhand.adapters.article_files import BESIDE, is_document
    from deskhand.adapters.article_sources import S3Articles
    from deskhand.wiring.environment import client

    shelf = S3Articles(client("s3"), wiring.setting("DESKHAND_KNOWLEDGE_BUCKET"))
    ours = {
        file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()
    }
    names = sorted(name for name in ours if is_document(name) or name.endswith(BESIDE))
    if not names:
        raise UnreadableError(f"{folder} holds no Markdown, HTML, PDF or DOCX file")
    put = 0
    for number, name in enumerate(names, start=1):
        content = ours[name].read_bytes()
        if shelf.load(name) != content:
            shelf.keep(name, content)
            put += 1
        bar("putting files on the desk", number, len(names))
    others = sorted(shelf.files().sizes.keys() - set(names))
    for name in others if only else []:
        shelf.take_away(name)
    fate = "taken away" if only else "left where they are"
    return f"{put} of {len(names)} files were new or changed; {len(others)} others {fate}."


@contextmanager
def _as_the_function(session: Session) -> Iterator[None]:
    """The settings of the running desk's reindex function, in this process."""
    # Imported here: it takes its time, and a command that is refused needs none of it.
    import boto3

    from deskhand import wiring
    from scripts.local_stack.handlers import environment
    from scripts.local_stack.stack import CREDENTIALS, REGION

    with environment(
        CREDENTIALS | {"AWS_ENDPOINT_URL": session.endpoint_url, "AWS_DEFAULT_REGION": REGION}
    ):
        stack = boto3.client("cloudformation")
        found = stack.describe_stack_resource(StackName=STACK, LogicalResourceId=FUNCTION)
        name = found["StackResourceDetail"]["PhysicalResourceId"]
        told = boto3.client("lambda").get_function_configuration(FunctionName=name)
        settings: dict[str, Any] = told["Environment"]["Variables"]
        wiring.reset()
        try:
            with environment(settings):
                yield
        finally:
            wiring.reset()


def _tell(done: Reindexed, moved: str) -> None:
    console = out()
    if moved:
        console.print(moved)
    if done.version:
        console.print(
            f"A new index serves, of {done.chunks:,} pieces: {done.embedded:,} embedded,"
            f" {done.kept:,} kept as they were. {done.removed:,} of the old ones are gone."
            "\nFunctions that run already see it within half a minute."
        )
    else:
        console.print(f"Nothing has changed; {done.chunks:,} pieces serve.")
    if done.troubles:
        table = Table(title="What is wrong with articles", title_justify="left")
        for column in ("file", "so it was", "because"):
            table.add_column(column, overflow="fold")
        fates = {"left_out": "left out", "noticed": "indexed"}
        for trouble in done.troubles:
            table.add_row(plain(trouble.name), fates[trouble.kind], plain(trouble.reason))
        console.print(table)
