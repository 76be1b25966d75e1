"""What a requester may ask for over their own data (个人信息保护法 45-47): see, correct, erase."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin import messages

from gongkai.inforequests import actions, queries
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import HANDLERS, HEADS
from gongkai.inforequests.queries.filings import cases_of_filing, orders_of_filing
from gongkai.inforequests.rules.identity import DOCUMENTS
from gongkai.inforequests.rules.requesters import DETAILS, RequesterDetails
from gongkai.inforequests.staff.access import CaseScreen, Person
from gongkai.inforequests.staff.fields import choose_field, line_field, text_field


class DetailsForm(forms.Form):
    """Who asks, put right; the reason is logged, what stood there before only as a digest."""

    why = line_field("更正的理由", 300, help_text="如：申请人来电更正手机号码，已核对身份")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, detail in DETAILS.items():
            self.fields[name] = line_field(detail.label, detail.longest, required=name == "name")
        told = self.initial.get("identity_kind", "")
        kept = [told] if told and told not in DOCUMENTS else []  # as it was typed before the list
        self.fields["identity_kind"] = choose_field(
            "证件名称",
            [("", "没有提供证件"), *((each, each) for each in (*DOCUMENTS, *kept))],
            required=False,
        )
        self.order_fields([*DETAILS, "why"])

    def details(self) -> RequesterDetails:
        """Return who asks."""
        return RequesterDetails(**{name: self.cleaned_data[name] for name in DETAILS})


class EraseForm(forms.Form):
    """Why who asks is erased before its time."""

    why = text_field("清除的理由", 500, rows=3, help_text="如：申请人请求删除，处理目的已经实现")
    sure = forms.BooleanField(
        label="我知道清除后无法恢复",
        error_messages={"required": "清除后无法恢复，请勾选确认"},
    )


class OwnDataView(CaseScreen):
    """What is held of a requester, and what may be done on their asking."""

    template_name = "inforequests/own.html"
    page_title = "申请人的个人信息"

    def open(self, pk: UUID, roles: frozenset[Any]) -> InfoRequest:
        """Return the case, or refuse who does not act in one of `roles` for its organ."""
        self.info_request = self.case(pk)
        if self.info_request.organ_id not in self.person.organs_as(roles):
            raise PermissionDenied
        return self.info_request

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what may be done; nothing of who asks but the masked name."""
        case = self.open(pk, HANDLERS | HEADS)
        return self.show("inforequests/own.html", form=None, case=case)

    def show(self, template: str, **more: Any) -> HttpResponse:
        """Show a screen about the requester; 422 when a form was refused."""
        self.template_name = template
        case, form = self.info_request, more.get("form")
        context = self.get_context_data(
            info_request=case,
            masked=queries.masked_requester(case),
            may_handle=self.person.may_handle(case.organ_id),
            may_erase=case.organ_id in self.person.organs_as(HEADS),
            **more,
        )
        return self.render_to_response(context, status=422 if form and form.errors else 200)


class ExportView(OwnDataView):
    """Hand out what is held of a requester; logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
        """Send the zip as it is packed."""
        case = self.open(pk, HANDLERS)
        response = StreamingHttpResponse(
            actions.export_own_data(case, **self.who), content_type="application/zip"
        )
        response["Content-Disposition"] = f'attachment; filename="{case.number}.zip"'
        response["Cache-Control"] = "no-store"
        response["X-Accel-Buffering"] = "no"
        return response


class CorrectView(OwnDataView):
    """Put right who asks. The form shows who it is: asking for it is logged as a showing."""

    page_title = "更正申请人信息"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form when asked for it; else put right, or show what is wrong."""
        case = self.open(pk, HANDLERS)
        if case.erased_at:
            messages.error(request, "申请人信息已经清除，不能更正。")
            return redirect("rights:own", pk)
        if "name" not in request.POST:
            who = actions.show_requester(case, **self.who)
            initial = {name: getattr(who, name) for name in DETAILS}
            return self.show("inforequests/own_form.html", form=DetailsForm(initial=initial))
        kept = {"identity_kind": queries.requester_for_letters(case).identity_kind}
        form = DetailsForm(request.POST, initial=kept)
        if not form.is_valid():
            return self.show("inforequests/own_form.html", form=form)
        try:
            why = form.cleaned_data["why"]
            actions.correct_requester(case, details=form.details(), why=why, **self.who)
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show("inforequests/own_form.html", form=form)
        messages.success(request, "已更正申请人信息")
        return redirect("inforequests:record", pk)


class EraseView(OwnDataView):
    """Erase who asks before the time of keeping is over: for the heads."""

    page_title = "清除申请人信息"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        self.open(pk, HEADS)
        return self.confirm(EraseForm())

    def confirm(self, form: EraseForm) -> HttpResponse:
        """Show the form with all that would be erased: everything that came of one filing."""
        cases = cases_of_filing(self.info_request)
        return self.show(
            "inforequests/own_form.html",
            form=form,
            grave=True,
            others=[case for case in cases if case != self.info_request and not case.erased_at],
            orders=[order for order in orders_of_filing(cases) if not order.caller_erased],
            sees=self.person.sees,
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Erase, or show what stands against it."""
        case = self.open(pk, HEADS)
        form = EraseForm(request.POST)
        if form.is_valid():
            try:
                erased = actions.erase_filing(case, why=form.cleaned_data["why"], **self.who)
            except RequestError as refused:
                form.add_error(None, str(refused))
            else:
                numbers = "、".join(each.number for each in erased)
                messages.success(request, f"已清除申请人信息，统计数字不变：{numbers}")
                return redirect("inforequests:record", pk)
        return self.confirm(form)


class RightsPanel:
    """A line on the case page that leads to the requester's own data."""

    def __init__(self, info_request: InfoRequest) -> None:
        self.info_request = info_request

    def render_html(self, context: Any = None) -> str:
        """Return the panel."""
        case = self.info_request
        until = f"保管至{case.erase_on:%Y-%m-%d}" if case.erase_on else "归档时确定保管期限"
        if case.erased_at:
            until = f"{timezone.localdate(case.erased_at):%Y-%m-%d}已清除"
        return format_html(
            '<h2>申请人的个人信息</h2><p>{}。<a href="{}">查阅、更正、清除</a></p>',
            until,
            reverse("rights:own", args=[case.pk]),
        )


def add_panel(request: HttpRequest, info_request: InfoRequest, panels: list[Any]) -> None:
    """Add the panel for those who handle the case or head its organ."""
    person = Person(request.user, timezone.now())
    if info_request.organ_id in person.organs_as(HANDLERS | HEADS):
        panels.append(RightsPanel(info_request))


PATTERNS = [
    path("<uuid:pk>/", OwnDataView.as_view(), name="own"),
    path("<uuid:pk>/export/", ExportView.as_view(), name="export"),
    path("<uuid:pk>/correct/", CorrectView.as_view(), name="correct"),
    path("<uuid:pk>/erase/", EraseView.as_view(), name="erase"),
]
