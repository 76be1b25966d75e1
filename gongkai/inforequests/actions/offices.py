"""What an organ says of the office that takes its requests in (Art. 4, 12(2))."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.models import AcceptingOffice
from gongkai.orgs.models import Organ

# Figures, hyphens and words such as 转 and （窗口）; a control character is never a phone.
_PHONE = re.compile(r"[0-9+\-()（）转、，, ]{3,60}")
_POSTCODE = re.compile(r"\d{6}")
_MOST_ALARMS = 10


@dataclass(frozen=True, slots=True)
class OfficeDetails:
    """The accepting office as the guide shows it; see `models.AcceptingOffice`."""

    name: str
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    online: bool = True
    supervision_phone: str = ""
    note: str = ""
    alarm_emails: tuple[str, ...] = ()
    alarm_phones: tuple[str, ...] = ()


def set_office(organ: Organ, *, told: OfficeDetails, by: Actor, at: datetime) -> AcceptingOffice:
    """Set what the guide says of the office of `organ`; the first time opens it for requests.

    Raises:
        BadAct: a field is missing or wrong; nothing has been written.
    """
    told = _checked(told)
    values: dict[str, Any] = asdict(told)
    values["alarm_emails"], values["alarm_phones"] = [*told.alarm_emails], [*told.alarm_phones]
    with transaction.atomic():
        Organ.objects.select_for_update(of=("self",)).get(pk=organ.pk)
        kept = AcceptingOffice.objects.filter(organ=organ).first()
        before = {name: getattr(kept, name) for name in values} if kept else {}
        changed = {name: value for name, value in values.items() if before.get(name) != value}
        if kept and not changed:
            return kept
        office, _ = AcceptingOffice.objects.update_or_create(
            organ=organ, defaults={**values, "updated_at": at}
        )
        record(
            "inforequests.set_office",
            f"inforequests.office:{organ.code}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name}{told.name}"[:200],
            before={name: before[name] for name in changed if name in before},
            after=changed,
            protected=["alarm_phones"],
        )
    return office


def _checked(told: OfficeDetails) -> OfficeDetails:
    """Return the details without outer blanks; raises BadAct for the first fault."""
    told = replace(
        told,
        **{name: value.strip() for name, value in asdict(told).items() if isinstance(value, str)},
        alarm_emails=tuple(each.strip() for each in told.alarm_emails if each.strip()),
        alarm_phones=tuple(each.strip() for each in told.alarm_phones if each.strip()),
    )
    if not told.name:
        raise BadAct("请填写“受理机构名称”（第四条、第十二条）", "name")
    _check_lengths(told)
    for name in ("phone", "fax", "supervision_phone"):
        value = getattr(told, name)
        if value and not _PHONE.fullmatch(value):
            raise BadAct(f"“{_label(name)}”只填数字、连字符和分机，请核对", name)
    if told.postcode and not _POSTCODE.fullmatch(told.postcode):
        raise BadAct("“邮政编码”应当是6位数字，请核对", "postcode")
    if told.email:
        _check_email(told.email, "email", "电子邮箱")
    _check_alarms(told)
    return told


def _check_lengths(told: OfficeDetails) -> None:
    for name, value in asdict(told).items():
        if not isinstance(value, str):
            continue
        lines = "\r\n\t" if name == "note" else ""
        if any(ord(each) < 32 and each not in lines for each in value):
            raise BadAct(f"“{_label(name)}”含有无法保存的字符，请重新输入", name)
        most = AcceptingOffice._meta.get_field(name).max_length
        if most and len(value) > most:
            raise BadAct(f"“{_label(name)}”不能超过{most}字，请删减", name)


def _check_alarms(told: OfficeDetails) -> None:
    for name in ("alarm_emails", "alarm_phones"):
        if len(getattr(told, name)) > _MOST_ALARMS:
            raise BadAct(f"“{_label(name)}”最多{_MOST_ALARMS}个，请删减", name)
    for address in told.alarm_emails:
        _check_email(address, "alarm_emails", "提醒邮箱")
    for phone in told.alarm_phones:
        if not _PHONE.fullmatch(phone):
            raise BadAct("“提醒手机”只填数字，请核对", "alarm_phones")


def _check_email(address: str, field: str, label: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise BadAct(f"“{label}”格式不对，请核对", field) from None


def _label(name: str) -> str:
    return str(AcceptingOffice._meta.get_field(name).verbose_name)
