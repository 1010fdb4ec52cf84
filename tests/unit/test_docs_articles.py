"""The article that the guide shows is one, and says what the guide says of it."""

import re

from deskhand.adapters.policy_files import read_policy
from deskhand.domain.evidence import OnlyFor
from deskhand.text.chunks import LONGEST_DECISION, LONGEST_WHOLE, SIZE, cut
from deskhand.text.front_matter import read_article
from deskhand.text.macros import filled
from tests.builders import ROOT

GUIDE = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```markdown\n(.*?)\n```", GUIDE, re.DOTALL)
SNIPPET = ROOT / "scripts" / "sample" / "articles" / "return-address.md"


def test_the_example_is_an_article_with_all_that_is_said_of_it() -> None:
    assert EXAMPLE
    article = read_article(EXAMPLE[1], name="returns.md", article_id="returns")
    address = read_article(
        SNIPPET.read_text(encoding="utf-8"), name=SNIPPET.name, article_id=SNIPPET.stem
    )
    macros = read_policy(ROOT / "policies").macros.model_copy(
        update={"known": OnlyFor(plan=("pro", "team"))}
    )
    done = filled([article, address], macros)

    assert done.troubles == ()
    pieces = [chunk for one in done.articles if one.id == "returns" for chunk in cut(one)]
    headings = [chunk.heading for chunk in pieces]
    assert headings == ["What can be returned", "Our address", "Our address"]
    assert "You can return an item if:\n- it is unused" in pieces[0].text
    assert "Dyke Lane 8" in pieces[1].text
    assert "Tuesday to Friday" in pieces[1].text
    assert pieces[2].only_for == OnlyFor(plan=("pro", "team"), region=("NL",))


def test_the_guide_tells_the_sizes_that_there_are() -> None:
    assert f"about {SIZE} characters" in GUIDE
    assert f"up to {LONGEST_DECISION:,} characters" in GUIDE
    assert f"up to {LONGEST_WHOLE:,}; " in GUIDE
