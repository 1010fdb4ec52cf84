"""What the stack gives each function: its settings, and the rights that go with them."""

import copy
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.opensearch.opening import NAME, SERVERLESS_TIMEOUT_S
from deskhand.runtime import NAMESPACE
from scripts.local_stack import template as sam
from tests.builders import a_policy

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = sam.read(ROOT / "template.yaml")
RESOURCES = TEMPLATE["Resources"]
FUNCTIONS = {
    name: resource["Properties"]
    for name, resource in RESOURCES.items()
    if resource["Type"] == "AWS::Serverless::Function"
}
RIGHT_BEHIND = {
    "DESKHAND_DESK_TABLE": "dynamodb:Query",
    "DESKHAND_IDEMPOTENCY_TABLE": "dynamodb:UpdateItem",
    "DESKHAND_QUEUE_URL": "sqs:SendMessage",
    "DESKHAND_STATE_MACHINE_ARN": "states:StartExecution",
    "DESKHAND_KNOWLEDGE_BUCKET": "s3:GetObject",
    "DESKHAND_KNOWLEDGE_STORE": "aoss:APIAccessAll",
    "DESKHAND_API_KEY_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_WEBHOOK_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_CODE_KEY_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_LINK_KEY_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_ZENDESK_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_HELP_CENTRES": "s3:PutObject",
    "DESKHAND_INTERCOM_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_ANTHROPIC_KEY_SECRET": "secretsmanager:GetSecretValue",
    "DESKHAND_LANGUAGE_MODEL": "bedrock-mantle:CreateInference",
    "DESKHAND_LETTERS_FROM": "ses:SendEmail",
    "DESKHAND_RERANKER": "bedrock:Rerank",
    "DESKHAND_REINDEX_FUNCTION": "lambda:InvokeFunction",
}
OF_EVERYTHING = (
    {"states:SendTaskSuccess", "states:SendTaskFailure"},  # a token is no resource
    {"bedrock:Rerank"},  # it knows no resource; the model that it asks is named beside it
)
every_function = pytest.mark.parametrize("name", FUNCTIONS)


@every_function
def test_a_function_has_a_role_of_its_own(name: str) -> None:
    assert "Role" not in FUNCTIONS[name]
    assert FUNCTIONS[name]["Policies"]


@every_function
def test_a_function_may_do_no_wildcard_and_nothing_to_everything(name: str) -> None:
    for statement in statements(FUNCTIONS[name]):
        assert statement["Effect"] == "Allow"
        assert not [action for action in actions(statement) if "*" in action]
        if statement["Resource"] == "*":
            assert set(actions(statement)) in OF_EVERYTHING


@every_function
def test_a_function_has_the_rights_that_its_settings_need_and_settings_for_its_rights(
    name: str,
) -> None:
    variables = FUNCTIONS[name]["Environment"]["Variables"]
    settings = {setting for setting, value in variables.items() if value != "offline"}
    allowed = {action for statement in statements(FUNCTIONS[name]) for action in actions(statement)}
    needed = {right for setting, right in RIGHT_BEHIND.items() if setting in settings}

    assert needed <= allowed
    services = {right.split(":")[0] for right in allowed}
    assert services == {right.split(":")[0] for right in needed}


@every_function
def test_a_function_that_reads_the_models_has_their_layer_and_their_memory(name: str) -> None:
    reads = "DESKHAND_MODELS_DIR" in FUNCTIONS[name]["Environment"]["Variables"]

    assert (FUNCTIONS[name].get("Layers") == [{"Ref": "ModelsLayer"}]) is reads
    assert (FUNCTIONS[name].get("MemorySize", 256) >= 1024) is reads


@every_function
def test_what_a_function_logs_is_not_kept_for_ever(name: str) -> None:
    group = FUNCTIONS[name]["LoggingConfig"]["LogGroup"]["Ref"]

    assert RESOURCES[group]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_the_machine_may_call_the_functions_of_its_states_alone() -> None:
    machine = RESOURCES["TicketMachine"]["Properties"]
    called = {
        json.dumps(arn)
        for statement in statements(machine)
        if "lambda:InvokeFunction" in actions(statement)
        for arn in statement["Resource"]
    }

    assert called == {json.dumps(arn) for arn in machine["DefinitionSubstitutions"].values()}


def test_the_history_of_an_execution_is_never_logged() -> None:
    assert RESOURCES["TicketMachine"]["Properties"]["Logging"]["IncludeExecutionData"] is False


