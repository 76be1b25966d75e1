"""What files refuse.

    FileRefused          bad file, bad boxes, no reason, a scanner that is silent
    └── NotReleasable    the check found what must not go out; `findings` lists it

Messages are Chinese and say what to do.
"""

from gongkai.adapters.redaction import Finding


class FileRefused(Exception):
    """Nothing was stored or changed; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "file") -> None:
        super().__init__(message)
        self.field = field


class NotReleasable(FileRefused):
    """A file in which the check found something hidden."""

    def __init__(self, findings: list[Finding]) -> None:
        told = "；".join(finding.sentence for finding in findings)
        super().__init__(f"不能公开：{told}。请先遮盖或者压平，再公开得到的新文件。")
        self.findings = findings
