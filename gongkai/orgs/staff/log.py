"""The operation log as auditors read it: by organ, verb and day; nothing here can be changed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView

from gongkai.audit import SYSTEM_CHAIN, word
from gongkai.audit.queries import LogLine, log_page, verbs_used
from gongkai.orgs.staff.access import audited, may_audit
from gongkai.orgs.staff.base import DayInput, Page

PAGE = 50
# Beyond these a day has no midnight in every time zone.
_LOG_DAYS = (
    MinValueValidator(date(1949, 10, 1), "日期不能早于1949-10-01，请核对"),
    MaxValueValidator(date(2999, 12, 31), "日期不能晚于2999-12-31，请核对"),
)


class LogFilterForm(forms.Form):
    """Which lines to show."""

    chain = forms.ChoiceField(label="机构", required=False)
    verb = forms.ChoiceField(label="操作", required=False)
    since = forms.DateField(label="起始日期", widget=DayInput, required=False, validators=_LOG_DAYS)
    until = forms.DateField(label="截止日期", widget=DayInput, required=False, validators=_LOG_DAYS)
    older_than = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, chains: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chain"].choices = [("", "全部"), *chains.items()]
        self.fields["verb"].choices = [("", "全部"), *((verb, word(verb)) for verb in verbs_used())]


class LogView(Page, TemplateView):
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
            lines=[(line, names[line.chain], word(line.verb), _changes(line)) for line in lines],
            onward=onward,
            **kwargs,
        )

    def _lines(self, values: dict[str, Any], chains: list[str]) -> list[LogLine]:
        since, until = values["since"], values["until"]
        return log_page(
            [values["chain"]] if values["chain"] else chains,
            verb=values["verb"],
            since=_midnight(since) if since else None,
            before=_midnight(until + timedelta(days=1)) if until else None,
            older_than=values["older_than"],
            limit=PAGE,
        )


def _changes(line: LogLine) -> list[tuple[str, str, str]]:
    """Return each field that an event touched: its name, what it was, what it became."""
    fields = dict.fromkeys([*line.before, *line.after])
    return [(word(name), _shown(line.before, name), _shown(line.after, name)) for name in fields]


def _shown(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if value is None:
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if str(value).startswith("hmac:"):
        return "（已加密留痕）"
    # Kinds, roles and states are logged by their names in capitals.
    return word(value) if isinstance(value, str) and value.isupper() else str(value)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
