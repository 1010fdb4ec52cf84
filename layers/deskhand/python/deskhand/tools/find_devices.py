"""Finds the customer's devices: what they report, and what they have logged."""

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Device
from deskhand.ports import Connectors
from deskhand.tools.facts.device import device_fact, in_a_choice
from deskhand.tools.naming import named
from deskhand.tools.tool import Found

_MOST_AT_ONCE = 3


class FindDevices:
    """Looks up the devices that a message names, else all of the customer's if they are few."""

    name = "find_devices"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The facts about the devices that are meant, or what to choose from."""
        own = connectors.telemetry.devices(scope)
        if not own:
            return Found(missing=("a device in your account",))
        meant = tuple(one for one in own if named(text, one.id, one.product)) or own
        if len(meant) > _MOST_AT_ONCE:
            return Found(choices=tuple(in_a_choice(one) for one in meant))
        return Found(facts=tuple(read_device(one, scope, connectors) for one in meant))


def read_device(device: Device, scope: CustomerScope, connectors: Connectors) -> Fact:
    """One of the customer's devices with its latest log lines."""
    logs = connectors.telemetry.logs(scope, device.id)
    return device_fact(device, logs, connectors.clock)
