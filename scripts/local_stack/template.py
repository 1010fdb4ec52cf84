"""Our template as the emulator can deploy it: pure functions from SAM to CloudFormation."""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.utils.py27hash_fix import (
    to_py27_compatible_template,
    undo_mark_unicode_str_in_template,
)
from samtranslator.yaml_helper import yaml_parse

Template = dict[str, Any]


def read(path: Path) -> Template:
    """The template with the state machines' definitions in place of the files they lie in."""
    template: Template = yaml_parse(path.read_text(encoding="utf-8"))
    for _, machine in _of_type(template, "AWS::Serverless::StateMachine"):
        if source := machine.pop("DefinitionUri", None):
            machine["Definition"] = json.loads((path.parent / source).read_text(encoding="utf-8"))
    return template


def code_folders(template: Template, root: Path) -> dict[str, Path]:
    """Where the code of each function lies, by the function's logical id."""
    return {
        name: (root / function["CodeUri"]).resolve()
        for name, function in _of_type(template, "AWS::Serverless::Function")
    }


def without_layers(template: Template) -> Template:
    """The template without its layers: here the functions import from the virtual environment."""
    for holder in (template.get("Globals", {}).get("Function", {}), *_functions(template)):
        holder.pop("Layers", None)
    return _without(template, "AWS::Serverless::LayerVersion")


def without_versions(template: Template) -> Template:
    """The template without versions, snapshots and aliases: what names a function's alias names the
    function here."""
    for holder in (template.get("Globals", {}).get("Function", {}), *_functions(template)):
        for name in ("AutoPublishAlias", "AutoPublishAliasAllProperties", "SnapStart"):
            holder.pop(name, None)
    plain: Template = _as_functions(template)
    return plain


def _as_functions(part: Any) -> Any:
    match part:
        case {"Ref": str(name)} if name.endswith(".Alias"):
            return {"Fn::GetAtt": [name.removesuffix(".Alias"), "Arn"]}
        case dict():
            return {key: _as_functions(value) for key, value in part.items()}
        case list():
            return [_as_functions(value) for value in part]
        case _:
            return part


def without_tls_rule(template: Template) -> Template:
    """The template without its bucket policies: they refuse plain HTTP, which is what we speak."""
    return _without(template, "AWS::S3::BucketPolicy")


def without_metric_math(template: Template) -> Template:
    """The template without alarms over several metrics: the emulator counts one at a time."""
    kept = {
        name: resource
        for name, resource in template["Resources"].items()
        if not (
            resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]
        )
    }
    return {**template, "Resources": kept}


def without_schedules(template: Template) -> Template:
    """The template without its schedules, for tests that say themselves when it is time."""
    for function in _functions(template):
        events = function.get("Events", {})
        for name in [name for name, event in events.items() if event["Type"] == "ScheduleV2"]:
            del events[name]
    return template


def with_code(template: Template, places: Mapping[str, tuple[str, str]]) -> Template:
    """The template with the bucket and key where each function's code was put."""
    for name, (bucket, key) in places.items():
        function = template["Resources"][name]["Properties"]
        function["CodeUri"] = {"Bucket": bucket, "Key": key}
    return template


def transformed(template: Template, parameters: Mapping[str, str], *, region: str) -> Template:
    """CloudFormation instead of SAM, made on this machine by AWS's own translator."""
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    defaults = {
        name: parameter["Default"]
        for name, parameter in template.get("Parameters", {}).items()
        if "Default" in parameter
    }
    values = {**defaults, **parameters}
    to_py27_compatible_template(template, values)
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=region))
    translated = translator.translate(template, parameter_values=values)
    plain: Template = json.loads(json.dumps(undo_mark_unicode_str_in_template(translated)))
    return plain


def with_routes(template: Template) -> Template:
    """The template with each HTTP API's routes as resources: the emulator reads no OpenAPI body."""
    for name, api in list(_of_type(template, "AWS::ApiGatewayV2::Api")):
        body = api.pop("Body", None)
        if body is None:
            continue
        api.update({"Name": name, "ProtocolType": "HTTP"})
        for number, (key, integration) in enumerate(_operations(body)):
            template["Resources"][f"{name}Integration{number}"] = {
                "Type": "AWS::ApiGatewayV2::Integration",
                "Properties": {
                    "ApiId": {"Ref": name},
                    "IntegrationType": "AWS_PROXY",
                    "IntegrationUri": integration["uri"],
                    "PayloadFormatVersion": integration["payloadFormatVersion"],
                },
            }
            target = ["integrations", {"Ref": f"{name}Integration{number}"}]
            template["Resources"][f"{name}Route{number}"] = {
                "Type": "AWS::ApiGatewayV2::Route",
                "Properties": {
                    "ApiId": {"Ref": name},
                    "RouteKey": key,
                    "Target": {"Fn::Join": ["/", target]},
                },
            }
    return template


def expiring_tables(template: Template) -> dict[str, str]:
    """The attribute by which items expire, by their table's logical id."""
    return {
        name: table["TimeToLiveSpecification"]["AttributeName"]
        for name, table in _of_type(template, "AWS::DynamoDB::Table")
        if "TimeToLiveSpecification" in table
    }


def _operations(body: Template) -> Iterator[tuple[str, Template]]:
    for path, methods in body["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation["x-amazon-apigateway-integration"]


def _of_type(template: Template, kind: str) -> Iterator[tuple[str, Template]]:
    for name, resource in template["Resources"].items():
        if resource["Type"] == kind:
            yield name, resource.setdefault("Properties", {})


def _functions(template: Template) -> list[Template]:
    return [function for _, function in _of_type(template, "AWS::Serverless::Function")]


def _without(template: Template, kind: str) -> Template:
    kept = {
        name: resource
        for name, resource in template["Resources"].items()
        if resource["Type"] != kind
    }
    return {**template, "Resources": kept}
