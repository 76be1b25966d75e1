"""What the county's office sets: dispatch rules, own limits, counts of calls, keys of clients."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.hotline import actions
from gongkai.hotline.deadlines import HOUR_LIMITS, LIMITS, URGENT_ANSWER
from gongkai.hotline.lifecycle import HotlineError, OrderKind
from gongkai.hotline.models import DispatchRule, IntakeClient
from gongkai.hotline.queries.settings import (
    calls_of,
    clients_of,
    handlers_in,
    limits_listed,
    rules_of,
    townships_in,
)
from gongkai.hotline.staff.access import OfficeView
from gongkai.hotline.staff.forms import CallsForm, ClientForm, LimitForm, RuleForm
from gongkai.hotline.staff.views import blame

_STEPS = {"DISPATCH": "派单", "SIGN": "签收", "RETURN": "申请退单"}


class SettingsView(OfficeView):
    """All that is set, each with a way to add to it."""

    template_name = "hotline/settings.html"
    page_title = "热线设置"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is set."""
        county = self.county
        hours = [
            (_STEPS[each.step], each.urgency.label, each.span, each.by_clock)
            for each in HOUR_LIMITS
        ]
        context = self.get_context_data(
            rules=rules_of(county),
            limits=limits_listed(county),
            usual=[(each.kind.label, each.workdays, each.source) for each in LIMITS],
            hours=[
                (step, urgency, _said(span), by_clock) for step, urgency, span, by_clock in hours
            ],
            urgent_hours=int(URGENT_ANSWER.total_seconds() // 3600),
            calls=calls_of(county),
            clients=clients_of(county),
        )
        return self.render_to_response(context)


class _AddView(OfficeView):
    """A form that adds to what is set."""

    template_name = "hotline/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, or show the form again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            done = self.take(form.cleaned_data)
        except HotlineError as refused:
            return self.show(blame(form, refused))
        messages.success(request, done)
        return redirect("hotline:settings")

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, back=reverse("hotline:settings"))
        return self.render_to_response(context, status=422 if form.errors else 200)

    @property
    def who(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.person.actor, "at": self.person.now}

    def form(self, *args: Any) -> forms.Form:
        """Return the form."""
        raise NotImplementedError

    def take(self, told: dict[str, Any]) -> str:
        """Do what is told and say so."""
        raise NotImplementedError


class RuleView(_AddView):
    """Set who handles a category in a township."""

    page_title = "添加派单规则"

    def form(self, *args: Any) -> RuleForm:
        """Return the form with the county's organs."""
        today = self.person.today
        return RuleForm(
            *args,
            townships=townships_in(self.county, today),
            handlers=handlers_in(self.county, today),
        )

    def take(self, told: dict[str, Any]) -> str:
        """Set it."""
        rule = actions.set_rule(self.county, **told, **self.who)
        return f"已登记：{rule}"


class LimitView(_AddView):
    """Enter a county's own limit."""

    page_title = "登记办理时限"

    def form(self, *args: Any) -> LimitForm:
        """Return the form."""
        return LimitForm(*args)

    def take(self, told: dict[str, Any]) -> str:
        """Enter it."""
        actions.set_limit(self.county, **{**told, "kind": OrderKind(told["kind"])}, **self.who)
        return "已登记办理时限"


class CallsView(_AddView):
    """Record the calls of a month."""

    page_title = "登记来电统计"

    def form(self, *args: Any) -> CallsForm:
        """Return the form."""
        return CallsForm(*args)

    def take(self, told: dict[str, Any]) -> str:
        """Record them."""
        actions.count_calls(self.county, **told, **self.who)
        return "已登记来电统计"


class ClientView(_AddView):
    """Open a key for a system that hands orders over; the key is shown this once."""

    page_title = "开通接入密钥"

    def form(self, *args: Any) -> ClientForm:
        """Return the form with the county's organs."""
        return ClientForm(*args, handlers=handlers_in(self.county, self.person.today))

    def take(self, told: dict[str, Any]) -> str:
        """Open it."""
        client, key = actions.open_client(told["organ"], name=told["client"], **self.who)
        return f"已为“{client}”开通接入密钥，只显示这一次，请现在抄录：{key}"


class DropRuleView(OfficeView):
    """Drop a dispatch rule."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Drop it."""
        rows = DispatchRule.objects.filter(county=self.county, pk=pk)
        rule = rows.select_related("county", "handler").first()
        if rule is None:
            raise Http404("没有这条派单规则")
        actions.drop_rule(rule, by=self.person.actor, at=self.person.now)
        messages.success(request, "已删除派单规则")
        return redirect("hotline:settings")


class CloseClientView(OfficeView):
    """Close a client's key."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close it."""
        found = next((each for each in clients_of(self.county) if each.pk == pk), None)
        if found is None:
            raise Http404("没有这个接入密钥")
        client: IntakeClient = found
        try:
            actions.close_client(client, by=self.person.actor, at=self.person.now)
        except HotlineError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已停用接入密钥")
        return redirect("hotline:settings")


def _said(span: timedelta) -> str:
    """Return a span as people say it: 2小时, 30分钟."""
    minutes = int(span.total_seconds() // 60)
    return f"{minutes}分钟" if minutes % 60 else f"{minutes // 60}小时"
