"""The forms of the chapter's screens."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.inspections.actions import Proof
from gongkai.inspections.deadlines import MOST_WORKDAYS, USUAL_WORKDAYS
from gongkai.inspections.lifecycle.findings import BY_PEOPLE
from gongkai.inspections.rules.texts import FIELDS
from gongkai.orgs.models import Organ


def text_field(name: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.texts.FIELDS`: one line, or several with `rows`."""
    told = FIELDS[name]
    if rows:
        more["widget"] = forms.Textarea(attrs={"rows": rows})
    more.setdefault("label", told.label)
    return forms.CharField(
        max_length=told.longest,
        error_messages={
            "required": f"请填写“{more['label']}”",
            "max_length": f"“{more['label']}”不能超过{told.longest}字，请删减",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some values."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *values],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def organ_field(label: str, organs: QuerySet[Organ], **more: Any) -> forms.ModelChoiceField:
    """Return a field to choose an organ."""
    return forms.ModelChoiceField(
        label=label,
        queryset=organs,
        empty_label="请选择",
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
        **more,
    )


def workdays_field(since: str = "今天") -> forms.IntegerField:
    """Return the field of a term in working days that begins after a day."""
    return forms.IntegerField(
        label="整改期限（工作日）",
        initial=USUAL_WORKDAYS,
        min_value=1,
        max_value=MOST_WORKDAYS,
        help_text=f"从{since}的次日起算，节假日和调休按日历扣除",
        error_messages={
            "required": "请填写“整改期限（工作日）”",
            "invalid": "“整改期限（工作日）”应当是整数",
            "min_value": "“整改期限（工作日）”不能少于1",
            "max_value": f"“整改期限（工作日）”不能多于{MOST_WORKDAYS}",
        },
    )


class EmptyForm(forms.Form):
    """A step that needs no words."""


class WhyForm(forms.Form):
    """A step that needs a reason."""

    why = text_field("why", rows=3)


class NoMistakeForm(forms.Form):
    """A word that is no mistake, and why."""

    word = forms.CharField(
        label="词语",
        min_length=2,
        max_length=60,
        help_text="连同前后能认得出的几个字，如三爪仑漂流节；以后发布前检查和巡查都不再提示",
        error_messages={
            "required": "请填写“词语”",
            "min_length": "单个字会处处相符，请写两个字以上的词语",
            "max_length": "词语不得超过60个字，请只写关键的几个字",
        },
    )
    why = text_field("why", rows=2)


class OrderForm(forms.Form):
    """An order to put right."""

    requirement = text_field(
        "requirement", rows=3, required=False, help_text="责任单位看到的要求，可以不填"
    )
    workdays = workdays_field()


class PassOnForm(forms.Form):
    """To which organ a finding is laid, and why."""

    why = text_field("why", rows=3, help_text="写明为什么由该单位负责")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"] = organ_field("责任单位", organs)
        self.order_fields(["to", "why"])


class ObjectForm(forms.Form):
    """What an organ says against a finding."""

    reason = text_field(
        "reason",
        rows=4,
        label="异议理由",
        help_text="写明为什么不是问题，或者应当由哪个单位负责；裁定以前整改期限照常计算",
    )


class RuleForm(forms.Form):
    """How the office rules."""

    upheld = choice_field("裁定", [("yes", "异议成立，不再作为问题"), ("no", "异议不成立")])
    reason = text_field("reason", rows=3, label="裁定理由")


class RecheckForm(forms.Form):
    """What a re-check showed."""

    passed = choice_field("复核结论", [("yes", "通过"), ("no", "不通过，继续整改")])
    words = text_field("words", rows=3, required=False, help_text="不通过的必须写明还有什么问题")


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class ProofsField(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files, each looked at."""
        one = super().clean
        return [one(each, initial) for each in data] if isinstance(data, list | tuple) else []


class AnswerForm(forms.Form):
    """What an organ did."""

    result = text_field("result", rows=3, help_text="写明改了什么、什么时候改的")
    measures = text_field("measures", rows=3, required=False, help_text="防止再次发生的做法")
    person = text_field("person", required=False)
    proofs = ProofsField(
        label="佐证材料",
        required=False,
        widget=ManyFiles(attrs={"multiple": True}),
        help_text="截图、说明、文件，最多10个；选好的文件在填写有误时需要重新选择",
    )

    def told_proofs(self) -> list[Proof]:
        """Return the files with their bytes."""
        chosen = self.cleaned_data["proofs"]
        return [Proof(each.name, each.read()) for each in chosen]


class ListForm(forms.Form):
    """A list of faults that people found."""

    source = choice_field("发现来源", [(each.value, each.label) for each in BY_PEOPLE])
    found_on = forms.DateField(
        label="发现日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="表中没有写发现日期的，按这一天；都没有写的，按今天",
        error_messages={"invalid": "“发现日期”应当写成2026-03-02的样子，请修改"},
    )
    file = forms.FileField(
        label="问题清单（Excel 或者 Word）",
        help_text=".xlsx 或者 .docx 文件。系统按表头认出责任单位、指标、评价标准、问题明细、"
        "问题链接、发现日期等列，顺序不限，至少要有“问题明细”一列；下一步先预览，确认后才导入",
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = organ_field(
            "责任单位", organs, required=False, help_text="表中没有写责任单位的，归到这个单位"
        )
        self.order_fields(["source", "organ", "found_on", "file"])


class BackForm(forms.Form):
    """A form of the ledger that comes back filled in."""

    file = forms.FileField(
        label="填好的整改台账（.xlsx）",
        help_text="先在整改台账导出，填写“整改措施”“整改结果”两列后上传；“问题编号”不要改动",
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )


class SiteForm(forms.Form):
    """A site to be inspected."""

    name = text_field("name", label="网站名称")
    address = text_field("address", help_text="首页的网址，以 https:// 或 http:// 开头")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = organ_field("主办单位", organs)


class ColumnForm(forms.Form):
    """A column of a site and the organ that answers for it."""

    name = text_field("name", label="栏目名称")
    prefix = text_field("prefix", help_text="这一网址下的全部网页归该单位负责")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = organ_field("责任单位", organs)
