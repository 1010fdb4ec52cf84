"""Tells the engineers about a fault."""

from typing import ClassVar

from pydantic import Field

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import BugReport, Device
from deskhand.ports import Connectors
from deskhand.tools.find_devices import read_device
from deskhand.tools.plain import RecordId, Text, Title
from deskhand.tools.proof import ProvenAction


class FileBug(ProvenAction):
    """Report a fault of one of the customer's devices to the engineers, with the steps by which it
    can be seen; the device's latest log lines go with it by themselves."""

    tool_name: ClassVar[str] = "file_bug"
    resource_kind: ClassVar[str] = "Device"
    made_kind: ClassVar[str] = "bug"
    telling: ClassVar[tuple[str, ...]] = ("bug", "fault", "crash", "crashes", "error", "defect")

    device_id: RecordId = Field(json_schema_extra={"x-from": "device.device_id"})
    title: Title = Field(description="What is wrong, in one line.")
    steps: Text = Field(description="How to see it happen, step by step, in the customer's words.")

    @property
    def fact_id(self) -> str:
        """The fact about the device."""
        return f"device:{self.device_id}"

    def in_words(self, facts: Facts) -> str:
        """The report as people are asked about it; what somebody typed stands in quotes."""
        return (
            f'a report to our engineers about device {self.device_id}: "{self.title}",'
            f' with the steps "{self.steps}" and its latest log lines'
        )

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The device as it reports itself now."""
        device = self._device(scope, connectors)
        return (read_device(device, scope, connectors),) if device else ()

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Files it, with the log lines of this moment."""
        report = BugReport(
            title=self.title,
            steps=self.steps,
            device_id=self.device_id,
            logs=connectors.telemetry.logs(scope, self.device_id),
        )
        return connectors.issues.file_bug(scope, report, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The issue's key, if the tracker shows one about this device with this title."""
        made = connectors.issues.made(scope, idempotency_key)
        return self.proof_of(made, self.device_id, title=self.title)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the tracker shows the report."""
        return (
            f"Our engineers have a report about your device {self.device_id}"
            f" (reference {reference})."
        )

    def _device(self, scope: CustomerScope, connectors: Connectors) -> Device | None:
        own = connectors.telemetry.devices(scope)
        return next((one for one in own if one.id == self.device_id), None)
