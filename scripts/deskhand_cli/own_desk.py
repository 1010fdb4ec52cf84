"""A desk of one's own: our template on the local AWS, with the sample shop and its articles."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.session import Session
from scripts.local_stack import DeploymentFailedError, LocalStack
from scripts.local_stack.stack import LOCAL_PARAMETERS, ROOT
from scripts.sample.ticket_file import Sender

SAMPLE = ROOT / "scripts" / "sample"
KEY_SECRET = "deskhand/anthropic"
Report = Callable[[str], None]


@contextmanager
def own_desk(
    *,
    report: Report,
    auth: bool = True,
    wait_scale: float = 1.0,
    sample: Path = SAMPLE,
    search_url: str = "",
    anthropic_key: str = "",
) -> Iterator[tuple[Session, LocalStack]]:
    """A desk that is ready for tickets, while the block lasts; `report` hears each step.

    It searches in the OpenSearch at that address; without one in the functions themselves. With a
    key Claude writes, which costs money; without one nobody outside does.
    """
    _check_the_models()
    with tempfile.TemporaryDirectory(prefix="deskhand-shop-") as folder:
        report("opening the sample shop")
        shop = Path(folder) / "shop.sqlite"
        SampleShop.seed(shop, _shop_data(sample)).close()
        report("starting an AWS of this machine's own and deploying template.yaml to it")
        parameters = {"SystemOfRecord": f"sample-shop:{shop}", "LogLevel": "WARNING"}
        if search_url:
            parameters |= {"SearchStore": "domain", "SearchAddress": search_url}
        if anthropic_key:
            parameters |= {"LanguageModel": "claude", "AnthropicSecret": KEY_SECRET}
        try:
            with LocalStack(auth=auth, wait_scale=wait_scale, parameters=parameters) as stack:
                if anthropic_key:
                    _keep_key(stack, anthropic_key)
                report("reading the articles")
                _index(stack, sample / "articles")
                yield _session(stack, shop), stack
        except DeploymentFailedError as error:
            raise CommandError(f"the desk could not be started: {error}") from error


def _keep_key(stack: LocalStack, key: str) -> None:
    """The key lies where it would on AWS, in this machine's memory."""
    stack.boto3_client("secretsmanager").create_secret(Name=KEY_SECRET, SecretString=key)


def first_customer(*, verified: bool) -> Sender:
    """Whoever stands first in the sample shop's list."""
    customer = _shop_data(SAMPLE)["customers"][0]
    return Sender(email=customer["email"], name=customer["name"], verified=verified)


def _shop_data(sample: Path) -> dict[str, Any]:
    file = sample / "shop.json"
    try:
        data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{file}: {error}") from error
    return data


def _index(stack: LocalStack, folder: Path) -> None:
    s3, bucket = stack.boto3_client("s3"), stack.outputs["KnowledgeBucketName"]
    for article in sorted(folder.glob("*.md")):
        s3.put_object(Bucket=bucket, Key=f"articles/{article.name}", Body=article.read_bytes())
    stack.invoke("reindex")


def _session(stack: LocalStack, shop: Path) -> Session:
    return Session(
        endpoint_url=stack.endpoint_url,
        api_url=stack.api_url,
        api_key=_secret(stack, "ApiKeySecretArn"),
        webhook_secret=_secret(stack, "WebhookSecretArn"),
        pid=os.getpid(),
        shop=str(shop),
    )


def _secret(stack: LocalStack, output: str) -> str:
    found = stack.boto3_client("secretsmanager").get_secret_value(SecretId=stack.outputs[output])
    return str(found["SecretString"])


def _check_the_models() -> None:
    for file, what in (("EMBEDDER", "the embedder"), ("intents.npz", "the fitted classifier")):
        if not (Path(LOCAL_PARAMETERS["ModelsDir"]) / file).is_file():
            raise CommandError(f"{what} is not here yet; `make setup` brings it")
