"""Reading what visits saw: the week before a moment, days for a chart, the home page over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.inspections.models import Probe, Site, Watched
from gongkai.inspections.rules.visits import (
    WEEK,
    HomeWatched,
    Tally,
    Visit,
    without_our_own_outages,
)
from gongkai.text.sitepages import Trouble

_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Availability:
    """A span of days of one site: each day, and all together."""

    days: tuple[Tally, ...]
    whole: Tally


def watched_sites() -> QuerySet[Site]:
    """Return the sites that are visited."""
    return Site.objects.filter(stopped_on__isnull=True).select_related("county", "organ")


def home_of(site: Site) -> str:
    """Return the home page of a site."""
    scheme, _, rest = site.address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"


def week_of(site: Site, now: datetime) -> list[Visit]:
    """Return the visits of a site in the week before `now`, without outages of our own line."""
    rows = Probe.objects.filter(at__gt=now - WEEK, at__lte=now).order_by("at")
    made = [Visit(*row) for row in rows.values_list("site_id", "at", "opened", "seconds")]
    return [each for each in without_our_own_outages(made) if each.site == site.pk]


def watched_since(site: Site) -> datetime | None:
    """Return when a site was first visited."""
    found: datetime | None = Probe.objects.filter(site=site).aggregate(first=Min("at"))["first"]
    return found


def last_failures(site: Site, now: datetime) -> str:
    """Return when and how a site failed of late, for the evidence of W2."""
    rows = Probe.objects.filter(site=site, at__gt=now - WEEK, at__lte=now, opened=False)
    return "；".join(f"{timezone.localtime(each.at):%m-%d %H:%M} {how(each)}"
                    for each in rows.order_by("-at")[:_FAILURES])  # fmt: skip


def how(probe: Probe) -> str:
    """Return how a visit ended, in words."""
    if probe.opened:
        return "打开"
    return Trouble(probe.trouble).label if probe.trouble else f"返回{probe.status}"


def home_watched(site: Site) -> HomeWatched | None:
    """Return a site's home page over its visits; None before the first that opened."""
    row = Watched.objects.filter(site=site, is_home=True).first()
    if row is None:
        return None
    return HomeWatched(
        row.newest_on, row.first_seen_at, row.changed_at, row.seen_at, is_entry=row.is_entry
    )


def column_names(site: Site) -> dict[str, str]:
    """Return the names of a site's known columns by address."""
    rows = Watched.objects.filter(site=site, is_home=False)
    return dict(rows.values_list("address", "name"))


def newest_of_columns(site: Site) -> date | None:
    """Return the newest day that any column of a site showed."""
    rows = Watched.objects.filter(site=site, is_home=False)
    found: date | None = rows.aggregate(newest=Max("newest_on"))["newest"]
    return found


def columns_before(site: Site) -> dict[str, date | None]:
    """Return the newest day that each column of a site ever showed."""
    rows = Watched.objects.filter(site=site, is_home=False)
    return dict(rows.values_list("address", "newest_on"))


def availability(site: Site, last: date, days: int) -> Availability:
    """Return the days up to `last`, those without a visit too."""
    first = last - timedelta(days=days - 1)
    zone = timezone.get_current_timezone()
    rows = (
        Probe.objects.filter(site=site, at__gt=_midnight(first))
        .annotate(on=TruncDate("at", tzinfo=zone))
        .filter(on__gte=first, on__lte=last)
        .order_by()
        .values("on")
        .annotate(
            visits=Count("pk"),
            opened_=Count("pk", filter=Q(opened=True)),
            seconds_=Avg("seconds", filter=Q(opened=True)),
        )
    )
    known = {
        row["on"]: Tally(row["on"], row["visits"], row["opened_"], row["seconds_"] or 0.0)
        for row in rows
    }
    all_days = [first + timedelta(days=number) for number in range(days)]
    told = tuple(known.get(on) or Tally(on, 0, 0, 0.0) for on in all_days)
    return Availability(told, _sum(told, last))


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _sum(days: Iterable[Tally], on: date) -> Tally:
    told = list(days)
    opened = sum(each.opened for each in told)
    spent = sum(each.seconds * each.opened for each in told)
    visits = sum(each.visits for each in told)
    return Tally(on, visits, opened, spent / opened if opened else 0.0)


def failures_of(site: Site, most: int = 20) -> list[Probe]:
    """Return the newest visits that failed."""
    return list(Probe.objects.filter(site=site, opened=False).order_by("-at")[:most])
