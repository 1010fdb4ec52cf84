"""What a customer's device reports and has logged, in plain sentences."""

from deskhand.domain.evidence import Fact
from deskhand.domain.services import Device, LogLine
from deskhand.ports import Clock
from deskhand.tools.facts.order import day

_MOST_TOLD = 3


def device_fact(device: Device, logs: tuple[LogLine, ...], clock: Clock) -> Fact:
    """What telemetry says about one device at this moment."""
    name, seen = in_a_choice(device), device.last_seen_at
    return Fact(
        id=f"device:{device.id}",
        kind="device",
        key=device.id,
        source="telemetry",
        words=(
            f"Your {name} reports: {device.state}.",
            f"Your {name} last reported on {day(seen.date())} at {seen:%H:%M} {seen.tzname()}.",
            f"Your {name} runs version {device.version}.",
            *(_logged(name, line) for line in _telling(logs)),
        ),
        attributes={
            "device_id": device.id,
            "product": device.product,
            "version": device.version,
            "silent_days": (clock() - seen).days,
            "errors": sum(line.level == "error" for line in logs),
        },
    )


def in_a_choice(device: Device) -> str:
    """How a device is named where there may be several: `Larch Cam (D-1)`."""
    return f"{device.product} ({device.id})"


def _telling(logs: tuple[LogLine, ...]) -> tuple[LogLine, ...]:
    """The latest lines that are about trouble."""
    return tuple(line for line in logs if line.level != "info")[-_MOST_TOLD:]


def _logged(name: str, line: LogLine) -> str:
    what = "an error" if line.level == "error" else "a warning"
    when = f"{day(line.at.date())} at {line.at:%H:%M} {line.at.tzname()}"
    return f"On {when} your {name} logged {what}: {line.text.strip().rstrip('.')}."
