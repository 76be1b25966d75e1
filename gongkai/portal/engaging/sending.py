"""What both public forms share: who may still send, the proof of work, one tally a door."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from gongkai.audit import Actor
from gongkai.engagement.actions import EngagementError
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.forms import OnceForm
from gongkai.portal.requests import doors

PUBLIC = Actor(account="portal", name="公众", post="网上提交")
TOO_OFTEN = "您在一小时内提交的次数过多，请稍后再试，或者打电话告诉我们。"


def let_in(request: HttpRequest, form: OnceForm, door: str, now: datetime) -> bool:
    """Note that a form is sent and say whether its sender may still send one this hour."""
    words = "\n".join(
        (form.key, *(str(form.cleaned_data.get(name, "")) for name in sorted(form.fields)))
    )
    holder = salted_hmac("gongkai.portal.engaging", words, algorithm="sha256").hexdigest()[:40]
    proof = request.POST.get("altcha", "")
    proved = bool(form.key) and doors.has_proved_work(proof, holder=holder, now=now)
    return doors.may_submit(request, proved=proved, now=now, door=door)


def tell(form: OnceForm, refused: EngagementError) -> None:
    """Put what a verb refused beside the field at fault, or on top."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def shown(request: HttpRequest, name: str, *, status: int = 200, **told: object) -> HttpResponse:
    """Return a page of this part of the site."""
    context = {"county": county_of(request), **told}
    response = render(request, f"portal/engaging/{name}.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "3600"
    return response
