"""The page about evaluation tells the truth: its example is read, and its columns are shown."""

import json
import re

from scripts.deskhand_cli.evaluate_tables import COLUMNS
from scripts.evaluation.question_set import Said, read_set
from tests.builders import ROOT

PAGE = (ROOT / "docs" / "evaluate-retrieval.md").read_text(encoding="utf-8")


def test_the_example_of_a_question_and_a_document_can_be_read(tmp_path):
    [question] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    [document] = re.findall(r'`(\{"doc_id".*?\})`', PAGE)
    (tmp_path / "queries.jsonl").write_text(question, encoding="utf-8")
    (tmp_path / "docs.jsonl").write_text(document, encoding="utf-8")

    given = read_set(tmp_path)

    [asked] = given.questions
    assert asked.gold == ("delivery",)
    assert asked.history[0] == Said("customer", "What is postage to Germany?")
    assert [article.id for article in given.source.articles()] == [json.loads(document)["doc_id"]]


def test_every_column_is_explained():
    told = re.sub(r", @(\d)", r", recall@\1", PAGE)

    assert [column for column in COLUMNS if column not in told] == []
