"""Verbs of the government gazette: compose an issue from public texts, publish it frozen.

What is printed is the version that is public at that moment; page and PDF keep it by hash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import Entry
from gongkai.files import actions as files
from gongkai.files.models import Purpose
from gongkai.orgs.models import Organ
from gongkai.policy import rules
from gongkai.policy.actions import steps
from gongkai.policy.models import GazetteIssue, GazetteItem
from gongkai.policy.queries import gazettes

LONGEST_HEADING = 40
FIRST_YEAR = 1949


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of an issue: under which heading it stands."""

    entry: Entry
    heading: str


@transaction.atomic
def compose_issue(
    county: Organ, *, year: int, number: int, total: int | None, by: Actor, at: datetime
) -> GazetteIssue:
    """Begin an issue of a county's gazette; `total` is its number through all years.

    Raises:
        DocumentRefused: the year or number cannot be, or the issue is there.
    """
    Organ.objects.select_for_update(no_key=True).get(pk=county.pk)
    if not FIRST_YEAR <= year <= timezone.localdate(at).year + 1:
        raise steps.refused("year", "请核对年度")
    if not 1 <= number <= 999 or (total is not None and not number <= total <= 9999):
        raise steps.refused("number", "期号从1起，总期号不得小于期号")
    if GazetteIssue.objects.filter(county=county, year=year, number=number).exists():
        raise steps.refused("number", f"{year}年第{number}期已经建立，请直接编辑")
    made = GazetteIssue.objects.create(
        county=county,
        year=year,
        number=number,
        total=total,
        composed_by=by.name,
        composed_at=at,
    )
    _record("compose_issue", made, by, at, after={"items": 0})
    return made


@transaction.atomic
def set_contents(
    issue: GazetteIssue, *, contents: Sequence[Placed], by: Actor, at: datetime
) -> GazetteIssue:
    """Say which public texts an issue holds, in order, each under its heading.

    Raises:
        DocumentRefused: a text is not public, another county's, or named twice.
        NotAllowedNow: the issue is public.
    """
    held = _hold(issue)
    entries = [placed.entry for placed in contents]
    if len({entry.pk for entry in entries}) != len(entries):
        raise steps.refused("contents", "同一份文件在一期公报中只能刊登一次")
    for placed in contents:
        _refuse_unfit(held, placed)
    before = {"items": held.items.count()}
    held.items.all().delete()
    GazetteItem.objects.bulk_create(
        GazetteItem(
            issue=held,
            entry=placed.entry,
            heading=" ".join(placed.heading.split()),
            order=order,
        )
        for order, placed in enumerate(contents, start=1)
    )
    after = {"items": len(contents), "entries": [entry.record_id for entry in entries]}
    _record("set_contents", held, by, at, before=before, after=after)
    return held


def publish_issue(
    issue: GazetteIssue, *, published_on: date, by: Actor, at: datetime
) -> GazetteIssue:
    """Publish an issue: freeze its texts as they are public now, typeset and keep the PDF.

    Raises:
        DocumentRefused: the day lies in the future, or a text is no longer public.
        NotAllowedNow: it is public, empty, or a text changed while it was typeset.
        adapters.report_pdf.NoChineseFont: no Chinese font is installed.
    """
    if published_on > timezone.localdate(at):
        raise steps.refused("published_on", "出版日期不得晚于今天")
    seen = GazetteIssue.objects.select_related("county").get(pk=issue.pk)
    items = _printed(seen)
    # Typesetting takes seconds: before the lock, and void if a text changes meanwhile.
    pdf = gazettes.pdf_of(seen, items, published_on)
    digest = gazettes.seal(seen, items)
    with transaction.atomic():
        held = _hold(issue)
        if gazettes.seal(held, _printed(held)) != digest:
            raise rules.NotAllowedNow("排版期间刊登的文件有变化，请重新出版")
        stored = files.store(
            organ=held.county,
            about=held.record_id,
            purpose=Purpose.PUBLICATION,
            name=f"{gazettes.title_of(held)}{held}.pdf",
            content=pdf,
            by=by,
            at=at,
        )
        files.keep_for([stored.pk], held.record_id)
        for item in items:
            GazetteItem.objects.filter(pk=item.pk).update(version=item.entry.published)
        held.published_on, held.published_at, held.published_by = published_on, at, by.name
        held.sha256, held.pdf = digest, stored
        held.save()
        after = {"items": len(items), "sha256": digest, "published_on": published_on.isoformat()}
        _record("publish_issue", held, by, at, after=after)
    return held


def _printed(issue: GazetteIssue) -> list[GazetteItem]:
    items = list(issue.items.select_related("entry__published", "entry__organ").order_by("order"))
    if issue.published_on is not None:
        raise rules.NotAllowedNow("这一期已经出版，不能改动")
    if not items:
        raise rules.NotAllowedNow("这一期还没有篇目，请先选择刊登的文件")
    for item in items:
        if not item.entry.live:
            raise steps.refused("contents", f"《{item.entry.title}》已不公开，请从本期移除")
    return items


def _refuse_unfit(issue: GazetteIssue, placed: Placed) -> None:
    entry = placed.entry
    if (entry.organ.county_id or entry.organ_id) != issue.county_id:
        raise steps.refused("contents", f"《{entry.title}》不是本县的文件")
    if not entry.live:
        raise steps.refused("contents", f"《{entry.title}》没有公开，公报只刊登已经公开的文本")
    heading = placed.heading.strip()
    if not heading or len(heading) > LONGEST_HEADING:
        raise steps.refused(
            "contents", f"请为《{entry.title}》填写栏目，不得超过{LONGEST_HEADING}个字"
        )


def _hold(issue: GazetteIssue) -> GazetteIssue:
    found = GazetteIssue.objects.select_for_update(of=("self",)).select_related("county")
    held = found.get(pk=issue.pk)
    if held.published_on is not None:
        raise rules.NotAllowedNow("这一期已经出版，不能改动")
    return held


def _record(verb: str, issue: GazetteIssue, by: Actor, at: datetime, **values: Any) -> None:
    audit.record(
        f"policy.{verb}",
        issue.record_id,
        chain=issue.county.code,
        by=by,
        at=at,
        label=f"政府公报{issue}",
        **values,
    )
