"""An AWS of this machine's own that runs our template.yaml: no account, no key, no Docker."""

from scripts.local_stack.in_process import InProcessStack
from scripts.local_stack.separate_process import LocalStack
from scripts.local_stack.stack import DeploymentFailedError, Stack

__all__ = ["DeploymentFailedError", "InProcessStack", "LocalStack", "Stack"]
