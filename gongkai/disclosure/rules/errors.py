"""What disclosure refuses; every message is Chinese and names the remedy.

DisclosureError           nothing was changed; `str()` is the message
├── EntryRefused          fields are wrong; `faults` name each, `field` the first
│   └── ChecksStand       a check found what must be put right or let pass by two; `findings`
├── NotAllowedNow         the lifecycle, a chapter or a moment does not allow the act
├── NotThisPerson         this person may not do this step of this text
├── ReasonMissing         a return, withdrawal, discard or override without its reason
└── ChangedMeanwhile      somebody else has saved the text since it was opened
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.disclosure.rules.findings import Found


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong, with a message that names the remedy."""

    field: str
    message: str


class DisclosureError(Exception):
    """An entry cannot be changed as asked; `field` is the form's field at fault, "" for none."""

    field = ""


class EntryRefused(DisclosureError):
    """Fields are wrong; `faults` name each field and the remedy."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("；".join(fault.message for fault in faults))
        self.faults = faults
        self.field = faults[0].field if faults else ""


class ChecksStand(EntryRefused):
    """Findings that block a release and that no second person has let pass."""

    def __init__(self, findings: Sequence[Found]) -> None:
        told = [Fault("body", f"{found.place}：{found.message}") for found in findings]
        super().__init__(*told)
        self.findings = tuple(findings)


class NotAllowedNow(DisclosureError):
    """The act is not possible in this state or at this moment."""


class NotThisPerson(DisclosureError):
    """Another pair of eyes is asked for, or this step belongs to somebody else."""


class ReasonMissing(DisclosureError):
    """The act needs a reason."""

    field = "reason"


class ChangedMeanwhile(DisclosureError):
    """The text was saved by somebody else meanwhile; nothing was overwritten."""
