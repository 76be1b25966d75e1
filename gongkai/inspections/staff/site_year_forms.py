"""The forms of websites' yearly reports: beginning one, and the official form block by block."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from gongkai.inspections.lifecycle import ToldWrongly
from gongkai.inspections.models import Site, SiteYear
from gongkai.inspections.rules.site_year import ADDED_UP, NO, YES, shown, taken
from gongkai.inspections.rules.site_year_form import FormField, Group, Kind, edition_named
from gongkai.inspections.staff.forms import choice_field, text_field


class OpenForm(forms.Form):
    """For which site and year a report is begun, and whether records tell its figures."""

    year = forms.IntegerField(
        label="年度",
        min_value=2018,
        max_value=9999,
        error_messages={
            "required": "请填写“年度”",
            "invalid": "“年度”应当是四位数字，如2025",
            "min_value": "“年度”应当在2018年以后",
            "max_value": "“年度”应当是四位数字，如2025",
        },
    )
    from_records = choice_field(
        "取数方式",
        [
            ("yes", "网站由本平台建设，平台有记录的数字自动统计"),
            ("no", "网站不在本平台，全部数字由主办单位填报"),
        ],
    )

    def __init__(self, *args: Any, sites: QuerySet[Site], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["site"] = forms.ModelChoiceField(
            label="网站",
            queryset=sites.filter(stopped_on__isnull=True),
            empty_label="请选择",
            help_text="没有列出的网站，先在“巡查网站”登记",
            error_messages={"required": "请选择“网站”", "invalid_choice": "请重新选择“网站”"},
        )
        self.order_fields(["site", "year", "from_records"])


class FillForm(forms.Form):
    """What the office states, block by block, with what records tell beside it."""

    def __init__(
        self, *args: Any, report: SiteYear, counted: Mapping[str, Any], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.report, self.counted = report, counted
        self.edition = edition_named(report.edition)
        self.told: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        for group in self.edition.groups:
            for field in group.fields:
                if not (field.code == ADDED_UP and report.from_records):
                    self.fields[field.code] = self._field(field)
            if self._sourced(group):
                self.fields[f"source_{group.code}"] = self._source(group)

    def clean(self) -> dict[str, Any]:
        """Look at every value, so that all that is wrong is told at once."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.edition.fields():
            text = told.get(field.code)
            if text is None:
                continue
            try:
                taken(field, text)
            except ToldWrongly as wrong:
                self.add_error(field.code, str(wrong))
            self.told[field.code] = text
        self.sources = {
            name.removeprefix("source_"): text
            for name, text in told.items()
            if name.startswith("source_")
        }
        return told

    @property
    def blocks(self) -> list[tuple[Group, list[BoundField]]]:
        """Return each block of the form with its fields."""
        blocks = []
        for group in self.edition.groups:
            codes = [*(field.code for field in group.fields), f"source_{group.code}"]
            blocks.append((group, [self[code] for code in codes if code in self.fields]))
        return [(group, fields) for group, fields in blocks if fields]

    def _field(self, field: FormField) -> forms.CharField | forms.ChoiceField:
        own = self.counted.get(field.code)
        initial = self.report.stated.get(field.code, "")
        more = {
            "label": field.full_label,
            "required": False,
            "initial": initial,
            "help_text": self._help(field, own),
        }
        among = (YES, NO) if field.kind is Kind.YES_NO else field.choices
        if among:
            empty = "按平台记录" if own is not None else "请选择"
            wrong = {"invalid_choice": f"请重新选择“{field.label}”"}
            choices = [("", empty), *((each, each) for each in among)]
            return forms.ChoiceField(choices=choices, error_messages=wrong, **more)
        figures = field.kind in (Kind.COUNT, Kind.DAYS)
        attrs = {"inputmode": "decimal", "autocomplete": "off"} if figures else {}
        return forms.CharField(widget=forms.TextInput(attrs=attrs), **more)

    def _help(self, field: FormField, own: Any) -> str:
        if own is None:
            return "没有的填0" if field.kind is Kind.COUNT and not field.optional else ""
        if field.kind is Kind.COUNT:
            return f"平台记录{shown(field, own)}，已计入；这里只填平台以外另有的数量"
        return f"平台记录：{shown(field, own)}；要改写的在这里填"

    def _sourced(self, group: Group) -> bool:
        return any(field.kind in (Kind.COUNT, Kind.DAYS) for field in group.fields)

    def _source(self, group: Group) -> forms.CharField:
        needed = group.asks_source(from_records=self.report.from_records)
        told = "另有平台以外数量的必须写明"
        if needed:
            told = "必须写明，如“网站访问统计系统，2026年1月5日导出”"
        field: forms.CharField = text_field(
            "origin",
            required=False,
            label=f"{group.name}自报数据来源",
            help_text=told,
            initial=self.report.sources.get(group.code, ""),
        )
        return field