@pytest.mark.parametrize("table", ["DeskTable", "IdempotencyTable"])
def test_a_table_is_encrypted_and_forgets(table: str) -> None:
    properties = RESOURCES[table]["Properties"]

    assert properties["SSESpecification"] == {"SSEEnabled": True}
    assert properties["TimeToLiveSpecification"]["Enabled"] is True


def test_the_bucket_is_private_encrypted_and_speaks_tls_only() -> None:
    bucket = RESOURCES["KnowledgeBucket"]["Properties"]
    (rule,) = RESOURCES["KnowledgeBucketTlsOnly"]["Properties"]["PolicyDocument"]["Statement"]

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    assert rule["Effect"] == "Deny"
    assert rule["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_search_for_people_only_reads() -> None:
    allowed = {
        action for rule in statements(FUNCTIONS["SearchFunction"]) for action in actions(rule)
    }

    assert allowed == {
        *("dynamodb:GetItem", "dynamodb:Query", "s3:GetObject", "s3:ListBucket"),
        *("secretsmanager:GetSecretValue", "aoss:APIAccessAll"),
        *("bedrock:Rerank", "bedrock:InvokeModel"),
    }


@every_function
def test_what_is_internal_is_read_only_by_whom_people_write_it_with_and_by_the_reindex(
    name: str,
) -> None:
    read = {
        str(one.get("Fn::Sub", "")).partition("/")[2]
        for statement in statements(FUNCTIONS[name])
        if "s3:GetObject" in actions(statement)
        for one in resources(statement)
    }
    whole = {"articles/*", "proposed/*", "mirrored/*"} & read

    assert whole == {
        "ConsoleFunction": {"articles/*", "proposed/*"},
        "ReindexFunction": {"articles/*", "mirrored/*"},
        "MirrorFunction": {"mirrored/*"},
    }.get(name, set())


def test_the_alarm_for_gaps_counts_as_the_report_does() -> None:
    alarm = RESOURCES["ThinRetrievalAlarm"]["Properties"]
    asked, thin = (one for one in alarm["Metrics"] if "MetricStat" in one)
    (share,) = (one for one in alarm["Metrics"] if one["ReturnData"])
    replies = a_policy().replies

    assert alarm["Threshold"] == replies.max_thin_share
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert share["Expression"] == f"IF(asked >= {replies.min_retrievals}, thin / asked, 0)"
    for metric, name in ((asked, "Retrievals"), (thin, "ThinRetrievals")):
        stat = metric["MetricStat"]
        assert (stat["Metric"]["MetricName"], stat["Stat"], stat["Period"]) == (name, "Sum", 86400)
        assert stat["Metric"]["Namespace"] == NAMESPACE
        # Powertools adds it, from the name of the service.
        assert stat["Metric"]["Dimensions"] == [{"Name": "service", "Value": "deskhand"}]


SEARCHING = {"RetrieveFunctionRole", "SearchFunctionRole"}


def test_a_search_domain_lets_only_three_functions_in_and_only_one_of_them_write() -> None:
    allowed = RESOURCES["SearchDomain"]["Properties"]["AccessPolicies"]["Statement"]
    rights: dict[str, set[str]] = {}
    for statement in allowed:
        assert statement["Effect"] == "Allow"
        named = statement["Principal"]["AWS"]
        for role in named if isinstance(named, list) else [named]:
            rights.setdefault(role["Fn::GetAtt"][0], set()).update(actions(statement))

    assert rights.keys() == SEARCHING | {"ReindexFunctionRole"}
    assert all(rights[role] == {"es:ESHttpGet", "es:ESHttpPost"} for role in SEARCHING)
    (posts,) = [one for one in allowed if actions(one) == ["es:ESHttpPost"]]
    assert posts["Resource"]["Fn::Sub"].endswith(f"/{NAME}-*/_msearch")


def test_a_search_domain_is_encrypted_wherever_its_words_go() -> None:
    domain = RESOURCES["SearchDomain"]["Properties"]

    assert domain["EncryptionAtRestOptions"] == {"Enabled": True}
    assert domain["NodeToNodeEncryptionOptions"] == {"Enabled": True}
    assert domain["DomainEndpointOptions"]["EnforceHTTPS"] is True
    assert domain["DomainEndpointOptions"]["TLSSecurityPolicy"].startswith("Policy-Min-TLS-1-2")


def test_a_search_collection_lets_only_three_functions_in_and_only_one_of_them_write() -> None:
    reading, writing = json.loads(RESOURCES["SearchAccess"]["Properties"]["Policy"]["Fn::Sub"])

    assert set(reading["Principal"]) == {f"${{{role}.Arn}}" for role in SEARCHING}
    assert set(reading["Rules"][0]["Permission"]) == {"aoss:DescribeIndex", "aoss:ReadDocument"}
    assert writing["Principal"] == ["${ReindexFunctionRole.Arn}"]


def test_retrieve_waits_longer_than_a_collection_takes_to_wake() -> None:
    _, asleep_s, _ = FUNCTIONS["RetrieveFunction"]["Timeout"]["Fn::If"]
    step = RESOURCES["TicketMachine"]["Properties"]["Definition"]["States"]["Retrieve"]

    assert SERVERLESS_TIMEOUT_S < asleep_s < step["TimeoutSeconds"]


@pytest.mark.parametrize(
    ("store", "made"),
    [
        ("domain", {"SearchDomain"}),
        (
            "serverless",
            {
                *("SearchVectors", "SearchEncryption", "SearchNetwork", "SearchAccess"),
                "ReachCollection",
            },
        ),
        ("embedded", set()),
    ],
)
def test_only_what_searches_is_made(store: str, made: set[str]) -> None:
    true = {
        "domain": {"SearchDomainIsOurs", "SearchInDomain"},
        "serverless": {"SearchInCollection"},
        "embedded": set[str](),
    }[store]
    conditional = {name: one["Condition"] for name, one in RESOURCES.items() if "Condition" in one}

    assert {name for name, condition in conditional.items() if condition in true} == made


def test_a_message_is_tried_three_times_and_then_kept_for_a_person() -> None:
    redrive = RESOURCES["TicketQueue"]["Properties"]["RedrivePolicy"]

    assert redrive["maxReceiveCount"] == 3
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}


