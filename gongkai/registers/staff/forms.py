"""Forms of the registers: one batch of one kind, a file of batches, a reason."""

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.registers import rules
from gongkai.registers.actions import Source
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.rules import BatchFigures, RegisterKind

LARGEST_SOURCE_FILE = 50 * 1024 * 1024
_SALT = "registers.source"
_HELP = {
    "item_change": "本期新增的项目数减去取消的项目数，可为负数，如-266；存量由系统累计",
    "decisions": "本期作出的全部处理决定，无论是否公开",
    "projects": "本期纳入集中采购的项目数",
    "amount": "以元为单位，最多两位小数",
}
_MISSING = "请填写{}"


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2020-12-31."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _MISSING.format(label),
            "invalid": "请填写有效的日期，如2020-12-31",
        },
        **more,
    )


class BatchForm(forms.Form):
    """One batch of one kind; only the figures that the kind counts are asked."""

    organ = forms.ModelChoiceField(
        label="填报机构",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"invalid_choice": "请选择您可以填报的机构", "required": "请选择填报机构"},
    )
    period_start = day_field("统计开始日期")
    period_end = day_field("统计结束日期", help_text="与开始日期须在同一年度")

    def __init__(self, *args: Any, kind: RegisterKind, organs: QuerySet[Organ], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["organ"].queryset = organs
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0]
        for name in rules.FIGURES[kind]:
            self.fields[name] = _figure_field(name)
        self.fields["source_name"] = forms.CharField(
            label="数据来源",
            required=False,
            max_length=rules.LONGEST_SOURCE,
            help_text="台账或统计表的名称；上传来源文件的可不填，以文件名为准",
        )
        self.fields["source_file"] = forms.FileField(
            label="来源文件",
            required=False,
            help_text="随批次留存（加密），系统同时记下文件名和校验值以备核对",
        )
        self.fields["kept_source"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["note"] = forms.CharField(
            label="备注",
            required=False,
            max_length=rules.LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.source_sha256 = ""
        self.source: Source | None = None

    def clean_source_file(self) -> UploadedFile | None:
        """Take the file's name and hash; refuse what is far too large for a ledger."""
        file = self.cleaned_data.get("source_file")
        if file and file.size > LARGEST_SOURCE_FILE:
            raise forms.ValidationError("来源文件不得超过50MB，请拆分或只填数据来源名称")
        return file

    def clean(self) -> dict[str, Any]:
        """Settle the source; a file given before an error is remembered in a signed field."""
        cleaned = super().clean() or {}
        file = cleaned.get("source_file")
        kept = _kept(cleaned.get("kept_source") or "")
        if file:
            self.source = Source(file.name[: rules.LONGEST_SOURCE], file.read())
            kept = (self.source.name, self.source.sha256)
        name, self.source_sha256 = kept
        if kept[1]:
            self.data = self.data.copy()
            self.data[self.add_prefix("kept_source")] = signing.dumps(kept, salt=_SALT)
            self[
                "source_file"
            ].help_text = f"已收到“{name}”，已记下校验值；要留存原件的，改正后请重新选择这个文件"
        cleaned["source_name"] = cleaned.get("source_name") or name
        if not cleaned["source_name"] and "source_file" not in self.errors:
            self.add_error("source_name", "请填写数据来源，或上传来源文件")
        return cleaned

    def figures(self) -> BatchFigures:
        """Return the figures of a valid form."""
        told = self.cleaned_data
        return BatchFigures(
            kind=self.kind,
            period_start=told["period_start"],
            period_end=told["period_end"],
            source_name=told["source_name"],
            source_sha256=self.source_sha256,
            note=told["note"],
            **{name: told[name] for name in rules.FIGURES[self.kind]},
        )

    def add_faults(self, faults: tuple[rules.Fault, ...]) -> None:
        """Show the register's own faults at their fields."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, fault.message)


def _figure_field(name: str) -> forms.Field:
    label = rules.FIGURE_LABELS[name]
    messages = {"required": f"请填写{label}，没有发生的填0"}
    if name == "amount":
        messages["invalid"] = "请填写以元为单位的数字，如251000.50"
        messages["max_decimal_places"] = "金额最多保留两位小数（到分）"
        return forms.DecimalField(
            label=label, decimal_places=2, help_text=_HELP[name], error_messages=messages
        )
    messages["invalid"] = "请填写整数，不带单位"
    return forms.IntegerField(label=label, help_text=_HELP[name], error_messages=messages)


def _kept(token: str) -> tuple[str, str]:
    if not token:
        return "", ""
    try:
        name, digest = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return "", ""  # a made-up token names no file; the form then asks for the source
    return name, digest


class CorrectForm(BatchForm):
    """A new version of a batch: the figures as they should be, and why."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["organ"]
        self.fields["reason"] = forms.CharField(
            label="更正理由",
            max_length=rules.LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": "请填写更正理由", "max_length": "更正理由不得超过500个字"},
        )


class FilterForm(forms.Form):
    """What a list of batches is narrowed to; anything unknown is passed over."""

    organ = forms.ModelChoiceField(
        label="填报机构", queryset=Organ.objects.none(), required=False, empty_label="全部机构"
    )
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部类别"), *((kind.value, kind.label) for kind in RegisterKind)],
    )
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), *((state.value, state.label) for state in BatchState)],
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["year"].choices = [("", "全部年度"), *((year, f"{year}年") for year in years)]


class UploadForm(forms.Form):
    """A workbook of batches."""

    file = forms.FileField(
        label="Excel 文件（.xlsx）",
        error_messages={"required": "请选择要导入的文件", "empty": "文件是空的，请核对后重新选择"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.CharField(
        label="撤回理由",
        max_length=rules.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写撤回理由", "max_length": "撤回理由不得超过500个字"},
    )
