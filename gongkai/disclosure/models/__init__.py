"""Fields, constraints and query sets of proactive disclosure."""

from gongkai.disclosure.models.catalogues import (
    CatalogueField,
    CatalogueItem,
    ItemEntry,
    ItemOrgan,
    StandardCatalogue,
)
from gongkai.disclosure.models.entries import (
    Attachment,
    Draft,
    Entry,
    EntryQuerySet,
    IndexSeries,
    JointIssuer,
    Placement,
    Version,
)
from gongkai.disclosure.models.guides import OrganPage
from gongkai.disclosure.models.review import CheckFinding, Override, ReviewAct, ReviewRule
from gongkai.disclosure.models.sections import Section, SectionKind, SectionQuerySet

__all__ = [
    "Attachment",
    "CatalogueField",
    "CatalogueItem",
    "CheckFinding",
    "Draft",
    "Entry",
    "EntryQuerySet",
    "IndexSeries",
    "ItemEntry",
    "ItemOrgan",
    "JointIssuer",
    "OrganPage",
    "Override",
    "Placement",
    "ReviewAct",
    "ReviewRule",
    "Section",
    "SectionKind",
    "SectionQuerySet",
    "StandardCatalogue",
    "Version",
]
