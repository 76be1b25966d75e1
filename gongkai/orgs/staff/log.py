"""The operation log as auditors read it: by organ, verb and day; nothing here can be changed."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.queries import log_page, verbs_used
from gongkai.orgs.staff.access import audited, may_audit
from gongkai.orgs.staff.base import DayInput

PAGE = 50


class LogFilterForm(forms.Form):
    """Which lines to show."""

    chain = forms.ChoiceField(label="机构", required=False)
    verb = forms.ChoiceField(label="操作", required=False)
    since = forms.DateField(label="起始日期", widget=DayInput, required=False)
    until = forms.DateField(label="截止日期", widget=DayInput, required=False)
    older_than = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, chains: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chain"].choices = [("", "全部"), *chains.items()]
        self.fields["verb"].choices = [("", "全部"), *((verb, verb) for verb in verbs_used())]


class LogView(WagtailAdminTemplateMixin, TemplateView):
    """The newest lines of the organs audited."""

    template_name = "orgs/log.html"
    page_title = "操作日志"
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in auditors only; the superuser is none."""
        if not may_audit(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and one page of lines."""
        names = {organ.code: organ.name for organ in audited(self.request)}
        names[SYSTEM_CHAIN] = "（平台）"
        form = LogFilterForm(self.request.GET, chains=names)
        lines = self._lines(form.cleaned_data, list(names)) if form.is_valid() else []
        onward = ""
        if len(lines) == PAGE:
            asked = {name: value for name, value in form.cleaned_data.items() if value}
            onward = urlencode({**asked, "older_than": lines[-1].id})
        return super().get_context_data(
            form=form,
            lines=[(line, names[line.chain]) for line in lines],
            onward=onward,
            **kwargs,
        )

    def _lines(self, values: dict[str, Any], chains: list[str]) -> list[Any]:
        since, until = values["since"], values["until"]
        return log_page(
            [values["chain"]] if values["chain"] else chains,
            verb=values["verb"],
            since=_midnight(since) if since else None,
            before=_midnight(until + timedelta(days=1)) if until else None,
            older_than=values["older_than"],
            limit=PAGE,
        )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
