"""Verbs on catalogues and their fields: found, close, add, rename, close.

Serves 国办发〔2019〕54号. One event on the county's chain each. A field keeps its code and address
for ever; a new name is a new row from a day, so that what was published then can still be read.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import CatalogueField, StandardCatalogue
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries.catalogue import fields_on, items_on, standing_on
from gongkai.disclosure.rules import Fault, NotAllowedNow, ReasonMissing
from gongkai.disclosure.rules.catalogues import CatalogueRefused
from gongkai.disclosure.rules.fields26 import FIELDS, PilotField
from gongkai.orgs.models import Organ, OrganKind
from gongkai.text.ordering import initials

_LONGEST_NAME = 60
_LONGEST_BASIS = 200


@transaction.atomic
def found_catalogue(
    county: Organ,
    *,
    level: CatalogueLevel,
    on: date,
    by: Actor,
    at: datetime,
    title: str = "",
    basis: str = "国办发〔2019〕54号",
    fields: Iterable[PilotField] | None = None,
) -> StandardCatalogue:
    """Begin a county's catalogue of a level with its fields, in force from a day.

    Without `fields`: all 26 for the county, those in which most townships have duties for them.

    Raises:
        CatalogueRefused: not a county, or a catalogue of the level is in force on that day.
    """
    if county.kind != OrganKind.COUNTY_GOVERNMENT:
        raise CatalogueRefused(Fault("county", "标准目录由县级人民政府编制，请选择县"))
    held = Organ.objects.select_for_update(no_key=True).get(pk=county.pk)
    standing = StandardCatalogue.objects.filter(standing_on(on), county=held, level=level)
    if standing.exists():
        message = f"{on}已有{CatalogueLevel(level).label}标准目录，请先停用原目录"
        raise CatalogueRefused(Fault("on", message))
    place = held.name.removesuffix("人民政府")
    usual = f"{place}{CatalogueLevel(level).label}基层政务公开标准目录"
    catalogue = StandardCatalogue.objects.create(
        county=held,
        title=title.strip() or usual,
        level=level,
        basis=basis.strip()[:_LONGEST_BASIS],
        valid_from=on,
    )
    town = level == CatalogueLevel.TOWNSHIP
    chosen = [each for each in FIELDS if each.usual_in_towns or not town]
    CatalogueField.objects.bulk_create(
        CatalogueField(
            catalogue=catalogue,
            code=each.code,
            slug=each.slug,
            name=each.name_on(on),
            order=order,
            valid_from=on,
        )
        for order, each in enumerate(chosen if fields is None else fields, start=1)
    )
    after = {"title": catalogue.title, "level": str(level), "on": on}
    log("found_catalogue", catalogue, by, at, after=after)
    return catalogue


@transaction.atomic
def close_catalogue(
    catalogue: StandardCatalogue, *, on: date, reason: str, by: Actor, at: datetime
) -> StandardCatalogue:
    """End a catalogue with effect from a day; its rows stay to be read.

    Raises:
        NotAllowedNow: it has ended, or the day lies before its first.
        ReasonMissing: no reason.
    """
    held = hold(catalogue)
    _check_end(held.title, held.valid_from, held.valid_to, on)
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    log("close_catalogue", held, by, at, after={"valid_to": on}, reason=told_reason(reason))
    return held


@transaction.atomic
def add_field(
    catalogue: StandardCatalogue,
    *,
    name: str,
    on: date,
    by: Actor,
    at: datetime,
    code: str = "",
    slug: str = "",
    added_by: str = "",
) -> CatalogueField:
    """Add a field that a higher notice asks for; code and address are made when not told.

    Raises:
        CatalogueRefused: the name, code or address is missing, malformed or taken.
    """
    held = hold(catalogue)
    _check_running(held, on)
    field = make_field(held, name=name, on=on, code=code, slug=slug, added_by=added_by)
    field.save(force_insert=True)
    after = {"code": field.code, "name": field.name, "slug": field.slug, "valid_from": on}
    log("add_field", held, by, at, after=after, reason=field.added_by)
    return field


@transaction.atomic
def change_field(
    field: CatalogueField,
    *,
    name: str,
    on: date,
    by: Actor,
    at: datetime,
    added_by: str = "",
) -> CatalogueField:
    """Give a field a new name from a day; code, address and items stay.

    Raises:
        CatalogueRefused: the name is missing or taken.
        NotAllowedNow: the field has ended, or the day lies before the name in force.
    """
    catalogue = hold(field.catalogue)
    held = CatalogueField.objects.get(pk=field.pk)
    _check_end(held.name, held.valid_from, held.valid_to, on)
    plain = _name(catalogue, name, on, except_code=held.code)
    before = {"name": held.name, "valid_from": held.valid_from}
    if on == held.valid_from:
        held.name = plain
        held.save(update_fields=["name"])
        renamed = held
    else:
        held.valid_to = on
        held.save(update_fields=["valid_to"])
        renamed = CatalogueField.objects.create(
            catalogue=catalogue,
            code=held.code,
            slug=held.slug,
            name=plain,
            order=held.order,
            added_by=added_by.strip()[:_LONGEST_BASIS] or held.added_by,
            valid_from=on,
        )
    after = {"name": plain, "valid_from": on}
    log("change_field", catalogue, by, at, before=before, after=after, reason=added_by)
    return renamed


@transaction.atomic
def close_field(
    field: CatalogueField, *, on: date, reason: str, by: Actor, at: datetime
) -> CatalogueField:
    """End a field and its items from a day; what they were stays to be read.

    Raises:
        NotAllowedNow: it has ended, or the day lies before its first.
        ReasonMissing: no reason.
    """
    catalogue = hold(field.catalogue)
    held = CatalogueField.objects.get(pk=field.pk)
    _check_end(held.name, held.valid_from, held.valid_to, on)
    why = told_reason(reason)
    ended = items_on(catalogue, on, held.code).order_by().update(valid_to=on)
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    after = {"name": held.name, "valid_to": on, "items": ended}
    log("close_field", catalogue, by, at, after=after, reason=why)
    return held


def make_field(
    catalogue: StandardCatalogue,
    *,
    name: str,
    on: date,
    code: str = "",
    slug: str = "",
    added_by: str = "",
) -> CatalogueField:
    """Return a new field, checked and not yet saved; raises CatalogueRefused."""
    plain = _name(catalogue, name, on)
    told = _code(catalogue, plain, code.strip())
    others = catalogue.fields.exclude(code=told)
    usual = next((each.slug for each in FIELDS if plain in each.names), "")
    address = slug.strip() or _free_slug(usual or initials(plain) or f"ly{told}", others)
    try:
        validate_slug(address)
    except ValidationError:
        raise CatalogueRefused(Fault("slug", "地址名只能用字母、数字和连字符")) from None
    if len(address) > 40 or others.filter(slug=address).exists():
        raise CatalogueRefused(Fault("slug", f"地址名“{address}”过长或者已被其他领域使用"))
    last = catalogue.fields.order_by("-order").values_list("order", flat=True).first()
    return CatalogueField(
        catalogue=catalogue,
        code=told,
        slug=address,
        name=plain,
        order=(last or 0) + 1,
        added_by=added_by.strip()[:_LONGEST_BASIS],
        valid_from=on,
    )


def hold(catalogue: StandardCatalogue) -> StandardCatalogue:
    """Return the catalogue locked: verbs on one catalogue queue."""
    found = StandardCatalogue.objects.select_for_update(of=("self",)).select_related("county")
    return found.get(pk=catalogue.pk)


def log(verb: str, catalogue: StandardCatalogue, by: Actor, at: datetime, **told: Any) -> None:
    """Record one event of a catalogue on its county's chain."""
    audit.record(
        f"disclosure.{verb}",
        f"disclosure:catalogue:{catalogue.pk}",
        chain=catalogue.county.code,
        by=by,
        at=at,
        label=told.pop("label", catalogue.title),
        **told,
    )


