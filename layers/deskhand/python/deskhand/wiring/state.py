"""Where the state is kept: the table, the queue, the state machine, the secrets."""

from typing import TYPE_CHECKING

from deskhand.wiring.environment import client, laptop_setting, port, setting
from deskhand.wiring.policies import clock, policy

if TYPE_CHECKING:
    from deskhand.adapters.dynamodb.table import DeskTable
    from deskhand.adapters.secrets import SecretReader
    from deskhand.ports import (
        Approvals,
        Audit,
        Codes,
        Conversations,
        DeadLetters,
        Inbox,
        Ledger,
        Once,
        Outbox,
        Retrievals,
        Spending,
        Stops,
        Workflow,
    )


@port
def table() -> "DeskTable":
    """The one table of the desk."""
    from deskhand.adapters.dynamodb.parts import Parts
    from deskhand.adapters.dynamodb.table import DeskTable

    return DeskTable(
        client("dynamodb"),
        setting("DESKHAND_DESK_TABLE"),
        parts=Parts(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET")),
        clock=clock(),
    )


@port
def conversations() -> "Conversations":
    """Heads, messages and turns."""
    from deskhand.adapters.dynamodb.conversations import DynamoDbConversations

    return DynamoDbConversations(table())


@port
def audit() -> "Audit":
    """What was decided and done."""
    from deskhand.adapters.dynamodb.audit import DynamoDbAudit

    return DynamoDbAudit(table())


@port
def retrievals() -> "Retrievals":
    """What turns wanted of the articles."""
    from deskhand.adapters.dynamodb.retrievals import DynamoDbRetrievals

    return DynamoDbRetrievals(table())


@port
def approvals() -> "Approvals":
    """Questions to people."""
    from deskhand.adapters.dynamodb.approvals import DynamoDbApprovals

    return DynamoDbApprovals(table())


@port
def ledger() -> "Ledger":
    """What was begun, done and confirmed."""
    from deskhand.adapters.dynamodb.ledger import DynamoDbLedger

    return DynamoDbLedger(table())


@port
def stops() -> "Stops":
    """What an anomaly has stopped."""
    from deskhand.adapters.dynamodb.stops import DynamoDbStops

    return DynamoDbStops(table(), policy().stops)


@port
def spending() -> "Spending | None":
    """What models have cost; None where they cost nothing: offline, or out of a recording."""
    recordings = laptop_setting("DESKHAND_MODEL_RECORDINGS")
    if setting("DESKHAND_LANGUAGE_MODEL") == "offline" or recordings.startswith("replay:"):
        return None
    from deskhand.adapters.dynamodb.spending import DynamoDbSpending
    from deskhand.adapters.lenient_spending import LenientSpending

    return LenientSpending(DynamoDbSpending(table()))


@port
def codes() -> "Codes":
    """One-time codes; their key is read when one is first made or tried."""
    from deskhand.adapters.dynamodb.codes import DynamoDbCodes

    return DynamoDbCodes(table(), key=lambda: secret("DESKHAND_CODE_KEY_SECRET"))


@port
def outbox() -> "Outbox":
    """Notes on their way."""
    from deskhand.adapters.dynamodb.outbox import DynamoDbOutbox

    return DynamoDbOutbox(table())


@port
def inbox() -> "Inbox":
    """The queue between intake and dispatch."""
    from deskhand.adapters.sqs_inbox import SqsInbox

    return SqsInbox(client("sqs"), setting("DESKHAND_QUEUE_URL"))


@port
def dead_letters() -> "DeadLetters":
    """What the queue gave up."""
    from deskhand.adapters.dynamodb.dead_letters import DynamoDbDeadLetters

    return DynamoDbDeadLetters(table())


@port
def workflow() -> "Workflow":
    """The state machine."""
    from deskhand.adapters.stepfunctions_workflow import StepFunctionsWorkflow

    return StepFunctionsWorkflow(client("stepfunctions"), setting("DESKHAND_STATE_MACHINE_ARN"))


@port
def once() -> "Once":
    """What was taken in before."""
    from deskhand.adapters.powertools_once import PowertoolsOnce

    return PowertoolsOnce(setting("DESKHAND_IDEMPOTENCY_TABLE"), client("dynamodb"))


def secret(variable: str) -> str:
    """The text of the secret that an environment variable names."""
    return _secrets().text(setting(variable))


@port
def _secrets() -> "SecretReader":
    from deskhand.adapters.secrets import SecretReader

    return SecretReader(client("secretsmanager"))
