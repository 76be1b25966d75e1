"""Reading bulletins: the list a person sees, the paper as docx and pdf, an organ's own copy."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.adapters import letter_docx, letter_pdf
from gongkai.adapters.letter_docx_layout import Grid, Line, build
from gongkai.adapters.letter_text import PartRole
from gongkai.inspections.lifecycle import BulletinPeriod, BulletinState
from gongkai.inspections.models import Bulletin, BulletinShare, Finding
from gongkai.inspections.queries.people import Inspector
from gongkai.inspections.rules.bulletin import demands, named
from gongkai.statute.days import written

MOST_ROWS = 500  # of the problem list on paper; the platform has them all


def bulletins_for(person: Inspector) -> QuerySet[Bulletin]:
    """Return the bulletins a person sees: the office all, an organ its county's issued ones."""
    kept = [each.pk for each in person.counties]
    organs = person.official.sees
    counties = {each.county_id or each.pk for each in organs}
    issued = Bulletin.objects.filter(county__in=counties, state=BulletinState.ISSUED)
    return (issued | Bulletin.objects.filter(county__in=kept)).select_related("county").distinct()


def find_bulletin(pk: int, person: Inspector) -> Bulletin | None:
    """Return a bulletin that a person sees, or None."""
    return bulletins_for(person).filter(pk=pk).first()


def shares_for(bulletin: Bulletin, organ_ids: Collection[int]) -> QuerySet[BulletinShare]:
    """Return what some organs were told of a bulletin."""
    rows = BulletinShare.objects.filter(bulletin=bulletin, organ_id__in=organ_ids)
    return rows.select_related("organ").order_by("organ__order", "organ__code")


def findings_of(share: BulletinShare) -> QuerySet[Finding]:
    """Return the findings of one organ's share as they now stand."""
    rows = Finding.objects.filter(county_id=share.bulletin.county_id, number__in=share.numbers)
    return rows.select_related("organ").order_by("pk")


def shown(bulletin: Bulletin, organ_ids: Collection[int] | None = None) -> dict[str, Any]:
    """Return what a bulletin says; with `organ_ids`, of the problem list only their rows."""
    content = bulletin.content
    sections = [
        *content["sections"],
        {"heading": "三、工作要求", "paragraphs": demands(bulletin.workdays, bulletin.due_on)},
    ]
    annexes = [dict(each) for each in content["annexes"]]
    if organ_ids is not None:
        first = annexes[0]
        kept = [
            row
            for row, organ in zip(first["rows"], first["organs"], strict=True)
            if organ in organ_ids
        ]
        first["rows"] = [[str(place), *row[1:]] for place, row in enumerate(kept, 1)]
        first["title"] = "问题清单（本单位）"
    return {**content, "sections": sections, "annexes": annexes}


def docx_of(bulletin: Bulletin, organ_ids: Collection[int] | None = None) -> bytes:
    """Return a bulletin as a Word file; with `organ_ids`, the copy of these organs."""
    told = shown(bulletin, organ_ids)
    office = f"{bulletin.county.name}办公室"
    parts: list[Line | Grid] = [Line(PartRole.TITLE, told["title"])]
    if bulletin.number:
        parts.append(Line(PartRole.NUMBER, bulletin.number))
    parts.append(Line(PartRole.RECIPIENT, told["recipient"]))
    for section in told["sections"]:
        parts.append(Line(PartRole.HEADING, section["heading"]))
        parts += [Line(PartRole.BODY, text) for text in section["paragraphs"]]
    for place, annex in enumerate(told["annexes"], 1):
        start = "附件：" if place == 1 else "　　　"
        parts.append(Line(PartRole.ATTACHMENT, f"{start}{place}.{annex['title']}"))
    parts.append(Line(PartRole.SIGNATURE, office))
    parts.append(Line(PartRole.DATE, written(_day(bulletin))))
    for place, annex in enumerate(told["annexes"], 1):
        parts.append(Line(PartRole.OVERLEAF, f"附件{place}　{annex['title']}"))
        parts += _table(annex)
    return build(parts)


def pdf_of(bulletin: Bulletin, organ_ids: Collection[int] | None = None) -> bytes:
    """Return a bulletin as a PDF by GB/T 9704, set of the very Word file."""
    return letter_pdf.render(
        letter_docx.read(docx_of(bulletin, organ_ids)),
        title=bulletin.content["title"],
        author=f"{bulletin.county.name}办公室",
        day=_day(bulletin),
        draft=bulletin.state == BulletinState.DRAFT,
        font_dir=Path(settings.GONGKAI_FONT_DIR),
    )


def file_name(bulletin: Bulletin, kind: str) -> str:
    """Return the name of a bulletin's file."""
    return f"{named(BulletinPeriod(bulletin.period), bulletin.starts_on)}检查情况通报.{kind}"


def _table(annex: dict[str, Any]) -> list[Line | Grid]:
    rows = annex["rows"][:MOST_ROWS]
    if not rows:
        return [Line(PartRole.BODY, "无。")]
    lines = [tuple((text, 1) for text in line) for line in (annex["head"], *rows)]
    table = Grid(tuple(annex["widths"]), tuple(lines), (0,) * len(lines))
    if len(annex["rows"]) <= MOST_ROWS:
        return [table]
    more = f"另有{len(annex['rows']) - MOST_ROWS}行，见政务公开平台的整改台账。"
    return [table, Line(PartRole.BODY, more)]


def _day(bulletin: Bulletin) -> date:
    return bulletin.issued_on or timezone.localdate(bulletin.taken_at)
