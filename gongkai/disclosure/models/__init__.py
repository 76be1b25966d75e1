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
    AttachmentRole,
    DisclosureMode,
    Draft,
    Entry,
    EntryQuerySet,
    Frozen,
    JointIssuer,
    Version,
    WithdrawalReason,
)
from gongkai.disclosure.models.guides import OrganPage
from gongkai.disclosure.models.lists import ListedTerm, ListedTermQuerySet, ListKind
from gongkai.disclosure.models.placing import (
    IndexRule,
    IndexSeries,
    Placement,
    PlacementKind,
    Release,
    SectionCount,
)
from gongkai.disclosure.models.review import CheckFinding, Override, ReviewAct, ReviewRule
from gongkai.disclosure.models.sections import Section, SectionContent, SectionKind, SectionQuerySet

__all__ = [
    "Attachment",
    "AttachmentRole",
    "CatalogueField",
    "CatalogueItem",
    "CheckFinding",
    "DisclosureMode",
    "Draft",
    "Entry",
    "EntryQuerySet",
    "Frozen",
    "IndexRule",
    "IndexSeries",
    "ItemEntry",
    "ItemOrgan",
    "JointIssuer",
    "ListKind",
    "ListedTerm",
    "ListedTermQuerySet",
    "OrganPage",
    "Override",
    "Placement",
    "PlacementKind",
    "Release",
    "ReviewAct",
    "ReviewRule",
    "Section",
    "SectionContent",
    "SectionCount",
    "SectionKind",
    "SectionQuerySet",
    "StandardCatalogue",
    "Version",
    "WithdrawalReason",
]
