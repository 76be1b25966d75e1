"""Verbs on a website's yearly report: begin, fill in, review, publish, correct (law.md 4.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.lifecycle import Refused, SiteYearEvent, SiteYearState, ToldWrongly
from gongkai.inspections.lifecycle.site_years import next_site_year_state
from gongkai.inspections.models import Site, SiteYear
from gongkai.inspections.queries.site_years import published_before
from gongkai.inspections.rules.bulletin import digest
from gongkai.inspections.rules.site_year import taken
from gongkai.inspections.rules.site_year_form import CARRIED, edition_named, edition_of
from gongkai.inspections.rules.site_year_form import due_on as last_day
from gongkai.inspections.rules.texts import used
from gongkai.inspections.sources.site_years import figures_of

_MOST_NAMED = 3


@transaction.atomic
def open_site_year(
    site: Site, year: int, *, from_records: bool = True, by: Actor, at: datetime
) -> SiteYear:
    """Begin the report of a site for a year; words that seldom change come from the last one.

    Raises:
        ToldWrongly: no form is known for the year, it lies ahead, or its report is there.
    """
    edition = edition_of(year)
    if edition is None or year > local_day(at).year:
        raise ToldWrongly("年度应当在2018年以后，并且已经开始，请修改", "year")
    Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if SiteYear.objects.filter(site=site, year=year).exists():
        raise ToldWrongly(f"{site.name}{year}年度的报表已经有了，请在列表中打开", "year")
    before = published_before(site, year)
    values = before.content["values"] if before else {}
    stated = {code: values[code] for code in CARRIED if values.get(code)}
    made = SiteYear.objects.create(
        site=site,
        year=year,
        edition=edition.code,
        from_records=from_records,
        state=SiteYearState.DRAFT,
        stated={**_known_of(site), **stated},
        due_on=last_day(year),
        opened_at=at,
        opened_by=by.name,
    )
    _log("open_site_year", made, by, at, after={"from_records": from_records})
    return made


@transaction.atomic
def fill_site_year(
    report: SiteYear,
    *,
    told: Mapping[str, str],
    sources: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> SiteYear:
    """Keep what the office states, by field code, and where it comes from, by group.

    What is not in `told` stays; what is told as empty is taken out.

    Raises:
        ToldWrongly: a value that the field does not take; nothing is kept.
        Refused: the report is reviewed or published.
    """
    held = _hold(report)
    held.state = next_site_year_state(SiteYearState(held.state), SiteYearEvent.FILL)
    edition = edition_named(held.edition)
    before, groups = dict(held.stated), {each.code for each in edition.groups}
    for code, text in told.items():
        try:
            field = edition.field(code)
        except KeyError:
            raise ToldWrongly(f"报表没有“{code}”这一项") from None
        held.stated[code] = taken(field, text)
    held.stated = {code: value for code, value in held.stated.items() if value is not None}
    for code, text in sources.items():
        if code not in groups:
            raise ToldWrongly(f"报表没有“{code}”这一部分")
        held.sources[code] = _source(text, code)
    held.sources = {code: text for code, text in held.sources.items() if text}
    held.filled_by = by.name
    held.fillers = sorted({*held.fillers, by.account})
    held.sent_back = ""
    held.save()
    changed = sorted(
        code for code in {*before, *held.stated} if before.get(code) != held.stated.get(code)
    )
    _log("fill_site_year", held, by, at, after={"fields": changed})
    return held


@transaction.atomic
def review_site_year(report: SiteYear, *, by: Actor, at: datetime) -> SiteYear:
    """Review a report: its figures are frozen with the records behind them.

    Raises:
        Refused: the year runs on, the reviewer filled it in, or something stands against it.
    """
    held = _hold(report)
    held.state = next_site_year_state(SiteYearState(held.state), SiteYearEvent.REVIEW)
    if local_day(at).year <= held.year:
        raise Refused(f"{held.year}年还没有结束，年度结束后再审核。")
    if by.account in held.fillers:
        raise Refused("填报人不能审核自己填报的报表，请由其他人审核。")
    figures = figures_of(held)
    grave = [remark.text for remark in figures.remarks if remark.grave]
    if grave:
        more = f"；另有{len(grave) - _MOST_NAMED}处" if len(grave) > _MOST_NAMED else ""
        raise Refused(f"还不能审核：{'；'.join(grave[:_MOST_NAMED])}{more}。")
    held.content = {
        "values": dict(figures.values),
        "sources": held.sources,
        "counted": dict(figures.counted),
        "filled_by": held.filled_by,
        "reviewed_by": by.name,
        "filled_on": local_day(at).isoformat(),
    }
    held.behind = {
        code: [each.plain for each in rows] for code, rows in sorted(figures.behind.items())
    }
    held.digest = _digest(held)
    held.reviewed_at, held.reviewed_by = at, by.name
    held.save()
    _log("review_site_year", held, by, at, after={"digest": held.digest})
    return held


@transaction.atomic
def send_back_site_year(report: SiteYear, *, why: str, by: Actor, at: datetime) -> SiteYear:
    """Give a reviewed report back to be changed.

    Raises:
        Refused: it is not reviewed, or published.
        ToldWrongly: no reason.
    """
    why, held = used(why, "why"), _hold(report)
    held.state = next_site_year_state(SiteYearState(held.state), SiteYearEvent.SEND_BACK)
    held.content, held.behind, held.digest, held.sent_back = {}, {}, "", why
    held.reviewed_at, held.reviewed_by = None, ""
    held.save()
    _log("send_back_site_year", held, by, at, reason=why)
    return held


@transaction.atomic
def publish_site_year(report: SiteYear, *, by: Actor, at: datetime) -> SiteYear:
    """Publish a reviewed report; the version before it is kept as corrected.

    Raises:
        Refused: it is not reviewed, or not what was reviewed.
    """
    held = _hold(report)
    held.state = next_site_year_state(SiteYearState(held.state), SiteYearEvent.PUBLISH)
    if _digest(held) != held.digest:
        raise Refused("报表的内容与审核时不一致，请退回后重新审核。")
    held.published_at, held.published_by = at, by.name
    rows = SiteYear.objects.select_for_update(of=("self",))
    for old in rows.filter(
        site_id=held.site_id, year=held.year, state=SiteYearState.PUBLISHED.value
    ):
        old.state = next_site_year_state(SiteYearState(old.state), SiteYearEvent.SUPERSEDE)
        old.save(update_fields=["state"])
    held.save()
    after = {"digest": held.digest, "version": held.version}
    _log("publish_site_year", held, by, at, after=after)
    return held


@transaction.atomic
def correct_site_year(report: SiteYear, *, why: str, by: Actor, at: datetime) -> SiteYear:
    """Begin the next version of a published report; the published one stays until it is replaced.

    Raises:
        Refused: it is not the published one, or a correction is under way.
        ToldWrongly: no reason.
    """
    why, held = used(why, "why"), _hold(report)
    next_site_year_state(SiteYearState(held.state), SiteYearEvent.CORRECT)
    versions = SiteYear.objects.filter(site_id=held.site_id, year=held.year)
    newest = versions.order_by("-version").first()
    if newest is not None and newest.version != held.version:
        raise Refused(f"第{newest.version}版正在更正，请在那一版上继续。")
    made = SiteYear.objects.create(
        site=held.site,
        year=held.year,
        version=held.version + 1,
        edition=held.edition,
        from_records=held.from_records,
        state=SiteYearState.DRAFT,
        stated=held.stated,
        sources=held.sources,
        due_on=held.due_on,
        correction=why,
        opened_at=at,
        opened_by=by.name,
    )
    _log("correct_site_year", made, by, at, reason=why, after={"version": made.version})
    return made


def _known_of(site: Site) -> dict[str, Any]:
    """Return what the registered site tells of itself."""
    return {"name": site.name, "address": site.address, "sponsor": site.organ.name}


def _source(text: str, group: str) -> str:
    try:
        return used(text, "origin", required=False)
    except ToldWrongly as wrong:
        raise ToldWrongly(str(wrong), f"source_{group}") from None


def _digest(report: SiteYear) -> str:
    return digest({"content": report.content, "behind": report.behind})


def _hold(report: SiteYear) -> SiteYear:
    rows = SiteYear.objects.select_for_update(of=("self",))
    return rows.select_related("site__county", "site__organ").get(pk=report.pk)


def _log(verb: str, report: SiteYear, by: Actor, at: datetime, **values: Any) -> None:
    record(
        f"inspections.{verb}",
        report.typed_id,
        chain=report.site.county.code,
        by=by,
        at=at,
        label=str(report),
        **values,
    )
