"""A stack on the local AWS: how a template gets there, and how to talk to what was deployed."""

import io
import json
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from scripts.local_stack import template as sam

ROOT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
LOCAL_PARAMETERS = {
    "PoliciesDir": str(ROOT / "policies"),
    "ModelsDir": str(ROOT / "layers" / "models" / "models"),
    "QueueVisibilitySeconds": "5",
    "SearchStore": "embedded",
}
CODE_BUCKET = "code"
DEPLOYMENT_TIMEOUT_S = 60


class DeploymentFailedError(Exception):
    """The template could not be deployed; says which resource failed and why."""


class Stack:
    """One deployed template: its outputs, its functions, and a client for each service."""

    def __init__(
        self,
        *,
        template: Path = ROOT / "template.yaml",
        parameters: Mapping[str, str] | None = None,
        name: str = "deskhand",
    ) -> None:
        self.name = name
        self.template = template
        self.parameters = LOCAL_PARAMETERS | dict(parameters or {})
        self.endpoint_url = ""
        self.outputs: dict[str, str] = {}
        self.folders: dict[str, Path] = {}
        """Where the code of each function lies, by that folder's name: `intake`, `classify` …"""
        self.functions: dict[str, str] = {}
        """The deployed function's name, by the same folder's name."""
        self._clients: dict[str, Any] = {}

    @property
    def api_url(self) -> str:
        """The address of the HTTP API on this machine."""
        return f"{self.endpoint_url}/_aws/execute-api/{self.outputs['ApiId']}/$default"

    def boto3_client(self, service: str) -> Any:
        """A client of the local AWS with the rights of the account's owner."""
        if service not in self._clients:
            session = boto3.Session(
                aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
                region_name=REGION,
            )
            self._clients[service] = session.client(
                service,
                endpoint_url=self.endpoint_url,
                config=Config(inject_host_prefix=False, max_pool_connections=32),
            )
        return self._clients[service]

    def invoke(self, function: str, event: object = None) -> Any:
        """What a function gives for an event; the function is named by its folder."""
        answer = self.boto3_client("lambda").invoke(
            FunctionName=self.functions[function], Payload=json.dumps(event or {}).encode()
        )
        payload = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise RuntimeError(f"{function}: {payload['errorType']}: {payload['errorMessage']}")
        return payload

    def logs(self, function: str) -> tuple[str, ...]:
        """What a function logged since the stack was deployed, line by line."""
        found = self.boto3_client("lambda").get_function_configuration(
            FunctionName=self.functions[function]
        )
        group = found.get("LoggingConfig", {}).get(
            "LogGroup", f"/aws/lambda/{self.functions[function]}"
        )
        client = self.boto3_client("logs")
        try:
            pages = client.get_paginator("filter_log_events").paginate(logGroupName=group)
            return tuple(event["message"] for page in pages for event in page["events"])
        except client.exceptions.ResourceNotFoundException:
            return ()

    def prepared(self) -> sam.Template:
        """Our template with what this kind of stack cannot have left out."""
        whole = sam.without_versions(sam.read(self.template))
        return sam.without_metric_math(sam.without_tls_rule(sam.without_layers(whole)))

    def deploy(self) -> None:
        """Deploys the template; afterwards `outputs` and `functions` are known."""
        template = self.prepared()
        folders = sam.code_folders(template, self.template.parent)
        template = sam.with_code(
            template, {name: self._upload(folder) for name, folder in folders.items()}
        )
        template = sam.with_routes(sam.transformed(template, self.parameters, region=REGION))
        resources = self._create(template)
        # The emulator honours an expiry that its API sets, not one that a template sets.
        for table, attribute in sam.expiring_tables(template).items():
            self.boto3_client("dynamodb").update_time_to_live(
                TableName=resources[table],
                TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute},
            )
        self.folders = {folder.name: folder for folder in folders.values()}
        self.functions = {folder.name: resources[name] for name, folder in folders.items()}

    def close(self) -> None:
        """Closes the clients' connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _upload(self, folder: Path) -> tuple[str, str]:
        if not (folder / "handler.py").is_file():
            raise DeploymentFailedError(f"{folder} has no handler.py; template.yaml names it")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*.*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(folder))
        self._put(folder.name, packed.getvalue())
        return CODE_BUCKET, folder.name

    def _put(self, key: str, content: bytes | str) -> str:
        s3 = self.boto3_client("s3")
        s3.create_bucket(Bucket=CODE_BUCKET)
        s3.put_object(Bucket=CODE_BUCKET, Key=key, Body=content)
        return f"{CODE_BUCKET}/{key}"

    def _create(self, template: sam.Template) -> dict[str, str]:
        known = template.get("Parameters", {})
        cloudformation = self.boto3_client("cloudformation")
        cloudformation.create_stack(
            StackName=self.name,
            TemplateURL=f"{self.endpoint_url}/{self._put('template.json', json.dumps(template))}",
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value}
                for key, value in self.parameters.items()
                if key in known
            ],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )
        deadline = time.monotonic() + DEPLOYMENT_TIMEOUT_S
        while True:
            described = cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
            if not described["StackStatus"].endswith("IN_PROGRESS"):
                break
            if time.monotonic() > deadline:
                raise DeploymentFailedError(f"not deployed within {DEPLOYMENT_TIMEOUT_S} s")
            time.sleep(0.02)
        if described["StackStatus"] != "CREATE_COMPLETE":
            raise DeploymentFailedError(self._why_it_failed())
        self.outputs = {
            output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())
        }
        resources = cloudformation.describe_stack_resources(StackName=self.name)["StackResources"]
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources
        }

    def _why_it_failed(self) -> str:
        events = self.boto3_client("cloudformation").describe_stack_events(StackName=self.name)
        reasons = [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
            for event in events["StackEvents"]
            if "FAILED" in event["ResourceStatus"]
        ]
        return "; ".join(reasons) or "no resource says why"
