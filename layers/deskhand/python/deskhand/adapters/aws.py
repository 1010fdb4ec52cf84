"""AWS clients that give up in time for a Lambda."""

from typing import Any

import boto3
from botocore.config import Config

IN_TIME = Config(
    connect_timeout=2,
    read_timeout=8,
    retries={"mode": "standard", "max_attempts": 3},
    tcp_keepalive=True,
)
ONCE_ALONE = IN_TIME.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


def aws_client(service: str) -> Any:
    """A client of one AWS service, with the rights of whoever runs this."""
    return boto3.client(service, config=IN_TIME)


def single_try_client(service: str) -> Any:
    """The same for what must not be done twice: it asks once, and never again by itself."""
    return boto3.client(service, config=ONCE_ALONE)