def statements(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a function or the machine is allowed, its managed policies' lines included."""
    for policy in properties["Policies"]:
        if "Fn::If" in policy:
            _, policy, _ = policy["Fn::If"]
        if "Ref" in policy:
            policy = RESOURCES[policy["Ref"]]["Properties"]["PolicyDocument"]
        yield from policy["Statement"]


def actions(statement: dict[str, Any]) -> list[str]:
    named = statement["Action"]
    return [named] if isinstance(named, str) else named


def resources(statement: dict[str, Any]) -> list[dict[str, str]]:
    named = statement["Resource"]
    return named if isinstance(named, list) else [named]


SNAPSHOTS = {name for name, function in FUNCTIONS.items() if "SnapStart" in function}


def test_a_turns_slow_starters_are_restored_from_snapshots() -> None:
    embed = {name for name, function in FUNCTIONS.items() if "Layers" in function}

    # Nobody waits for the reindex.
    assert embed - SNAPSHOTS == {"ReindexFunction"}
    assert embed >= SNAPSHOTS


@pytest.mark.parametrize("name", sorted(SNAPSHOTS))
def test_a_version_is_published_whenever_what_it_runs_changes(name: str) -> None:
    function = FUNCTIONS[name]
    makefile = (ROOT / function["CodeUri"] / "Makefile").read_text(encoding="utf-8")

    assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function["AutoPublishAlias"]
    assert function["AutoPublishAliasAllProperties"]
    assert RESOURCES[name]["Metadata"] == {"BuildMethod": "makefile"}
    assert f"build-{name}:" in makefile
    assert "layers/release > " in makefile


def test_the_machine_calls_the_published_versions() -> None:
    called = RESOURCES["TicketMachine"]["Properties"]["DefinitionSubstitutions"]
    aliases = {one["Ref"] for one in called.values() if "Ref" in one}

    assert aliases == {f"{name}.Alias" for name in SNAPSHOTS - {"SearchFunction"}}


def test_a_release_is_another_one_when_a_word_of_it_changes(tmp_path: Path) -> None:
    for part in ("layers/deskhand", "policies", "requirements"):
        (tmp_path / part).mkdir(parents=True)
    shutil.copy(ROOT / "layers" / "release", tmp_path / "layers" / "release")
    (tmp_path / "requirements" / "runtime.txt").write_text("one==1\n", encoding="utf-8")
    code = tmp_path / "layers" / "deskhand" / "gate.py"

    def release(words: str) -> str:
        code.write_text(words, encoding="utf-8")
        ran = subprocess.run([tmp_path / "layers" / "release"], capture_output=True, check=True)
        return ran.stdout.decode()

    assert release("a") == release("a") != release("b")


def test_here_a_functions_name_stands_for_its_alias() -> None:
    here = sam.without_versions(copy.deepcopy(TEMPLATE))["Resources"]
    called = here["TicketMachine"]["Properties"]["DefinitionSubstitutions"]

    assert called["ClassifyFunctionArn"] == {"Fn::GetAtt": ["ClassifyFunction", "Arn"]}
    assert ".Alias" not in json.dumps(here)
