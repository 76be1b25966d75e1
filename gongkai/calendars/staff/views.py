"""The calendar's page, a new notice (read, shown old against new, then entered), a closure."""

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.calendars.actions import CalendarRefused, enter_closure, enter_notice
from gongkai.calendars.queries import (
    closures_listed,
    missing_year,
    notices_listed,
    preview,
    workday_calendar,
)
from gongkai.calendars.rules import Days, problems_of
from gongkai.calendars.staff.forms import ClosureForm, NoticeForm

RIGHT = "calendars.add_holidaynotice"
_SALT = "calendars.notice"
_AN_HOUR = 3600


class Page(WagtailAdminTemplateMixin):
    """A page of the staff site under its home."""

    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """End the path with this page, whose name the header shows."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]


class CalendarView(Page, TemplateView):
    """The notices in force; every official may look."""

    template_name = "calendars/index.html"
    page_title = "工作日历"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add notices, closures, what is missing."""
        return super().get_context_data(
            notices=notices_listed(),
            closures=closures_listed(),
            missing=missing_year(timezone.localdate()),
            may_enter=self.request.user.has_perm(RIGHT),
            **kwargs,
        )


class EntryMixin(Page):
    """Lets in those who may enter notices."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away everybody else."""
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Let what is missing be named by its field."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”"
        return form

    def refuse(self, form: forms.Form, field: str, message: str) -> HttpResponse:
        """Show the form again with what was refused beside its field."""
        form.add_error(field if field in form.fields else None, message)
        return self.form_invalid(form)


class EnterNoticeView(EntryMixin, FormView):
    """Read a notice and show what it would change; nothing is entered yet."""

    form_class = NoticeForm
    template_name = "calendars/notice_form.html"
    page_title = "录入放假通知"

    def get_initial(self) -> dict[str, Any]:
        """Offer the year that is missing."""
        missing = missing_year(timezone.localdate())
        year = missing.year if missing else timezone.localdate().year
        return {"year": year, "title": f"国务院办公厅关于{year}年部分节假日安排的通知"}

    def form_valid(self, form: NoticeForm) -> HttpResponse:
        """Show old against new, with the values sealed for the next step."""
        values = form.cleaned_data
        days: Days = values["days"]
        about = (values["year"], values["document_number"], values["issued_on"], days)
        problems = problems_of(*about, workday_calendar())
        for problem in problems:
            if not problem.is_doubt:
                return self.refuse(form, problem.field, problem.message)
        sealed = {
            "year": values["year"],
            "title": values["title"],
            "document_number": values["document_number"],
            "issued_on": values["issued_on"].isoformat(),
            "off_days": [day.isoformat() for day in sorted(days.off)],
            "shifted_workdays": [day.isoformat() for day in sorted(days.work)],
        }
        context = self.get_context_data(
            form=form,
            values=values,
            days=days,
            changes=preview(*about),
            doubts=problems,
            sealed=signing.dumps(sealed, salt=_SALT, compress=True),
        )
        self.template_name = "calendars/notice_preview.html"
        return self.render_to_response(context)


class ConfirmNoticeView(EntryMixin, TemplateView):
    """Enter what was shown."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Call the verb with the sealed values."""
        try:
            sealed = signing.loads(request.POST.get("sealed", ""), salt=_SALT, max_age=_AN_HOUR)
        except signing.BadSignature:
            messages.error(request, "页面已过期，请重新填写后再确认。")
            return redirect("calendars:enter_notice")
        try:
            enter_notice(
                sealed["year"],
                title=sealed["title"],
                document_number=sealed["document_number"],
                issued_on=date.fromisoformat(sealed["issued_on"]),
                off_days=[date.fromisoformat(day) for day in sealed["off_days"]],
                shifted_workdays=[date.fromisoformat(day) for day in sealed["shifted_workdays"]],
                by=request.user.actor(),
                at=timezone.now(),
            )
        except CalendarRefused as error:
            messages.error(request, f"未录入：{error}")
            return redirect("calendars:enter_notice")
        messages.success(request, "放假通知已录入；未办结事项的期限将随即重新计算。")
        return redirect("calendars:index")


class EnterClosureView(EntryMixin, FormView):
    """Enter a day on which the organs were closed."""

    form_class = ClosureForm
    template_name = "calendars/closure_form.html"
    page_title = "录入临时停止办公"

    def form_valid(self, form: ClosureForm) -> HttpResponse:
        """Call the verb."""
        values = form.cleaned_data
        try:
            enter_closure(
                values.pop("day"), by=self.request.user.actor(), at=timezone.now(), **values
            )
        except CalendarRefused as error:
            return self.refuse(form, error.field, str(error))
        messages.success(self.request, "临时停止办公已录入；未办结事项的期限将随即重新计算。")
        return redirect(reverse("calendars:index"))
