"""What can go wrong in the yearly report; its two tables of states stand beside.

AnnualReportError
├── YearNotOpen          the year or the report that was asked for is not there
├── CannotOpen           the year cannot be opened
├── Refused              an arrow that the lifecycle does not have
├── TooEarly             a return before its period has ended
├── NotClean             cross-footing finds errors, or warnings without an explanation
├── ReasonMissing        a verb that wants its reason in writing
├── NotReady             the county report before every return is accepted
├── Tampered             frozen content that no longer has its hash
├── ProseRefused         a template that names unknown figures or tells figures by hand
└── CannotRender         a format this machine cannot make

Serves Art. 49 and 50 of the Regulations.
"""


class AnnualReportError(Exception):
    """Root of what the yearly report refuses; the message is Chinese and names the remedy."""


class YearNotOpen(AnnualReportError):
    """No such year, organ or version."""


class CannotOpen(AnnualReportError):
    """The year has no form, lies ahead or is open already."""


class Refused(AnnualReportError):
    """The lifecycle has no such arrow."""


class TooEarly(AnnualReportError):
    """The period that the return speaks of has not ended."""


class NotClean(AnnualReportError):
    """Cross-footing does not hold; `findings` says where."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class ReasonMissing(AnnualReportError):
    """The reason must be written down."""


class NotReady(AnnualReportError):
    """Returns are missing."""


class Tampered(AnnualReportError):
    """Frozen content was changed outside the system."""


class ProseRefused(AnnualReportError):
    """The prose names figures that do not exist, or tells figures by hand."""

    def __init__(self, message: str, faults: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class CannotRender(AnnualReportError):
    """The machine lacks what the format needs, such as a Chinese font."""
