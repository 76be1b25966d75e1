"""What the county's records tell for a website's yearly report, with the records of each figure.

Serves law.md 4.7. Only what was done on this platform: what went through other systems the office
adds with its source. Of comments and reports of readers only number and name of the page are told.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from gongkai.audit.models import Event
from gongkai.disclosure import statistics as disclosure
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.models.sections import SectionKind
from gongkai.engagement import statistics as engagement
from gongkai.engagement.actions import MessageState
from gongkai.engagement.models import ErrorReport, Message, Solicitation, Survey
from gongkai.inspections.models import Site
from gongkai.inspections.rules.site_year import LONGEST, YES, Behind, tenths
from gongkai.inspections.sources.site_year_media import MediaAccount, media_accounts
from gongkai.newmedia.models.accounts import Platform
from gongkai.orgs.models import OrganKind
from gongkai.orgs.queries import organs_of
from gongkai.policy.models.dossiers import Interpretation, InterpretationForm
from gongkai.tables.facts import Measure, Period, Record

_KINDS: Mapping[str, tuple[SectionKind, ...]] = {
    "published_overview": (SectionKind.OVERVIEW, SectionKind.ORGANS, SectionKind.LEADERS),
    "published_news": (SectionKind.NEWS, SectionKind.NOTICE),
    "published_disclosure": (SectionKind.POLICY, SectionKind.STATUTORY),
}
_DISCLOSURE = "zwgk/"  # 重点领域 stands in the tree of disclosure and is no topic of its own
_TEXTS = (InterpretationForm.TEXT, InterpretationForm.QUESTIONS)
_PLATFORMS = {"weibo": Platform.WEIBO, "wechat": Platform.WECHAT}


@dataclass
class Derived:
    """Values by field code, and the records of those that are counted."""

    values: dict[str, Any] = field(default_factory=dict)
    behind: dict[str, list[Behind]] = field(default_factory=dict)

    def count(self, code: str, records: Iterable[Behind]) -> None:
        """Count records under a code."""
        self.behind[code] = list(records)
        self.values[code] = sum(each.adds for each in self.behind[code])

    def add(self, code: str, records: Iterable[Behind]) -> None:
        """Count more records under a code."""
        self.count(code, (*self.behind.get(code, ()), *records))


def derived(site: Site, year: int) -> Derived:
    """Return what the records of the site's county tell of a year."""
    ids = list(organs_of(site.county).values_list("pk", flat=True))
    period, told = Period.of_year(year), Derived()
    _published(told, ids, period)
    _topics(told, site.county_id, period)
    _explained(told, ids, period)
    _messages(told, ids, period)
    _asked(told, ids, period)
    _interviews(told, ids, period)
    _media(told, media_accounts(_sponsors(site), period.start, period.end))
    return told


def _sponsors(site: Site) -> list[int]:
    """Return whose accounts are the site's: its organ's, for the county's own those of both."""
    centre = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
    if site.organ.kind not in centre:
        return [site.organ_id]
    own = organs_of(site.county).filter(kind__in=centre)
    return list(own.values_list("pk", flat=True))


def _published(told: Derived, ids: Collection[int], period: Period) -> None:
    found: list[Record] = []
    for aspect in ("published", "renewed"):
        found += disclosure.records_behind(Measure(disclosure.SUBJECT, aspect), period, ids)
    keys = {int(each.id.partition(":")[2]) for each in found}
    rows = Entry.objects.of(ids).filter(releases__released_on__range=(period.start, period.end))
    kinds = dict(rows.filter(pk__in=keys).values_list("pk", "section__kind")) if keys else {}
    told.count("published", (Behind(each.id, each.label, each.on) for each in found))
    for code, among in _KINDS.items():
        told.count(
            code,
            (
                Behind(each.id, each.label, each.on)
                for each in found
                if kinds.get(int(each.id.partition(":")[2])) in among
            ),
        )


def _topics(told: Derived, county_id: int, period: Period) -> None:
    """Count the topics that had something by the end of the year, and those opened in it."""
    first, last = _moments(period)
    rows = Section.objects.filter(county_id=county_id, kind=SectionKind.TOPIC).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=period.end)
    )
    rows = rows.exclude(path__startswith=_DISCLOSURE)
    filled = set(
        Entry.objects.filter(section__in=rows, first_published_at__lte=last).values_list(
            "section_id", flat=True
        )
    )
    sections = [each for each in rows if each.pk in filled]
    targets = [f"disclosure.section:{each.pk}" for each in sections]
    opened = Event.objects.filter(verb="disclosure.open_section", target__in=targets)
    days = {event.target: timezone.localdate(event.at) for event in opened.order_by("at")}
    records = [
        Behind(target, each.title, days.get(target))
        for target, each in zip(targets, sections, strict=True)
    ]
    kept = [each for each in records if each.on is None or each.on <= period.end]
    told.count("topics_kept", kept)
    told.count("topics_new", (each for each in kept if each.on and each.on >= first.date()))


def _explained(told: Derived, ids: Collection[int], period: Period) -> None:
    rows = Interpretation.objects.filter(
        entry__organ_id__in=ids, entry__first_published_at__range=_moments(period)
    ).select_related("entry")
    texts, products = [], []
    for each in rows.order_by("entry__first_published_at", "pk"):
        on = timezone.localdate(each.entry.first_published_at)
        behind = Behind(f"disclosure:{each.entry_id}", str(each), on)
        (texts if each.form in _TEXTS else products).append(behind)
    told.count("explained_text", texts)
    told.count("explained_product", products)