def told_reason(reason: str) -> str:
    """Return a reason trimmed; raises ReasonMissing."""
    plain = reason.strip()
    if not plain or len(plain) > 500:
        raise ReasonMissing("请填写理由，不超过500个字")
    return plain


def _check_end(name: str, begun: date, ended: date | None, on: date) -> None:
    if ended is not None:
        raise NotAllowedNow(f"“{name}”已自{ended}停用，不能再改")
    if on < begun:
        raise NotAllowedNow(f"日期不得早于“{name}”的启用日期（{begun}）")


def _check_running(catalogue: StandardCatalogue, on: date) -> None:
    over = catalogue.valid_to is not None and on >= catalogue.valid_to
    if over or on < catalogue.valid_from:
        raise CatalogueRefused(Fault("on", f"标准目录在{on}没有施行，请核对启用日期"))


def _name(catalogue: StandardCatalogue, name: str, on: date, *, except_code: str = "") -> str:
    plain = "".join(name.split())
    if not plain or len(plain) > _LONGEST_NAME:
        raise CatalogueRefused(Fault("name", f"请填写领域名称，不超过{_LONGEST_NAME}个字"))
    taken = {field.name for field in fields_on(catalogue, on) if field.code != except_code}
    if plain in taken:
        raise CatalogueRefused(Fault("name", f"目录中已有“{plain}”领域"))
    return plain


def _code(catalogue: StandardCatalogue, name: str, code: str) -> str:
    taken = set(catalogue.fields.values_list("code", flat=True))
    if code:
        if len(code) > 20 or code in taken:
            raise CatalogueRefused(Fault("code", f"领域代码“{code}”过长或者已经使用"))
        return code
    usual = next((each.code for each in FIELDS if name in each.names), "")
    if usual and usual not in taken:
        return usual
    number = len(FIELDS) + 1
    while str(number) in taken:
        number += 1
    return str(number)


def _free_slug(slug: str, others: Any) -> str:
    taken = set(others.values_list("slug", flat=True))
    told, number = slug[:36], 1
    while told in taken:
        number += 1
        told = f"{slug[:36]}{number}"
    return told
