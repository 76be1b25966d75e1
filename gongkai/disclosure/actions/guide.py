"""Verbs on what an organ says of itself: change the page, confirm the guide.

Serves Art. 12: guide and catalogue are kept current; confirming says on which day somebody read
the guide through and found it right.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.utils import timezone

from gongkai.adapters.richtext import Unreadable, clean
from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import OrganPage
from gongkai.disclosure.queries.guide import guide_of
from gongkai.disclosure.rules import EntryRefused, Fault, NotAllowedNow
from gongkai.orgs.models import Organ

HTML = ("duties", "internal_bodies", "guide_text", "system_text")
PLAIN = (
    *("head", "hours", "ogi_body", "ogi_address", "ogi_phone", "ogi_fax", "ogi_email"),
    "postcode",
)
_LONGEST_HTML = 200_000


@transaction.atomic
def change_organ_page(
    organ: Organ, *, by: Actor, at: datetime, slug: str = "", **texts: str
) -> OrganPage:
    """Change what an organ says of itself; the slug is told once and never changes.

    `texts` are any of duties, internal_bodies, guide_text, system_text (HTML, cleaned here),
    head, hours, ogi_body, ogi_address, ogi_phone, ogi_fax, ogi_email, postcode.

    Raises:
        EntryRefused: a text is malformed or too long, or the slug is taken or would change.
    """
    if unknown := sorted(set(texts) - {*HTML, *PLAIN}):
        raise TypeError(f"change_organ_page() got unexpected texts {unknown}")
    told = {name: _clean(name, text) for name, text in texts.items()}
    held = Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)
    page = OrganPage.objects.filter(organ=held).first()
    begun = page is not None
    page = page or OrganPage(organ=held, slug=slug.strip() or held.code)
    faults = [*_slug_faults(page, slug.strip(), begun), *_text_faults(told)]
    if faults:
        raise EntryRefused(*faults)
    before = {name: getattr(page, name) for name in told}
    changed = {name: text for name, text in told.items() if before[name] != text}
    if begun and not changed:
        return page
    for name, text in changed.items():
        setattr(page, name, text)
    page.changed_at = at
    page.save()
    _log(
        "change_organ_page",
        page,
        held,
        by,
        at,
        before={name: before[name] for name in changed} if begun else {},
        after=changed if begun else {"slug": page.slug, **changed},
    )
    return page


@transaction.atomic
def confirm_guide(organ: Organ, *, by: Actor, at: datetime) -> OrganPage:
    """Put down that somebody has read the guide through today and found it right.

    Raises:
        NotAllowedNow: parts that Art. 12 asks for are missing.
    """
    held = Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)
    today = timezone.localdate(at)
    missing = guide_of(held, today).missing
    page = OrganPage.objects.filter(organ=held).first()
    if missing or page is None:
        raise NotAllowedNow(f"公开指南缺少{'、'.join(missing)}（条例第十二条），请先补充再确认")
    before: date | None = page.reviewed_on
    page.reviewed_on = today
    page.save(update_fields=["reviewed_on"])
    _log(
        "confirm_guide",
        page,
        held,
        by,
        at,
        before={"reviewed_on": before},
        after={"reviewed_on": today},
    )
    return page


def _clean(name: str, text: str) -> str:
    if name not in HTML:
        return text.strip()
    try:
        return clean(text).html
    except Unreadable as unreadable:
        raise EntryRefused(Fault(name, str(unreadable))) from None


def _slug_faults(page: OrganPage, slug: str, begun: bool) -> list[Fault]:
    if begun and slug and slug != page.slug:
        return [Fault("slug", f"地址名“{page.slug}”已对外公布，不能更改")]
    if begun:
        return []
    if not _valid(validate_slug, page.slug) or len(page.slug) > 40:
        return [Fault("slug", "地址名只能用字母、数字和连字符，不超过40个字符")]
    if OrganPage.objects.filter(slug=page.slug).exists():
        return [Fault("slug", f"地址名“{page.slug}”已被其他机关使用，请换一个")]
    return []


def _text_faults(told: Mapping[str, str]) -> list[Fault]:
    faults = []
    for name, text in told.items():
        field = OrganPage._meta.get_field(name)
        most = getattr(field, "max_length", None) or _LONGEST_HTML
        if len(text) > most:
            faults.append(Fault(name, f"“{field.verbose_name}”超过{most}个字，请精简"))
    email = told.get("ogi_email", "")
    if email and not _valid(validate_email, email):
        faults.append(Fault("ogi_email", "电子邮箱格式不对，请核对"))
    postcode = told.get("postcode", "")
    if postcode and not (len(postcode) == 6 and postcode.isascii() and postcode.isdecimal()):
        faults.append(Fault("postcode", "邮政编码是6位数字，请核对"))
    return faults


def _valid(check: Callable[[str], None], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True


def _log(verb: str, page: OrganPage, organ: Organ, by: Actor, at: datetime, **told: Any) -> None:
    audit.record(
        f"disclosure.{verb}",
        f"disclosure:organ_page:{page.pk}",
        chain=organ.code,
        by=by,
        at=at,
        label=organ.short_name,
        **told,
    )
