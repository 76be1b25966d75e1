"""Forms of sections and of a county's rules."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.disclosure.models import Section, SectionContent, SectionKind
from gongkai.disclosure.staff.entry_forms import day_field
from gongkai.orgs.models import Organ
from gongkai.statute.disclosure import ITEMS, Stage

_ITEMS = (
    ("", "不对应具体事项"),
    *((item.code, f"{item.article.place}：{item.short}") for item in ITEMS.values()),
)
_STAGES = (("", "不属于五公开"), *((stage.value, stage.label) for stage in Stage))


class SectionForm(forms.Form):
    """What a section says of itself; its address, place and content are set once."""

    title = forms.CharField(label="栏目名称", max_length=60)
    kind = forms.ChoiceField(
        label="栏目类别", choices=[("", "请选择"), *SectionKind.choices], help_text="决定更新期限"
    )
    max_age_days = forms.IntegerField(
        label="更新期限（日）",
        required=False,
        min_value=1,
        max_value=3650,
        help_text="超过这些天没有新信息就提醒；不填的按栏目类别",
    )
    legal_item = forms.ChoiceField(label="法定主动公开事项", required=False, choices=_ITEMS)
    stage = forms.ChoiceField(label="五公开", required=False, choices=_STAGES)
    description = forms.CharField(
        label="栏目描述",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写入网页标签；不填的按名称生成",
    )
    keywords = forms.CharField(label="栏目关键词", required=False, max_length=200)
    in_menu = forms.BooleanField(label="列入导航", required=False)
    on_organ_pages = forms.BooleanField(label="列入部门、乡镇页面", required=False)
    restricted_to = forms.ModelChoiceField(
        label="只限机关",
        queryset=Organ.objects.none(),
        required=False,
        empty_label="各机关都可以发布",
    )
    order = forms.IntegerField(label="排序", required=False, min_value=0, initial=0)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["restricted_to"].queryset = organs
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”"

    def values(self) -> dict[str, Any]:
        """Return what the verbs take."""
        told = dict(self.cleaned_data)
        told["order"] = told["order"] or 0
        return told


class OpenSectionForm(SectionForm):
    """A new section under another or at the top."""

    parent = forms.ModelChoiceField(
        label="上级栏目", queryset=Section.objects.none(), required=False, empty_label="一级栏目"
    )
    slug = forms.CharField(
        label="地址名",
        max_length=40,
        help_text="小写字母开头，如zcwj；网址由此而定，设定后不能更改",
    )
    content = forms.ChoiceField(
        label="内容", choices=SectionContent.choices, help_text="设定后不能更改"
    )
    field_order = ["parent", "title", "slug", "content", "kind"]

    def __init__(self, *args: Any, sections: QuerySet[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = sections
        self.fields["parent"].label_from_instance = _under


def _under(section: Section) -> str:
    return f"{'　' * section.path.count('/')}{section.title}"


class CloseForm(forms.Form):
    """From which day a section takes nothing new."""

    on = day_field("停用日期")


class ReviewRuleForm(forms.Form):
    """How many reviews an organ's texts pass."""

    organ = forms.ModelChoiceField(
        label="机关",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择“机关”", "invalid_choice": "请从列表中选择机关"},
    )
    steps = forms.TypedChoiceField(
        label="审核级数",
        coerce=int,
        choices=[(2, "两级：初审、保密审查"), (3, "三级：初审、复审、保密审查")],
    )
    valid_from = day_field("起用日期")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs


class IndexRuleForm(forms.Form):
    """How index numbers are written."""

    pattern = forms.CharField(
        label="索引号格式",
        max_length=80,
        error_messages={"required": "请填写“索引号格式”"},
        help_text="可用{credit_code}、{organ}、{region}、{year}、{yyyymm}、{serial:05d}",
    )
    index_from = day_field("起用日期")
