"""What disclosure asks of a text, a person, a number and an address: plain Python.

Others name the rules by these: `Told`, `Content`, `Found`, `SecrecyForm` and the errors.
"""

from gongkai.disclosure.rules.content import Content, FileShown
from gongkai.disclosure.rules.errors import (
    ChangedMeanwhile,
    ChecksStand,
    DisclosureError,
    EntryRefused,
    Fault,
    NotAllowedNow,
    NotThisPerson,
    ReasonMissing,
)
from gongkai.disclosure.rules.findings import Found
from gongkai.disclosure.rules.metadata import MODES, PUBLISHED_MODES, Told
from gongkai.disclosure.rules.secrecy import SecrecyConclusion, SecrecyForm, SecrecyQuestion

__all__ = [
    "MODES",
    "PUBLISHED_MODES",
    "ChangedMeanwhile",
    "ChecksStand",
    "Content",
    "DisclosureError",
    "EntryRefused",
    "Fault",
    "FileShown",
    "Found",
    "NotAllowedNow",
    "NotThisPerson",
    "ReasonMissing",
    "SecrecyConclusion",
    "SecrecyForm",
    "SecrecyQuestion",
    "Told",
]
