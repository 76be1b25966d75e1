"""Bulletins as the public reads them: what the office chose to publish, without the problem list.

The list tells where personal data, bad links and the like still stand; it goes to the organs that
have to mend them, and to nobody else. Figures, rates and the other annexes are public.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.inspections.models import Bulletin
from gongkai.inspections.queries.bulletins import shown
from gongkai.orgs.models import Organ

_KEPT_BACK = "问题清单"


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published bulletin in a list."""

    id: int
    title: str
    issued_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PublicBulletin:
    """A published bulletin: its text, its figures with their parts, its annexes but the list."""

    line: PublicLine
    number: str
    office: str
    recipient: str
    sections: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    annexes: list[dict[str, Any]]


def any_published(county_id: int) -> bool:
    """Say whether a county has published a bulletin."""
    return Bulletin.objects.filter(county_id=county_id, published_at__isnull=False).exists()


def published_bulletins(county: Organ) -> list[PublicLine]:
    """Return the bulletins a county has published, the newest first."""
    rows = Bulletin.objects.filter(county=county, published_at__isnull=False)
    return [_line(each) for each in rows.order_by("-ends_on", "-pk")[:500]]


def published_bulletin(county: Organ, pk: int) -> PublicBulletin | None:
    """Return a bulletin that a county has published, or None."""
    rows = Bulletin.objects.filter(county=county, published_at__isnull=False, pk=pk)
    found = rows.select_related("county").first()
    if found is None:
        return None
    told = shown(found)
    return PublicBulletin(
        line=_line(found),
        number=found.number,
        office=f"{found.county.name}办公室",
        recipient=told["recipient"],
        sections=told["sections"],
        figures=[
            {name: each[name] for name in ("label", "part", "rate")} for each in told["figures"]
        ],
        annexes=[_annex(place, each) for place, each in enumerate(told["annexes"], 1)],
    )


def _annex(place: int, told: dict[str, Any]) -> dict[str, Any]:
    public = told["title"] != _KEPT_BACK
    rows = told["rows"] if public else []
    return {
        "number": place,
        "title": told["title"],
        "public": public,
        "head": told["head"],
        "rows": rows,
    }


def _line(bulletin: Bulletin) -> PublicLine:
    return PublicLine(bulletin.pk, str(bulletin), bulletin.issued_on, bulletin.published_at)
