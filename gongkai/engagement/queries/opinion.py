"""Reading the register of public opinion and the emergency banners."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongkai.engagement.lifecycle import OpinionState
from gongkai.engagement.lifecycle.opinion import UNANSWERED
from gongkai.engagement.models import Banner, OpinionMatter
from gongkai.engagement.rules.opinion import Clock
from gongkai.orgs.models import Organ, OrganKind, Role

# Who keeps the register: the county's office everything, an organ what it must answer.
OPINION_RECORDERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
OPINION_VIEWERS = OPINION_RECORDERS | {Role.OGI_HEAD, Role.LEADER}
# Who raises an emergency banner: the county's office, and its leader.
BANNER_RAISERS = frozenset({Role.OGI_OFFICE, Role.LEADER})
_STANDINGS = {
    "": UNANSWERED,
    "responded": (OpinionState.RESPONDED,),
    "aside": (OpinionState.SET_ASIDE,),
    "evaluated": (OpinionState.EVALUATED,),
}


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A matter as lists show it, with its clocks at a moment."""

    matter: OpinionMatter
    clocks: tuple[Clock, ...]

    @property
    def late(self) -> bool:
        """Say whether a clock ran out before it was met."""
        return any(clock.late for clock in self.clocks)


def matters_of(organ_ids: Collection[int], standing: str = "") -> QuerySet[OpinionMatter]:
    """Return the matters of some organs that wait for a response, oldest first; or the others."""
    states = _STANDINGS.get(standing, UNANSWERED)
    rows = OpinionMatter.objects.filter(organ_id__in=organ_ids, state__in=states)
    rows = rows.select_related("organ").prefetch_related("responses")
    return rows.order_by("found_at" if states is UNANSWERED else "-found_at", "number")


def waiting_matters(organs: QuerySet[Organ]) -> QuerySet[OpinionMatter]:
    """Return the matters of some organs that wait for a first response."""
    return OpinionMatter.objects.filter(organ__in=organs.order_by(), state__in=UNANSWERED)


def opinion_rows(matters: Collection[OpinionMatter], now: datetime) -> list[OpinionRow]:
    """Return matters as lists show them."""
    return [OpinionRow(each, each.clocks(now)) for each in matters]


def find_matter(pk: int, organ_ids: Collection[int]) -> OpinionMatter | None:
    """Return the matter with this key among those of some organs, or None."""
    rows = OpinionMatter.objects.filter(pk=pk, organ_id__in=organ_ids)
    return rows.select_related("organ", "county").prefetch_related("responses", "steps").first()


def standing_banners(county_id: int, at: datetime) -> QuerySet[Banner]:
    """Return the emergency notices that stand on a county's pages at a moment, newest first."""
    rows = Banner.objects.filter(county_id=county_id, lifted_at=None, until__gt=at)
    return rows.order_by("-raised_at", "-pk")


def banners_of(county_ids: Collection[int]) -> QuerySet[Banner]:
    """Return every emergency notice of some counties, newest first."""
    return Banner.objects.filter(county_id__in=county_ids).order_by("-raised_at", "-pk")


def counties_among(organs: QuerySet[Organ]) -> list[Organ]:
    """Return the counties among some organs."""
    return list(organs.filter(kind=OrganKind.COUNTY_GOVERNMENT).order_by("code"))
