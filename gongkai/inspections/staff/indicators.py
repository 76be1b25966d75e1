"""检查指标: what each item is worth, and saying so from a day on by the paper at hand."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import InspectionError
from gongkai.inspections.rules.terms import EVERY, MOST_POINTS, MOST_WEIGHT
from gongkai.inspections.staff.access import OfficeView, blame
from gongkai.inspections.staff.forms import text_field


def _number(label: str, most: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=most,
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是数字，请修改",
            "min_value": f"“{label}”不能小于0",
            "max_value": f"“{label}”不能大于{most}",
            "max_digits": f"“{label}”最多三位整数、两位小数",
            "max_decimal_places": f"“{label}”最多两位小数",
            "max_whole_digits": f"“{label}”最多三位整数",
        },
        **more,
    )


class TermsForm(forms.Form):
    """What an item is worth from a day on."""

    points = _number("分值", MOST_POINTS, required=False, help_text="整项的分值；不知道的不填")
    each = _number(
        "每处扣分", MOST_POINTS, required=False, help_text="不填的，有一处问题就扣整项的分值"
    )
    weight = _number("权重", MOST_WEIGHT, initial=1, help_text="扣分乘以权重，一般为1")
    standard = text_field("standard", rows=3, required=False)
    basis = text_field("basis", help_text="如国办秘函〔2019〕19号附件、本县考核办法文号")
    since = forms.DateField(
        label="施行日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="从这一天起按新的分值计算，以前的仍按原来的规定",
        error_messages={"required": "请填写“施行日期”", "invalid": "“施行日期”应当写成2026-01-01"},
    )


class IndicatorsView(OfficeView):
    """Every indicator with what it is worth today."""

    template_name = "inspections/indicators.html"
    page_title = "检查指标"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the table by parts."""
        terms = queries.terms_on(self.county, self.person.official.today).values()
        parts: dict[str, list[Any]] = {}
        for each in terms:
            parts.setdefault(each.indicator.part.value, []).append(each)
        return self.render_to_response(self.get_context_data(parts=parts))


class IndicatorView(OfficeView):
    """One indicator: what held when, and a form for what holds from a day on."""

    template_name = "inspections/indicator.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the indicator."""
        self.code: str = kwargs["code"]
        known = EVERY.get(self.code)
        if known is None:
            raise Http404("没有这个指标。")
        self.page_title = f"{known.code} {known.name}"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show it, the form filled in with what holds."""
        now = queries.terms_on(self.county, self.person.official.today).get(code)
        told = {name: getattr(now, name, None) for name in ("points", "each", "weight", "standard")}
        return self.show(TermsForm(initial=told if now else None))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Set it, or show the form again with what is wrong."""
        form = TermsForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.set_indicator(self.county, code, **form.cleaned_data, **self.who)
        except InspectionError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记，自{made.since:%Y-%m-%d}起施行。")
        return redirect("inspections:indicator", code)

    def show(self, form: TermsForm) -> HttpResponse:
        """Show the screen."""
        history = queries.terms_history(self.county, self.code)
        return self.show_form(
            form,
            indicator=EVERY[self.code],
            history=history,
            back=reverse("inspections:indicators"),
        )

    def trail(self) -> list[dict[str, Any]]:
        """Return the table of indicators."""
        return [{"url": reverse("inspections:indicators"), "label": "检查指标"}]
