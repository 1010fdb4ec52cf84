"""Rules and schemas that are wrong are refused with file, line and reason, all at once."""

from pathlib import Path

import pytest

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.errors import Rejected

FOLDER = Path(__file__).parents[2] / "policies"
POLICIES = (FOLDER / "actions.cedar").read_text(encoding="utf-8")
SCHEMA = (FOLDER / "actions.cedarschema").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("policies", "why"),
    [
        (
            POLICIES + '@code("X") @words("too much")\n'
            'forbid (principal, action == Action::"refund_order", resource);',
            "actions.cedar, line {before_last}: @words are read by people: "
            "write whole sentences, not 'too much'.",
        ),
        (
            POLICIES + '@code("DAILY_CAP") @words("No.")\n'
            'forbid (principal, action == Action::"refund_order", resource);',
            "actions.cedar, line {before_last}: refund_order has more than one limit "
            "with the code DAILY_CAP.",
        ),
        (
            POLICIES + "\n\nforbidd (principal, action, resource);",
            "actions.cedar, line {last}: this is not valid Cedar: invalid policy effect: forbidd.",
        ),
        (
            POLICIES + "\nforbid (principal, action, resource)",
            "actions.cedar, line {last}: this is not valid Cedar: unexpected end of input.",
        ),
        (
            POLICIES + '\nforbid (principal, action == Action::"refund_order", resource);',
            "actions.cedar, line {last}: a forbid needs @code and @words, "
            "so that people learn why it refused.",
        ),
        (
            POLICIES + '\n@code("X") @words("")\n'
            'forbid (principal, action == Action::"refund_order", resource);',
            "actions.cedar, line {before_last}: a forbid needs @words, "
            "so that people learn why it refused.",
        ),
        (
            POLICIES + '\n@code("X") @words("Y.") @cod("Z")\n'
            'forbid (principal, action == Action::"refund_order", resource);',
            "actions.cedar, line {before_last}: nobody reads @cod; "
            "there are @code, @words, @instead.",
        ),
        (
            POLICIES + "\npermit (principal == ?principal, action, resource);",
            "actions.cedar, line {last}: a template allows nothing by itself; write a rule.",
        ),
        (
            POLICIES.replace('@instead("cancel_order")', '@instead("cancel_oder")'),
            "@instead names cancel_oder, which no rule permits.",
        ),
        (
            POLICIES + "\npermit (principal, action, resource);",
            "actions.cedar, line {last}: a permit has to name its action; "
            "one for every action would allow those added later.",
        ),
        (
            POLICIES.replace("resource.delivered_days > 30", "resource.delivered_day > 30"),
            "actions.cedar, line {window}: this rule does not fit actions.cedarschema: "
            "attribute `delivered_day` on entity type `Order` not found",
        ),
        (
            POLICIES.replace("context.amount_cents > 5000", 'context.amount_cents > "50"'),
            "this rule does not fit actions.cedarschema",
        ),
        (
            POLICIES + '\npermit (principal, action == Action::"refund_oder", resource);',
            "actions.cedar, line {last}: this rule does not fit actions.cedarschema: "
            'unrecognized action `Action::"refund_oder"`',
        ),
    ],
)
def test_rules_that_are_wrong_are_refused_with_file_line_and_reason(policies, why):
    lines = policies.splitlines()
    window = next(
        number for number, line in enumerate(lines, 1) if '"REFUND_WINDOW_CLOSED"' in line
    )
    expected = why.format(last=len(lines), before_last=len(lines) - 1, window=window)

    with pytest.raises(Rejected) as refused:
        CedarPermissions(policies, SCHEMA)

    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (
            SCHEMA.replace("vip: Bool", "vip: Bol"),
            "actions.cedarschema, line {vip}: this is not valid Cedar: "
            "failed to resolve type: Bol.",
        ),
        (
            SCHEMA + "\nentity Customer {",
            "actions.cedarschema, line {last}: this is not valid Cedar: unexpected end of input.",
        ),
    ],
)
def test_a_schema_that_is_wrong_is_refused_with_file_line_and_reason(schema, why):
    lines = schema.splitlines()
    vip = next(number for number, line in enumerate(lines, 1) if "vip" in line)

    with pytest.raises(Rejected) as refused:
        CedarPermissions(POLICIES, schema)

    assert str(refused.value) == why.format(vip=vip, last=len(lines))


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (
            SCHEMA.replace("vip: Bool", "vip: decimal"),
            "actions.cedarschema: we have no values of the type decimal.",
        ),
        (
            SCHEMA + "namespace Shop { entity Till; }",
            "actions.cedarschema, line {last}: 'namespace' is valid Cedar, but nothing that we use",
        ),
    ],
)
def test_a_schema_beyond_what_we_use_is_refused_in_words(schema, why):
    policies = 'permit (principal, action == Action::"refund_order", resource);'

    with pytest.raises(Rejected) as refused:
        CedarPermissions(policies, schema)

    assert why.format(last=len(schema.splitlines())) in str(refused.value)


def test_all_mistakes_are_told_at_once():
    broken = POLICIES + "\nforbid (principal, action, resource);" * 2

    with pytest.raises(Rejected) as refused:
        CedarPermissions(broken, SCHEMA)

    assert len(str(refused.value).splitlines()) == 2


def test_a_folder_without_rules_is_refused(tmp_path):
    with pytest.raises(Rejected, match=r"actions\.cedar: it cannot be read"):
        CedarPermissions.read(tmp_path)


def test_rules_that_are_not_text_are_refused_with_the_line(tmp_path):
    (tmp_path / "actions.cedar").write_bytes(b"// rules\n\xff\xfe\n")
    (tmp_path / "actions.cedarschema").write_text(SCHEMA, encoding="utf-8")

    with pytest.raises(Rejected, match=r"actions\.cedar, line 2: this is not text in UTF-8"):
        CedarPermissions.read(tmp_path)
