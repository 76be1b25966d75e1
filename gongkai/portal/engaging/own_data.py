"""One's own personal data of a message or a matter told to the hotline, by number and code.

To read and take away, to put right, to have erased (个人信息保护法 44 to 47). By POST only, tries
are counted, a wrong number looks like a wrong code. Requests for information are not answered here:
for those the office checks who asks (`inforequests.staff.rights`).
"""

import json
import re
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.adapters.zip_stream import zipped
from gongkai.audit import Actor
from gongkai.engagement import actions as engagement
from gongkai.engagement.models import Message
from gongkai.engagement.queries import message_by_code
from gongkai.hotline import actions as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import order_by_code
from gongkai.inforequests.actions import attempts
from gongkai.orgs.models import Organ
from gongkai.portal.columns import MESSAGES
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.errors import TRIED_TOO_OFTEN, WRONG
from gongkai.portal.engaging.forms import FollowErrorForm
from gongkai.portal.engaging.sending import shown
from gongkai.portal.requests import doors
from gongkai.portal.requests.fields import choice_field, line_field

HIMSELF = Actor(account="portal", name="本人", post="凭编号和查询码")
WHY = "本人要求"
SEE, CORRECT, FORGET = "see", "correct", "forget"
_WANTS = [
    (SEE, "查阅并下载我的信息"),
    (CORRECT, "更正我的姓名和联系方式"),
    (FORGET, "删除我的姓名和联系方式"),
]
_QUERY = "own-data-query"
_NUMBER = re.compile(r"(?:LY|RX)\d{4}-\d{1,8}", re.ASCII)


class OwnDataForm(FollowErrorForm):
    """Number and code, what is wanted, and the right name and contact."""

    number = line_field(
        "编号", 40, help_text="如 LY2026-0001、RX2026-0001", attributes={"autocomplete": "off"}
    )
    want = choice_field("办理事项", _WANTS)
    name = line_field("更正后的姓名", 50, help_text="更正时填写，可以不填")
    contact = line_field("更正后的联系方式", 100, help_text="更正时填写")

    def clean(self) -> dict[str, Any]:
        """What is wanted must be said, too."""
        told = super().clean()
        if not told.get("want") and "want" not in self.errors:
            self.add_error("want", "请选择“办理事项”")
        return told


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Show the form; with a right number and code do what is wanted."""
    if request.method != "POST":
        initial = {"number": request.GET.get("bh", "")[:40], "want": SEE}
        return _page(request, OwnDataForm(initial=initial))
    form = OwnDataForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    number = form.cleaned_data["number"].strip().upper()
    now = timezone.now()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door(_QUERY, doors.client_of(request), about=about, at=now)
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TRIED_TOO_OFTEN)
        return _page(request, form, status=429)
    found = _found(county_of(request), number, form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
        return _page(request, form, status=422)
    attempts.pass_door(tally)
    return _done(request, form, found, now)


def _found(county: Organ, number: str, code: str) -> Message | WorkOrder | None:
    if number.startswith("LY"):
        return message_by_code(county.pk, number, code)
    return order_by_code(county, number, code)


def _done(
    request: HttpRequest, form: forms.Form, found: Message | WorkOrder, now: datetime
) -> HttpResponseBase:
    told = form.cleaned_data
    try:
        if told["want"] == SEE:
            return _package(found, now)
        if told["want"] == CORRECT:
            _correct(found, told["name"], told["contact"], now)
        else:
            _forget(found, now)
    except (engagement.EngagementError, hotline.HotlineError) as refused:
        field = "contact" if getattr(refused, "field", "") else None
        form.add_error(field, str(refused))
        return _page(request, form, status=422)
    return shown(request, "own_data_done", column=MESSAGES, number=found.number, want=told["want"])


def _correct(found: Message | WorkOrder, name: str, contact: str, now: datetime) -> None:
    who: dict[str, Any] = {"by": HIMSELF, "at": now}
    if isinstance(found, Message):
        engagement.correct_asker(found, asker=name, contact=contact, **who)
    else:
        hotline.correct_caller(found, name=name, phone=contact, **who)


def _forget(found: Message | WorkOrder, now: datetime) -> None:
    who: dict[str, Any] = {"why": WHY, "by": HIMSELF, "at": now}
    if isinstance(found, Message):
        engagement.forget_asker(found, **who)
    else:
        hotline.forget_caller(found, **who)


def _package(found: Message | WorkOrder, now: datetime) -> HttpResponse:
    who: dict[str, Any] = {"by": HIMSELF, "at": now}
    if isinstance(found, Message):
        held = engagement.export_own_message(found, **who)
    else:
        held = hotline.export_own_order(found, **who)
    page = {
        "steps": held["办理记录"],
        "rows": [row for row in held.items() if row[0] != "办理记录"],
    }
    entries = [
        ("个人信息.html", render_to_string("portal/engaging/own_data_file.html", page).encode()),
        ("个人信息.json", json.dumps(held, ensure_ascii=False, indent=2).encode()),
    ]
    content = b"".join(zipped(entries, timezone.localtime(now)))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.zip"'
    return response


def _page(request: HttpRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
    return shown(request, "own_data", status=status, column=MESSAGES, form=form)
