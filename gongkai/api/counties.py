"""Which county an address of the interface speaks of."""

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.orgs.models import Organ, OrganKind


@dataclass(frozen=True, slots=True)
class PublicCounty:
    """A county government and the root of the addresses to be told."""

    county: Organ
    root: str

    @property
    def county_id(self) -> int:
        """Its key."""
        return self.county.pk


def county_of(request: HttpRequest, code: str) -> PublicCounty | None:
    """Return the county government with this code, None when there is none."""
    county = Organ.objects.filter(code=code, kind=OrganKind.COUNTY_GOVERNMENT).first()
    if county is None:
        return None
    return PublicCounty(county, request.build_absolute_uri("/").rstrip("/"))


def counties() -> list[Organ]:
    """Return every county government here."""
    return list(Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT).order_by("order", "code"))
