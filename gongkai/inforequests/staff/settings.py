"""Screens of settings: the office that takes requests in, whom alarms reach (Art. 4, 12)."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from gongkai.inforequests.actions.offices import OfficeDetails, set_office
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import AcceptingOffice
from gongkai.inforequests.queries import HANDLERS
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.fields import line_field, text_field
from gongkai.orgs.models import Organ


class OfficeForm(forms.Form):
    """What the guide says of the office, and who hears of alarms."""

    name = line_field("受理机构名称", 100)
    address = line_field("办公地址", required=False)
    postcode = line_field("邮政编码", 10, required=False)
    hours = line_field("办公时间", required=False)
    phone = line_field("联系电话", 60, required=False)
    fax = line_field("传真号码", 60, required=False)
    email = line_field("电子邮箱", 254, required=False)
    online = forms.BooleanField(
        label="接受在线申请", required=False, help_text="不勾选的，公众端不能向本机关在线提交"
    )
    supervision_phone = line_field("监督电话", 60, required=False)
    note = text_field("补充说明", required=False, rows=3)
    alarm_emails = text_field(
        "提醒邮箱（一行一个）",
        2000,
        required=False,
        rows=3,
        help_text="网络、电子邮件、传真申请没有及时确认的，除本机关的任职人员外还提醒这些邮箱；至少保证两人收到",
    )
    alarm_phones = text_field("提醒手机（一行一个）", 500, required=False, rows=3)

    def told(self) -> OfficeDetails:
        """Return the details as the verb takes them."""
        told = dict(self.cleaned_data)
        for name in ("alarm_emails", "alarm_phones"):
            told[name] = tuple(line.strip() for line in told[name].splitlines() if line.strip())
        return OfficeDetails(**told)


class OfficesView(RequestsView):
    """The organs whose requests the person handles, and what is set for each."""

    template_name = "inforequests/offices.html"
    page_title = "受理机构"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the organs with their offices."""
        ids = self.person.organs_as(HANDLERS)
        if not ids:
            raise PermissionDenied
        offices = {office.pk: office for office in AcceptingOffice.objects.filter(pk__in=ids)}
        today = self.person.today
        organs = Organ.objects.filter(pk__in=ids).exclude(valid_to__lte=today)
        rows = [(organ, offices.get(organ.pk)) for organ in organs.order_by("order", "code")]
        return self.render_to_response(self.get_context_data(rows=rows))


class OfficeView(RequestsView):
    """The form of one organ's office."""

    template_name = "inforequests/office.html"

    def prepare(self, pk: int) -> AcceptingOffice | None:
        """Find the organ and refuse whose posts do not handle its requests."""
        self.organ = get_object_or_404(Organ, pk=pk, pk__in=self.person.sees)
        if not self.person.may_handle(self.organ.pk):
            raise PermissionDenied
        self.page_title = f"{self.organ.short_name}的受理机构"
        return AcceptingOffice.objects.filter(pk=pk).first()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form as it is set, or with what the organ's record tells."""
        office = self.prepare(pk)
        organ = self.organ
        initial: dict[str, Any] = {
            "name": f"{organ.short_name}政务公开办公室",
            "address": organ.address,
            "phone": organ.phone,
            "online": True,
        }
        if office:
            initial = {name: getattr(office, name) for name in OfficeForm.base_fields}
            for name in ("alarm_emails", "alarm_phones"):
                initial[name] = "\n".join(initial[name])
        return self.show(OfficeForm(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set the office, or show the form again with what is wrong."""
        self.prepare(pk)
        form = OfficeForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            set_office(self.organ, told=form.told(), **self.who)
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        messages.success(request, f"已保存{self.organ.short_name}的受理机构")
        return redirect("inforequests:offices")

    def show(self, form: OfficeForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(organ=self.organ, form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)
