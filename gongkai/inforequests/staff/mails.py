"""One mail to a request mailbox: opened, which is logged, then registered, attached or left."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from wagtail.admin import messages

from gongkai.accounts.models import User
from gongkai.adapters import eml
from gongkai.files import CaseAccess, opens
from gongkai.files.actions import FileRefused
from gongkai.inforequests import actions
from gongkai.inforequests.actions.mail_files import MAIL_ABOUT
from gongkai.inforequests.lifecycle.errors import AlreadyAsked, RequestError
from gongkai.inforequests.models import (
    Carrier,
    Delivery,
    IncomingMail,
    InfoRequest,
    IntakeChannel,
    MailState,
)
from gongkai.inforequests.queries import TAKERS
from gongkai.inforequests.rules.mails import asked_in
from gongkai.inforequests.staff.access import Person, RequestsView
from gongkai.inforequests.staff.fields import choice_field, line_field, text_field
from gongkai.statute.requesters import RequesterKind


class RegisterForm(forms.Form):
    """What is asked and who asks, as a clerk reads it from the mail."""

    name = line_field("姓名或者名称")
    requester_kind = choice_field(
        "申请人类别", RequesterKind, initial=RequesterKind.NATURAL_PERSON.value
    )
    email = line_field("电子邮箱", 254, required=False)
    phone = line_field("联系电话", 50, required=False)
    description = text_field("所需政府信息的名称、文号或者其他特征描述", 10_000, rows=6)
    carrier = choice_field("信息形式", Carrier, initial=Carrier.ELECTRONIC.value)
    delivery = choice_field("获取方式", Delivery, initial=Delivery.EMAIL.value)
    again = forms.BooleanField(
        label="已经核对，不是重复提交，仍然登记",
        required=False,
        help_text="系统提示有相同申请时，核对后才勾选",
    )

    def told(self) -> actions.NewRequest:
        """Return what is asked."""
        told = self.cleaned_data
        return actions.NewRequest(
            channel=IntakeChannel.EMAIL,
            requester_kind=RequesterKind(told["requester_kind"]),
            description=told["description"],
            carrier=Carrier(told["carrier"]),
            delivery=Delivery(told["delivery"]),
            again=told["again"],
        )

    def requester(self) -> actions.RequesterDetails:
        """Return who asks."""
        told = self.cleaned_data
        return actions.RequesterDetails(told["name"], email=told["email"], phone=told["phone"])


class AttachForm(forms.Form):
    """The case that a mail belongs to."""

    number = line_field("申请编号", 40)


class IgnoreForm(forms.Form):
    """Why a mail is no request."""

    why = line_field("无需处理的理由", 200, help_text="如：广告、测试邮件；不写发件人的姓名和内容")


_FORMS = {"register": RegisterForm, "attach": AttachForm, "ignore": IgnoreForm}


class MailView(RequestsView):
    """One mail: what became of it and, while it waits, what may be done with it."""

    template_name = "inforequests/mail.html"
    page_title = "来信邮件"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the mail among those of the organs that the person takes requests in for."""
        taken = self.person.organs_as(TAKERS)
        if not taken:
            raise PermissionDenied
        found = IncomingMail.objects.filter(pk=kwargs["pk"], organ_id__in=taken)
        self.mail = found.select_related("organ", "info_request").first() or _nowhere()
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of mails."""
        return [{"url": reverse_lazy("inforequests:mails"), "label": "来信邮件"}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the mail without its words."""
        return self.show({})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the mail, or do with it what was chosen."""
        what = request.POST.get("do", "")
        if what == "open":
            return self.open()
        if what not in _FORMS:
            raise Http404("没有这项操作。")
        form = _FORMS[what](request.POST, prefix=what)
        if not form.is_valid():
            return self.show({what: form})
        try:
            done = getattr(self, what)(form)
        except AlreadyAsked as asked:
            form.add_error("again", f"{asked}，核对后确需再次登记的，请勾选这一项")
        except (RequestError, FileRefused) as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
        else:
            return done
        return self.show({what: form})

    def open(self) -> HttpResponse:
        """Show what the mail says, logged, with the form filled in from it.

        Once it belongs to a case, it is for those who may see who asks there.
        """
        case = self.mail.info_request
        if case is not None and not self.person.may_show(case):
            raise PermissionDenied
        try:
            told = actions.open_mail(self.mail, **self.who)
        except FileRefused as refused:
            messages.error(self.request, str(refused))
            return self.show({})
        if told is None:
            return self.show({})
        return self.show({"register": RegisterForm(prefix="register", initial=_read(told))}, told)

    def register(self, form: RegisterForm) -> HttpResponse:
        """Register the mail and show its case."""
        case = actions.register_mail(
            self.mail, told=form.told(), requester=form.requester(), **self.who
        )
        messages.success(
            self.request, f"来信已登记，申请编号 {case.number}。请与申请人联系，确认收到之日"
        )
        return redirect("inforequests:record", case.pk)

    def attach(self, form: AttachForm) -> HttpResponse:
        """Put the mail into the case of that number."""
        number = form.cleaned_data["number"].strip()
        own = InfoRequest.objects.filter(organ_id=self.mail.organ_id)
        case = own.filter(number=number).first()
        if case is None:
            form.add_error("number", "本机关没有这个编号的申请，请核对")
            return self.show({"attach": form})
        actions.attach_mail(self.mail, to=case, **self.who)
        messages.success(self.request, f"来信已附入申请 {case.number}")
        return redirect("inforequests:record", case.pk)

    def ignore(self, form: IgnoreForm) -> HttpResponse:
        """Leave the mail."""
        actions.ignore_mail(self.mail, why=form.cleaned_data["why"], **self.who)
        messages.success(self.request, "已登记为无需处理，来信仍然保存")
        return redirect("inforequests:mails")

    def show(
        self, bound: dict[str, forms.Form], told: eml.IncomingMail | None = None
    ) -> HttpResponse:
        """Show the mail and the three forms; 422 when one was refused."""
        waits = self.mail.state == MailState.ASIDE
        forms_ = {name: bound.get(name) or form(prefix=name) for name, form in _FORMS.items()}
        chosen = next((name for name, form in bound.items() if form.errors), "register")
        context = self.get_context_data(
            mail=self.mail, told=told, waits=waits, chosen=chosen, forms=forms_
        )
        refused = any(form.errors for form in bound.values())
        return self.render_to_response(context, status=422 if refused else 200)


def _read(told: eml.IncomingMail) -> dict[str, str]:
    """Return what of a mail goes into the form."""
    asked = asked_in(told.subject, told.text, len(told.attachments))
    return {
        "name": told.from_name,
        "email": told.from_address,
        "phone": asked.phone if asked else "",
        "description": asked.description if asked else "",
    }


def _nowhere() -> IncomingMail:
    raise Http404("没有这封来信，或者您无权查看。")


@opens(MAIL_ABOUT)
def file_of_mail(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the original of a mail that has no case: read it."""
    person = Person(user, now)
    key = about.partition(":")[2]
    taken = person.organs_as(TAKERS)
    if not taken or not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    mail = IncomingMail.objects.filter(pk=int(key), organ_id__in=taken).first()
    if mail is None:
        return None
    return CaseAccess(
        organ_id=mail.organ_id,
        label="来信邮件",
        address=reverse("inforequests:mail", args=[mail.pk]),
        post=person.actor.post,
    )