def _messages(told: Derived, ids: Collection[int], period: Period) -> None:
    start, end = period.start, period.end
    rows: list[Any] = [
        *engagement.reports_received(ids, start, end).order_by("received_on", "pk"),
        *engagement.messages_received(ids, start, end).order_by("received_on", "pk"),
    ]
    done = [each for each in rows if each.answered_on is not None and each.answered_on <= end]
    public = engagement.messages_received(ids, start, end).filter(state=MessageState.PUBLISHED)
    told.count("received", (_heard(each) for each in rows))
    told.count("settled", (_heard(each) for each in done))
    told.count("answered_publicly", (_heard(each) for each in public.order_by("received_on", "pk")))
    if done:
        spent = sum((each.answered_on - each.received_on).days for each in done)
        told.values["days"] = tenths(Decimal(spent) / len(done))


def _heard(row: ErrorReport | Message) -> Behind:
    said = "留言" if isinstance(row, Message) else "网站纠错"
    return Behind(row.typed_id, f"{said}{row.number}", row.received_on)


def _asked(told: Derived, ids: Collection[int], period: Period) -> None:
    start, end = period.start, period.end
    begun = engagement.solicitations_begun(ids, start, end).order_by("opens_on", "pk")
    told.count("solicited", (Behind(each.typed_id, each.name, each.opens_on) for each in begun))
    own = Solicitation.objects.filter(organ_id__in=ids).order_by("opens_on", "pk")
    inside = Q(comments__received_on__range=(start, end))
    heard = own.annotate(said=Count("comments", filter=inside)).filter(said__gt=0)
    told.count("comments", (Behind(r.typed_id, r.name, r.opens_on, r.said) for r in heard))
    closed = own.filter(fed_back_on__range=(start, end))
    told.count("fed_back", (Behind(each.typed_id, each.name, each.fed_back_on) for each in closed))
    _surveys(told, ids, period)


def _surveys(told: Derived, ids: Collection[int], period: Period) -> None:
    """Add the surveys: each is a term of 征集调查, each ballot an opinion."""
    start, end = period.start, period.end
    begun = engagement.surveys_begun(ids, start, end).order_by("opens_on", "pk")
    told.add("solicited", (Behind(each.typed_id, each.title, each.opens_on) for each in begun))
    given = Survey.objects.filter(organ_id__in=ids).annotate(
        said=Count("ballots", filter=Q(ballots__received_on__range=(start, end)))
    )
    heard = given.filter(said__gt=0).order_by("opens_on", "pk")
    told.add("comments", (Behind(r.typed_id, r.title, r.opens_on, r.said) for r in heard))
    closed = engagement.surveys_with_results(ids, start, end).order_by("opens_on", "pk")
    told.add("fed_back", (Behind(each.typed_id, each.title, each.results_on) for each in closed))


def _interviews(told: Derived, ids: Collection[int], period: Period) -> None:
    """Count interviews with the questions asked and answered, and answers to public opinion."""
    start, end = period.start, period.end
    held = engagement.interviews_held(ids, start, end).annotate(
        asked=Count("exchanges", filter=Q(exchanges__online=True)),
        told=Count(
            "exchanges",
            filter=Q(exchanges__online=True, exchanges__answered_at__isnull=False),
        ),
    )
    rows = [(each, timezone.localdate(each.held_at)) for each in held.order_by("held_at", "pk")]
    told.count("interviews", (Behind(r.typed_id, r.theme, on) for r, on in rows))
    told.count("interview_messages", (Behind(r.typed_id, r.theme, on, r.asked) for r, on in rows))
    told.count("interview_answers", (Behind(r.typed_id, r.theme, on, r.told) for r, on in rows))
    matters = engagement.opinion_responded(ids, start, end).order_by("found_at", "pk")
    told.count(
        "responses",
        (Behind(r.typed_id, f"舆情{r.number}", timezone.localdate(r.found_at)) for r in matters),
    )


def _media(told: Derived, accounts: Collection[MediaAccount] | None) -> None:
    if accounts is None:
        return
    told.values["has_media"] = YES
    for code, platform in _PLATFORMS.items():
        held = [each for each in accounts if each.platform is platform]
        if not held:
            continue
        told.values[f"{code}_name"] = "、".join(each.name for each in held)[:LONGEST]
        told.count(f"{code}_posts", (Behind(each.id, each.name, None, each.posts) for each in held))
        known = [(each, each.followers) for each in held if each.followers is not None]
        if len(known) == len(held):  # else the office tells: a part of them is no total
            fans = (Behind(each.id, each.name, None, number) for each, number in known)
            told.count(f"{code}_fans", fans)
    others = [each for each in accounts if each.platform not in _PLATFORMS.values()]
    if others:
        words = "、".join(f"{each.platform.label}“{each.name}”" for each in others)
        told.values["media_other"] = words[:LONGEST]


def _moments(period: Period) -> tuple[datetime, datetime]:
    first = timezone.make_aware(datetime.combine(period.start, time.min))
    last = timezone.make_aware(datetime.combine(period.end + timedelta(days=1), time.min))
    return first, last - timedelta(microseconds=1)
