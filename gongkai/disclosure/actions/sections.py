"""Verbs on sections (栏目): open, change, close; the usual tree of a county's site.

A section's address never changes and a section is never taken away: closed, it keeps its list.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import Entry, Section, SectionContent, SectionKind
from gongkai.disclosure.rules import EntryRefused, Fault, NotAllowedNow
from gongkai.disclosure.rules.sections import Planned, check_slug
from gongkai.disclosure.rules.standard_sections import TREE
from gongkai.orgs.models import Organ

_TEXTS = {"title": 60, "description": 200, "keywords": 200}
_CHANGED = (
    *("title", "description", "keywords", "kind", "legal_item", "stage", "max_age_days"),
    *("in_menu", "on_organ_pages", "restricted_to", "order"),
)


@transaction.atomic
def open_section(
    county: Organ,
    *,
    slug: str,
    title: str,
    kind: SectionKind,
    parent: Section | None = None,
    content: SectionContent = SectionContent.ENTRIES,
    by: Actor,
    at: datetime,
    **values: Any,
) -> Section:
    """Open a section under `parent` (or at the top); `values` are further fields of `Section`.

    A blank description or keywords are made from the title (国办发〔2017〕47号 asks for both).

    Raises:
        EntryRefused: the slug is not a slug or is taken, the parent is closed, or a text is wrong.
    """
    section = Section(county=county, parent=parent, content=content, kind=kind, slug=slug)
    section.path = _path(county, parent, slug)
    _fill(section, {"title": title, **values})
    section.save(force_insert=True)
    _log("open_section", section, by, at, after={"path": section.path, "title": section.title})
    return section


@transaction.atomic
def change_section(section: Section, *, by: Actor, at: datetime, **values: Any) -> Section:
    """Change what a section says of itself: any of title, description, keywords, kind, item ...

    Raises:
        EntryRefused: a text is wrong, or something told cannot be changed (slug, parent, content).
    """
    held = (
        Section.objects.select_for_update(of=("self",)).select_related("county").get(pk=section.pk)
    )
    fixed = sorted(set(values) - set(_CHANGED))
    if fixed:
        raise EntryRefused(Fault(fixed[0], "栏目的地址、上级和内容类型设定后不能更改，请另设栏目"))
    before = {name: getattr(held, name) for name in values}
    _fill(held, values)
    held.save()
    after = {name: getattr(held, name) for name in values}
    _log("change_section", held, by, at, before=_plain(before), after=_plain(after))
    return held


@transaction.atomic
def close_section(section: Section, *, on: date, by: Actor, at: datetime) -> Section:
    """Close a section from a day: nothing new is published there, its list stays.

    Raises:
        NotAllowedNow: it is closed, or open sections stand under it, or texts wait for it.
    """
    held = (
        Section.objects.select_for_update(of=("self",)).select_related("county").get(pk=section.pk)
    )
    if held.closed_on is not None:
        raise NotAllowedNow(f"栏目“{held.title}”已经停用")
    if held.children.open().exists():
        raise NotAllowedNow(f"栏目“{held.title}”还有启用的下级栏目，请先停用下级栏目")
    waiting = Entry.objects.filter(section=held, owing=True)
    if waiting.exists():
        raise NotAllowedNow(f"栏目“{held.title}”还有未发布的信息，请先发布、作废或者改换栏目")
    held.closed_on = on
    held.save(update_fields=["closed_on"])
    _log("close_section", held, by, at, after={"closed_on": on.isoformat()})
    return held


@transaction.atomic
def seed_sections(county: Organ, *, by: Actor, at: datetime) -> int:
    """Open the usual sections of a county's site that are not there yet; return how many."""
    known = {row.path: row for row in Section.objects.of(county)}
    opened = 0
    for order, planned in enumerate(TREE, start=1):
        if planned.path in known:
            continue
        section = _planned(county, planned, known, order)
        section.save(force_insert=True)
        known[planned.path] = section
        opened += 1
    if opened:
        audit.record(
            "disclosure.seed_sections",
            f"orgs:{county.pk}",
            chain=county.code,
            by=by,
            at=at,
            label=county.short_name,
            after={"opened": opened},
        )
    return opened


def _planned(county: Organ, planned: Planned, known: Mapping[str, Section], order: int) -> Section:
    above, _, slug = planned.path.rpartition("/")
    section = Section(
        county=county,
        parent=known.get(above),
        slug=slug,
        path=planned.path,
        kind=planned.kind,
        content=planned.content,
        order=order,
    )
    told = {"title": planned.title, "legal_item": planned.legal_item, "stage": planned.stage}
    told |= {"in_menu": planned.in_menu, "on_organ_pages": planned.on_organ_pages}
    _fill(section, {**told, "max_age_days": planned.max_age_days})
    return section


def _path(county: Organ, parent: Section | None, slug: str) -> str:
    check_slug(slug)
    if parent is not None and parent.county_id != county.pk:
        raise EntryRefused(Fault("parent", "上级栏目不属于本县网站，请另选"))
    if parent is not None and parent.closed_on is not None:
        raise EntryRefused(Fault("parent", f"上级栏目“{parent.title}”已经停用，请另选"))
    path = f"{parent.path}/{slug}" if parent is not None else slug
    if len(path) > 200:
        raise EntryRefused(Fault("slug", "栏目层级过深，网址过长，请缩短地址名"))
    if Section.objects.of(county).filter(path=path).exists():
        raise EntryRefused(Fault("slug", f"网址 /{path}/ 已有栏目，请换一个地址名"))
    return path


def _fill(section: Section, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in _CHANGED:
            raise EntryRefused(Fault(name, "栏目没有这一项，请核对"))
        setattr(section, name, " ".join(value.split()) if isinstance(value, str) else value)
    if not section.title:
        raise EntryRefused(Fault("title", "请填写栏目名称"))
    section.description = section.description or f"{section.title}：公开{section.title}相关政府信息"
    section.keywords = section.keywords or section.title
    for name, most in _TEXTS.items():
        if len(getattr(section, name)) > most:
            raise EntryRefused(Fault(name, f"不得超过{most}个字，请缩短"))
    if section.kind not in SectionKind or section.content not in SectionContent:
        raise EntryRefused(Fault("kind", "请从列表中选择栏目类别"))


def _log(verb: str, section: Section, by: Actor, at: datetime, **values: Any) -> None:
    audit.record(
        f"disclosure.{verb}",
        f"disclosure.section:{section.pk}",
        chain=section.county.code,
        by=by,
        at=at,
        label=section.title,
        **values,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if value is not None else None for name, value in values.items()}
