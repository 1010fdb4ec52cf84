"""Files that articles are in, wherever they lie: each gives an article, or a trouble."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.adapters.article_texts import as_markdown, id_from, trouble, whole_article
from deskhand.adapters.documents.apart import DocumentReader
from deskhand.adapters.documents.kinds import SUFFIXES, suffix_of
from deskhand.adapters.documents.reading import LARGEST_BYTES, check_size
from deskhand.adapters.read_ahead import reading_ahead
from deskhand.domain.article import Article, Trouble
from deskhand.errors import Rejected
from deskhand.text.front_matter import read_keys

BESIDE = (".yaml", ".yml")
"""What the name of a file ends in that says what the document beside it cannot: `a.pdf.yaml`."""
_FOR_PEOPLE = "readme"


@dataclass(frozen=True)
class ArticleFiles:
    """Files by name, with how large they are and how to get their bytes."""

    sizes: Mapping[str, int]
    load: Callable[[str], bytes | None]
    """None: it was removed since it was listed."""


def articles_in(files: ArticleFiles) -> Iterator[Article | Trouble]:
    """The articles in all these files. Hidden ones and READMEs are left out, and what is no
    document; of two with one id the first by name stays."""
    documents = [name for name in sorted(files.sizes) if is_document(name)]
    yield from _alone(files, set(documents))
    small_enough = [name for name in documents if files.sizes[name] <= LARGEST_BYTES]
    with DocumentReader() as reader, reading_ahead(files.load, small_enough) as load:
        reading = _Reading(ArticleFiles(files.sizes, load), reader, _beside(files.sizes))
        for name in documents:
            yield from reading.of(name)


def is_document(name: str) -> bool:
    """Whether a file of that name is read."""
    *folders, last = name.split("/")
    hidden = any(part.startswith((".", "~$")) for part in (*folders, last))
    stem = last.removesuffix(suffix_of(last)).lower()
    return suffix_of(name) in SUFFIXES and not hidden and stem != _FOR_PEOPLE


@dataclass(frozen=True)
class _Reading:
    files: ArticleFiles
    reader: DocumentReader
    beside: Mapping[str, tuple[str, ...]]
    """By the name of a document, in small letters, the files that say what it cannot."""
    taken: dict[str, str] = field(default_factory=dict)
    """The names of the files that the ids read so far are from."""

    def of(self, name: str) -> Iterator[Article | Trouble]:
        try:
            check_size(self.files.sizes[name])
            content = self.files.load(name)
            if content is None:
                return
            text, notes = as_markdown(name, content, said=self._beside(name), read=self.reader.read)
            article, more = whole_article(text, name=name, article_id=id_from(name))
        except (ValueError, Rejected, OSError) as error:
            yield trouble(name, error)
            return
        if (other := self.taken.setdefault(article.id, name)) != name:
            taken = ValueError(f"id {article.id} is taken by {other}: give it another one")
            yield trouble(name, taken)
            return
        yield article
        for note in (*notes, *more):
            yield Trouble(name=name, reason=note, kind="noticed")

    def _beside(self, name: str) -> dict[str, Any]:
        stem = name[: len(name) - len(suffix_of(name))]
        if misnamed := self.beside.get(stem.lower()):  # it may say that the document is internal
            right = f"{name}{suffix_of(misnamed[0])}"
            raise ValueError(f"{misnamed[0]} stands beside it: call that {right}, or remove it")
        found = self.beside.get(name.lower(), ())
        if len(found) > 1:
            raise ValueError(f"{' and '.join(found)} both stand beside it: keep one of them")
        for beside in found:
            if (content := self.files.load(beside)) is not None:
                check_size(len(content))
                return read_keys(content.decode("utf-8-sig"), name=beside)
        return {}


def _beside(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        if suffix_of(name) in BESIDE:
            document = name[: len(name) - len(suffix_of(name))].lower()
            found[document] = (*found.get(document, ()), name)
    return found


def _alone(files: ArticleFiles, documents: set[str]) -> Iterator[Trouble]:
    """The files that stand beside a document which is not there."""
    there = {document.lower() for document in documents}
    for name in sorted(files.sizes):
        document = name[: len(name) - len(suffix_of(name))]
        if suffix_of(name) in BESIDE and is_document(document) and document.lower() not in there:
            yield Trouble(
                name=name, reason=f"there is no {document} beside it: remove it, or add that"
            )
