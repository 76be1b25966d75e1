"""Organs come, change their names and go: establish, amend, rename, abolish, succeed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.checks import (
    check_code,
    check_code_is_free,
    check_credit_code,
    check_name,
    check_name_is_free,
    check_nothing_hangs_on,
    check_place,
    check_region,
    check_superior,
    heirs_of,
)
from gongkai.orgs.actions.errors import BadDay, BadName, BadPlace
from gongkai.orgs.actions.posts import end_posts_of
from gongkai.orgs.models import Organ, OrganKind, OrganName, Succession

_DETAILS = ("region_code", "credit_code", "document_prefix", "address", "phone", "order")


def establish(
    code: str,
    *,
    kind: OrganKind,
    full_name: str,
    region_code: str,
    on: date,
    by: Actor,
    at: datetime,
    short_name: str = "",
    county: Organ | None = None,
    superior: Organ | None = None,
    document_number: str = "",
    **details: Any,
) -> Organ:
    """Set up an organ with its first name, in being from `on`.

    `details` may give credit_code, document_prefix, address, phone, order.
    `county` is needed for all but the county government; dispatched and
    internal bodies need the `superior` whose return covers them.

    Raises:
        BadCode, BadName, BadPlace: the field at fault and the remedy, in Chinese.
    """
    full_name, short_name = full_name.strip(), short_name.strip() or full_name.strip()
    check_code(code)
    check_region(region_code)
    check_name(full_name, short_name)
    check_place(kind, county, superior, on)
    if unknown := sorted(set(details) - set(_DETAILS)):
        raise TypeError(f"establish() got unexpected details {unknown}")
    details["credit_code"] = check_credit_code(details.get("credit_code", ""))
    with transaction.atomic():
        check_name_is_free(full_name, county, on)
        check_code_is_free(code)
        organ = Organ.objects.create(
            code=code,
            kind=kind,
            name=full_name,
            short_name=short_name,
            county=county,
            superior=superior,
            region_code=region_code,
            valid_from=on,
            **details,
        )
        _name_from(organ, on)
        _record("orgs.establish", organ, by, at, after=_portrait(organ), reason=document_number)
    return organ


def amend(organ: Organ, *, by: Actor, at: datetime, reason: str = "", **changes: Any) -> Organ:
    """Change what has no dates of its own: address, phone, codes, order, superior.

    Raises:
        BadCode, BadPlace: the field at fault and the remedy, in Chinese.
    """
    if unknown := sorted(set(changes) - {*_DETAILS, "superior"}):
        raise TypeError(f"amend() got unexpected changes {unknown}")
    if "region_code" in changes:
        check_region(changes["region_code"])
    if "credit_code" in changes:
        changes["credit_code"] = check_credit_code(changes["credit_code"])
    with transaction.atomic():
        organ = _locked(organ)
        if "superior" in changes:
            check_superior(OrganKind(organ.kind), changes["superior"], organ)
        before = {name: getattr(organ, name) for name in changes}
        changed = {name: value for name, value in changes.items() if before[name] != value}
        if not changed:
            return organ
        for name, value in changed.items():
            setattr(organ, name, value)
        organ.save(update_fields=list(changed))
        _record(
            "orgs.amend",
            organ,
            by,
            at,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
            reason=reason,
        )
    return organ


def rename(
    organ: Organ,
    *,
    full_name: str,
    on: date,
    by: Actor,
    at: datetime,
    short_name: str = "",
    document_number: str = "",
) -> OrganName:
    """Give `organ` a new name from `on`; it bore the old one up to the day before.

    Raises:
        BadName, BadDay: the field at fault and the remedy, in Chinese.
    """
    full_name, short_name = full_name.strip(), short_name.strip() or full_name.strip()
    check_name(full_name, short_name)
    with transaction.atomic():
        organ = _locked(organ)
        last = organ.names.order_by("-valid_from").first()
        began = last.valid_from if last else organ.valid_from
        if on <= began:
            raise BadDay(f"启用日期须晚于现用名称的启用日期（{began}）", field="on")
        if organ.valid_to is not None and on >= organ.valid_to:
            raise BadDay(f"该机构已于 {organ.valid_to} 撤销，不能自 {on} 起更名", field="on")
        if full_name == organ.name:
            raise BadName("新名称与现用名称相同，请核对", field="full_name")
        check_name_is_free(full_name, organ.county, on)
        before = {"full_name": organ.name, "short_name": organ.short_name}
        organ.names.filter(valid_from=began).update(valid_to=on)
        organ.name, organ.short_name = full_name, short_name
        organ.save(update_fields=["name", "short_name"])
        name = _name_from(organ, on)
        after = {"full_name": full_name, "short_name": short_name, "valid_from": on}
        _record("orgs.rename", organ, by, at, before=before, after=after, reason=document_number)
    return name


def abolish(organ: Organ, *, on: date, by: Actor, at: datetime, document_number: str = "") -> Organ:
    """End `organ` with effect from `on`: its name and its posts end that day, its records stay.

    Raises:
        BadDay: abolished already, or before it was set up.
        BadPlace: bodies under it would be left without a superior.
    """
    with transaction.atomic():
        organ = _locked(organ)
        if organ.valid_to is not None:
            raise BadDay(f"该机构已于 {organ.valid_to} 撤销，不能再次撤销", field="on")
        last = organ.names.order_by("-valid_from").first()
        began = max(organ.valid_from, last.valid_from if last else organ.valid_from)
        if on <= began:
            raise BadDay(f"撤销日期须晚于设立和最近一次更名的日期（{began}）", field="on")
        check_nothing_hangs_on(organ, on)
        organ.valid_to = on
        organ.save(update_fields=["valid_to"])
        organ.names.filter(valid_to__isnull=True).update(valid_to=on)
        ended = end_posts_of(organ, on=on, at=at)
        _record(
            "orgs.abolish",
            organ,
            by,
            at,
            before={"valid_to": None},
            after={"valid_to": on, "posts_ended": ended},
            reason=document_number,
        )
    return organ


def succeed(
    predecessor: Organ,
    successor: Organ,
    *,
    on: date,
    by: Actor,
    at: datetime,
    document_number: str = "",
) -> Succession:
    """Record that `successor` took over the duties of `predecessor` on `on`.

    From then on the successor's staff see the predecessor's records.

    Raises:
        BadPlace: the same organ, another county, known already, or a circle.
        BadDay: the successor did not exist on that day.
    """
    with transaction.atomic():
        predecessor, successor = _locked(predecessor), _locked(successor)
        if predecessor.county_id != successor.county_id:
            raise BadPlace("承接机构须与原机构同属一县", field="successor")
        if on < successor.valid_from or (successor.valid_to and on >= successor.valid_to):
            raise BadDay(f"承接机构在 {on} 不存在，请核对生效日期", field="on")
        if predecessor.pk in heirs_of(successor):
            raise BadPlace("承接关系首尾相接成环，请核对承接机构", field="successor")
        if Succession.objects.filter(predecessor=predecessor, successor=successor).exists():
            raise BadPlace("该承接关系已登记", field="successor")
        succession = Succession.objects.create(
            predecessor=predecessor,
            successor=successor,
            effective_on=on,
            document_number=document_number,
        )
        after = {"successor": successor.code, "effective_on": on}
        _record("orgs.succeed", predecessor, by, at, after=after, reason=document_number)
    return succession


def _locked(organ: Organ) -> Organ:
    return Organ.objects.select_for_update(of=("self",)).get(pk=organ.pk)


def _name_from(organ: Organ, on: date) -> OrganName:
    """Write down that `organ` bears its present name from `on`, to its own end if that is set."""
    return OrganName.objects.create(
        organ=organ,
        full_name=organ.name,
        short_name=organ.short_name,
        valid_from=on,
        valid_to=organ.valid_to,
    )


def _record(verb: str, organ: Organ, by: Actor, at: datetime, **told: Any) -> None:
    """Log a verb about `organ` in its own chain."""
    target = f"orgs:{organ.pk}"
    record(verb, target, chain=organ.code, by=by, at=at, label=organ.name, **told)


def _portrait(organ: Organ) -> dict[str, Any]:
    """Return what the log keeps of a new organ."""
    kept = ("kind", "short_name", "county", "superior", "valid_from", *_DETAILS)
    return {"full_name": organ.name} | {name: _plain(getattr(organ, name)) for name in kept}


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Organ) else value
