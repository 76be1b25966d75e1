"""The screens of turning over: one form each, what was typed stays when either side refuses.

Who turns an order over must handle orders of its organ; who turns a request over must handle
its organ's requests. The other chapter takes what it is handed.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.desk import actions
from gongkai.desk.turnover.forms import (
    OrderToRequestForm,
    ReferToPetitionForm,
    RequestToOrderForm,
)
from gongkai.hotline import queries as hotline
from gongkai.hotline.actions import HotlineError, OrderKind
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.actions import RequestError
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.queries import HANDLERS, TAKERS, VIEWERS
from gongkai.orgs.queries import Official


class TurnOverView(WagtailAdminTemplateMixin, View):
    """A form that hands a record of one chapter to another."""

    template_name = "desk/turn_over.html"
    header_icon = "redirect"
    intro = ""

    def show(
        self, form: forms.Form, facts: Mapping[str, str], back: str, **more: Any
    ) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            form=form, facts=facts.items(), back=back, intro=self.intro, **more
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
        return [home, {"url": "", "label": self.get_page_title()}]


class OrderToRequestView(TurnOverView):
    """A caller wants government information: the order becomes a request."""

    page_title = "转为政府信息公开申请"
    intro = (
        "须通过政府信息公开程序解决的事项，热线不直接办理（国办发〔2020〕53号）。"
        "提交后工单转出，同时登记为待确认收到的政府信息公开申请，两边互相可查。"
    )

    @cached_property
    def person(self) -> Official:
        """The signed-in person, as who handles orders."""
        return Official(self.request.user, timezone.now(), hotline.RECORDERS, hotline.VIEWERS)

    def order(self, pk: UUID) -> WorkOrder:
        """Return the order; 404 unseen, refused when only seen."""
        found = hotline.find_order(pk, list(self.person.sees.values_list("pk", flat=True)))
        if found is None:
            raise Http404("没有这件工单，或者您无权查看。")
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with the order's words in it, or why it cannot be turned over."""
        order = self.order(pk)
        if why := hotline.why_not_turned_over(order):
            messages.error(request, why)
            return redirect("hotline:record", order.pk)
        return self.show_form(order, OrderToRequestForm.of(order))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Turn the order over and show the request's number and code, this once."""
        order = self.order(pk)
        form = OrderToRequestForm(request.POST)
        form.show_caller(order)
        if not form.is_valid():
            return self.show_form(order, form)
        try:
            info_request = actions.order_to_request(
                order,
                told=form.told(),
                requester=form.requester(),
                reason=form.cleaned_data["reason"],
                by=self.person.actor,
                at=self.person.now,
            )
        except (HotlineError, RequestError) as refused:
            return self.show_form(order, blame(form, refused))
        return self.show_receipt(order, info_request)

    def show_form(self, order: WorkOrder, form: forms.Form) -> HttpResponse:
        """Show the form under the order's facts."""
        facts = {
            "工单编号": order.number,
            "事由": order.subject,
            "诉求人": f"{order.caller_masked} {order.phone_masked}",
            "受理机关": order.organ.name,
        }
        back = reverse("hotline:record", args=[order.pk])
        return self.show(form, facts, back, to_order=True)

    def show_receipt(self, order: WorkOrder, info_request: InfoRequest) -> HttpResponse:
        """Show what the caller is told, and what is still to be done."""
        self.template_name = "desk/turned_over.html"
        self.page_title = f"已登记 {info_request.number}"
        takes = Official(self.request.user, self.person.now, TAKERS, VIEWERS)
        context = self.get_context_data(
            order=order,
            info_request=info_request,
            oral=info_request.channel == IntakeChannel.ORAL,
            takes=takes.may_act_for(info_request.organ_id),
        )
        return self.render_to_response(context)


class RequestView(TurnOverView):
    """A screen on a request: found, seen and handled by this person."""

    @cached_property
    def person(self) -> Official:
        """The signed-in person, as who handles requests."""
        return Official(self.request.user, timezone.now(), HANDLERS, VIEWERS)

    def info_request(self, pk: UUID) -> InfoRequest:
        """Return the request; 404 unseen, refused when only seen."""
        seen = InfoRequest.objects.filter(organ__in=self.person.sees.values("pk"))
        found = seen.select_related("organ").filter(pk=pk).first()
        if found is None:
            raise Http404("没有这件申请，或者您无权查看。")
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found

    def show_form(self, info_request: InfoRequest, form: forms.Form) -> HttpResponse:
        """Show the form under the request's facts."""
        facts = {
            "申请编号": info_request.number,
            "申请内容": info_request.description[:200],
            "状态": info_request.get_state_display(),
            "受理机关": info_request.organ.name,
        }
        return self.show(form, facts, reverse("inforequests:record", args=[info_request.pk]))


class RequestToOrderView(RequestView):
    """A complaint filed as a request: answered, and passed on to the hotline."""

    page_title = "转为热线工单"
    intro = (
        "以政府信息公开申请的形式提出的投诉、举报等，答复申请人以后可以转热线办理"
        "（第三十九条第一款）。申请的办理结果不变；申请内容和申请人信息转入工单。"
    )

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the empty form."""
        return self.show_form(self.info_request(pk), RequestToOrderForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make the order, or show the form again with what stands against it."""
        info_request = self.info_request(pk)
        form = RequestToOrderForm(request.POST)
        if not form.is_valid():
            return self.show_form(info_request, form)
        try:
            order = actions.request_to_order(
                info_request,
                kind=OrderKind(form.cleaned_data["kind"]),
                reason=form.cleaned_data["reason"],
                by=self.person.actor,
                at=self.person.now,
            )
        except (HotlineError, RequestError) as refused:
            return self.show_form(info_request, blame(form, refused))
        messages.success(request, f"已转为热线工单{order.number}")
        return redirect("inforequests:record", info_request.pk)


class ReferToPetitionView(RequestView):
    """A petition filed as a request: answered, and pointed to the petition office."""

    page_title = "转送信访机构"
    intro = "信访类事项答复申请人以后，登记告知或者转送的信访机构（第三十九条第一款）。"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the empty form."""
        form = ReferToPetitionForm(initial={"on": self.person.today})
        return self.show_form(self.info_request(pk), form)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Record the referral, or show the form again with what stands against it."""
        info_request = self.info_request(pk)
        form = ReferToPetitionForm(request.POST)
        if not form.is_valid():
            return self.show_form(info_request, form)
        try:
            actions.refer_to_petition(
                info_request, **form.cleaned_data, by=self.person.actor, at=self.person.now
            )
        except RequestError as refused:
            return self.show_form(info_request, blame(form, refused))
        messages.success(request, "已登记转送信访机构")
        return redirect("inforequests:record", info_request.pk)


def blame(form: forms.Form, refused: HotlineError | RequestError) -> forms.Form:
    """Return the form with the refusal at the field it names."""
    field = getattr(refused, "field", "")
    form.add_error(field if field in form.fields else None, str(refused))
    return form
