"""The page about help centres tells the truth: what it says to set is there, and what it says of
labels and limits is so."""

import re

from deskhand.adapters.help_centres.pages import as_category, read_labels
from deskhand.jobs.mirror import COMPLETE_EVERY
from deskhand.wiring.help_centres import HELP_CENTRES, PATIENCE_S
from scripts.local_stack import template as sam
from tests.builders import ROOT

PAGE = (ROOT / "docs" / "help-centres.md").read_text(encoding="utf-8")
TEMPLATE = sam.read(ROOT / "template.yaml")


def test_the_parameters_and_outputs_on_the_page_are_the_stack_s() -> None:
    given = re.findall(r"^sam deploy --parameter-overrides (.+)$", PAGE, re.MULTILINE)
    parameters = TEMPLATE["Parameters"]
    for one in " ".join(given).split():
        name, value = one.split("=", 1)
        assert value in parameters[name].get("AllowedValues", [value])
    assert parameters["MirrorSchedule"]["Default"] == "rate(1 day)"
    assert {"MirrorFunctionName", "KnowledgeBucketName"} <= set(TEMPLATE["Outputs"])


def test_every_help_centre_may_be_named_alone_or_with_others() -> None:
    allowed = TEMPLATE["Parameters"]["HelpCentres"]["AllowedValues"]

    assert allowed[0] == TEMPLATE["Parameters"]["HelpCentres"]["Default"] == "none"
    assert {name for value in allowed[1:] for name in value.split(",")} == set(HELP_CENTRES)
    assert ",".join(HELP_CENTRES) in allowed


def test_the_names_and_labels_on_the_page_mean_what_it_says() -> None:
    labels = read_labels(re.findall(r"`((?:category|authority|policy)-[\w-]+)`", PAGE))

    assert (labels.category, labels.authority, labels.policy_id) == ("returns", 5, "RET-1")
    assert labels.troubles == ()
    assert as_category("Returns & refunds") == "returns-refunds"
    assert as_category("a " * 40) == "-".join("a" * 30)
    assert "`category: returns-refunds`" in PAGE


def test_the_limits_on_the_page_are_the_code_s() -> None:
    assert f"within {COMPLETE_EVERY.total_seconds() / 3600:.0f} hours" in PAGE
    assert (PATIENCE_S, "a pause of up to a minute" in PAGE) == (60.0, True)


def test_the_alarm_on_the_page_rings_after_three_errors_of_the_function_in_a_day() -> None:
    alarm = TEMPLATE["Resources"]["MirrorAlarm"]["Properties"]

    assert "`MirrorAlarm`" in PAGE
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "MirrorFunction"}}]
    assert (alarm["MetricName"], alarm["Period"], alarm["Threshold"]) == ("Errors", 86400, 2)
