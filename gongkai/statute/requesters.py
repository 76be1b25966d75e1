"""Who asks: the kinds of requester that the law and table three tell apart.

Art. 27 lets citizens, legal persons and other organisations ask; table three of
both report editions counts natural persons and five kinds of organisation.
The kind is that of the requester, not of an agent acting for them.
"""

from enum import StrEnum


class RequesterKind(StrEnum):
    """A column of table three; the value is stored, the label is shown."""

    NATURAL_PERSON = "NATURAL_PERSON"
    COMMERCIAL_ENTERPRISE = "COMMERCIAL_ENTERPRISE"
    RESEARCH_INSTITUTION = "RESEARCH_INSTITUTION"
    PUBLIC_WELFARE_ORG = "PUBLIC_WELFARE_ORG"
    LEGAL_SERVICE_ORG = "LEGAL_SERVICE_ORG"
    OTHER_ORG = "OTHER_ORG"

    @property
    def label(self) -> str:
        """Return the Chinese label printed in the report form."""
        return _LABELS[self]

    @property
    def column(self) -> str:
        """Return the column code of table three (`p`, `o1` … `o5`)."""
        return _COLUMNS[self]


_LABELS = {
    RequesterKind.NATURAL_PERSON: "自然人",
    RequesterKind.COMMERCIAL_ENTERPRISE: "商业企业",
    RequesterKind.RESEARCH_INSTITUTION: "科研机构",
    RequesterKind.PUBLIC_WELFARE_ORG: "社会公益组织",
    RequesterKind.LEGAL_SERVICE_ORG: "法律服务机构",
    RequesterKind.OTHER_ORG: "其他",
}
_COLUMNS = {
    RequesterKind.NATURAL_PERSON: "p",
    RequesterKind.COMMERCIAL_ENTERPRISE: "o1",
    RequesterKind.RESEARCH_INSTITUTION: "o2",
    RequesterKind.PUBLIC_WELFARE_ORG: "o3",
    RequesterKind.LEGAL_SERVICE_ORG: "o4",
    RequesterKind.OTHER_ORG: "o5",
}
