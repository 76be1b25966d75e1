"""Cases (`cases`), what belongs to one (`parts`), complaints and reports (`complaints`)."""

from gongkai.remedies.models.cases import Litigation, Reconsideration, Remedy
from gongkai.remedies.models.complaints import Complaint
from gongkai.remedies.models.parts import CasePaper, Evidence, PaperKind, Party, PartyRole
from gongkai.remedies.models.sealing import SealedRow, key_mark

__all__ = [
    "CasePaper",
    "Complaint",
    "Evidence",
    "Litigation",
    "PaperKind",
    "Party",
    "PartyRole",
    "Reconsideration",
    "Remedy",
    "SealedRow",
    "key_mark",
]
