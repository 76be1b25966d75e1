"""Offices that take requests in, as the public pages show them (Art. 4, 12).

An organ without an accepting office, or abolished, is not offered: it takes none online.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from gongkai.inforequests.models import AcceptingOffice
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of

ADDRESS = "/zwgk/ysqgk/"  # where the column of disclosure upon request stands for good
_KEPT = "_gongkai_accepting_offices"
# The order and the names of the groups in which organs are listed.
_GROUPS = {
    OrganKind.COUNTY_GOVERNMENT: "县人民政府",
    OrganKind.OFFICE: "县人民政府",
    OrganKind.DEPARTMENT: "县政府部门",
    OrganKind.TOWNSHIP: "乡镇人民政府",
    OrganKind.DISPATCHED: "其他机构",
    OrganKind.INTERNAL: "其他机构",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One accepting office with its organ."""

    organ: Organ
    name: str
    address: str
    postcode: str
    hours: str
    phone: str
    fax: str
    email: str
    online: bool
    supervision_phone: str
    note: str
    updated_at: datetime | None

    @property
    def code(self) -> str:
        """Return the code of the organ, by which addresses name it."""
        return self.organ.code

    @property
    def group(self) -> str:
        """Return under which heading lists show it."""
        return _GROUPS[OrganKind(self.organ.kind)]


def offices_of(request: HttpRequest, county: Organ, today: date) -> tuple[Office, ...]:
    """Return the offices of a county's organs in being, in the county's order; one query."""
    kept: tuple[Office, ...] | None = getattr(request, _KEPT, None)
    if kept is None:
        organs = organs_of(county).filter(existing_between(today, today))
        rows = AcceptingOffice.objects.filter(organ__in=organs).select_related("organ")
        kept = tuple(_office(row) for row in rows.order_by("organ__order", "organ__code"))
        setattr(request, _KEPT, kept)
    return kept


def by_group(offices: tuple[Office, ...]) -> dict[str, list[Office]]:
    """Return offices under the headings of lists, each in the county's own order."""
    groups: dict[str, list[Office]] = {name: [] for name in dict.fromkeys(_GROUPS.values())}
    for office in offices:
        groups[office.group].append(office)
    return {name: members for name, members in groups.items() if members}


def _office(row: AcceptingOffice) -> Office:
    organ = row.organ
    return Office(
        organ=organ,
        name=row.name,
        address=row.address or organ.address,
        postcode=row.postcode,
        hours=row.hours,
        phone=row.phone or organ.phone,
        fax=row.fax,
        email=row.email,
        online=row.online,
        supervision_phone=row.supervision_phone,
        note=row.note,
        updated_at=row.updated_at,
    )
