"""Forms of the catalogues: a catalogue, a field, an item, a file, an organ's page."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.disclosure.models import CatalogueItem, OrganPage, Section
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries.catalogue import row_of
from gongkai.orgs.models import Organ
from gongkai.tables.catalogue import CHANNELS, CatalogueRow

_WIDE = forms.Textarea(attrs={"rows": 4})


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2026-12-31."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "请填写有效的日期，如2026-12-31"},
        **more,
    )


def _text(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **more)


class FoundForm(forms.Form):
    """A new catalogue."""

    county = forms.ModelChoiceField(label="县", queryset=Organ.objects.none(), empty_label=None)
    level = forms.ChoiceField(label="层级", choices=CatalogueLevel.choices)
    title = _text("名称", 120, required=False, help_text="不填的，按县名和层级自动命名")
    basis = _text("编制依据", 200, initial="国办发〔2019〕54号")
    on = day_field("启用日期")

    def __init__(self, *args: Any, counties: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties


class EndForm(forms.Form):
    """From which day something ends, and why."""

    on = day_field("停用日期", help_text="自这一天起不再施行，以前的内容仍可查阅")
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class AddFieldForm(forms.Form):
    """A field that a higher notice adds."""

    name = _text("领域名称", 60)
    slug = _text("地址名", 40, required=False, help_text="网址中的一段，用拼音字母；不填的取首字母")
    added_by = _text("增设依据", 200, required=False, help_text="上级文件的名称或者文号")
    on = day_field("启用日期")


class RenameFieldForm(forms.Form):
    """A new name of a field."""

    name = _text("新名称", 60)
    added_by = _text("更名依据", 200, required=False)
    on = day_field("启用日期", help_text="代码、网址和公开事项不变；此前仍显示原名称")


class ItemForm(forms.Form):
    """Every column of an item (国办发〔2019〕54号)."""

    number = _text("序号", 20, required=False)
    first_level = _text("一级事项", 200)
    second_level = _text("二级事项", 200, required=False)
    content = forms.CharField(label="公开内容（要素）", widget=_WIDE, max_length=5000)
    basis = forms.CharField(label="公开依据", widget=_WIDE, max_length=5000)
    time_limit = _text(
        "公开时限",
        300,
        help_text="如“信息形成或变更之日起20个工作日内”。读不出期限的，按条例第二十六条计算",
    )
    update_days = forms.IntegerField(
        label="更新间隔（日）",
        required=False,
        min_value=1,
        help_text="应当多少日更新一次；不填的，从“每月”“每季度”等文字读出",
    )
    organ_words = _text(
        "公开主体", 300, help_text="按目录的文字填写；具体机关在“指定公开主体”中核对"
    )
    channels = forms.MultipleChoiceField(
        label="公开渠道和载体", widget=forms.CheckboxSelectMultiple, choices=()
    )
    other_channel = _text("其他渠道的名称", 200, required=False)
    to_all = forms.BooleanField(label="公开对象：全社会", required=False, initial=True)
    to_group = _text("公开对象：特定群体", 200, required=False)
    proactive = forms.BooleanField(label="公开方式：主动", required=False, initial=True)
    on_request = forms.BooleanField(label="公开方式：依申请", required=False)
    at_county = forms.BooleanField(label="公开层级：县级", required=False, initial=True)
    at_township = forms.BooleanField(label="公开层级：乡级", required=False)
    village_words = _text(
        "乡级一栏的文字", 60, required=False, help_text="如“乡、村级”；没有的不填"
    )
    section = forms.ModelChoiceField(
        label="对应栏目", queryset=Section.objects.none(), required=False, empty_label="不指定"
    )
    on = day_field("启用日期")

    def __init__(
        self, *args: Any, sections: QuerySet[Section], own: tuple[str, ...], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections
        listed = (*CHANNELS, *(name for name in own if name not in CHANNELS))
        self.fields["channels"].choices = [(name, name) for name in listed]

    def row(self) -> CatalogueRow:
        """Return the row that was typed."""
        told = {name: self.cleaned_data[name] for name in CatalogueRow.__dataclass_fields__}
        told["channels"] = tuple(told["channels"])
        if not told["at_township"]:
            told["village_words"] = ""
        return CatalogueRow(**told)


def initial_of(item: CatalogueItem) -> dict[str, Any]:
    """Return an item as the form begins with it."""
    row = row_of(item)
    told = {name: getattr(row, name) for name in CatalogueRow.__dataclass_fields__}
    return {**told, "update_days": item.update_days, "section": item.section_id}


class OrgansForm(forms.Form):
    """The organs that owe an item."""

    organs = forms.ModelMultipleChoiceField(
        label="公开主体", queryset=Organ.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organs"].queryset = organs


class ImportForm(forms.Form):
    """A workbook and how it is brought in; a file read before needs not be chosen again."""

    file = forms.FileField(
        label="标准目录（.xlsx）",
        required=False,
        error_messages={"empty": "文件是空的，请重新选择"},
        help_text="一个工作簿可以有多个领域；列的次序、表头用词和勾选符号不限",
    )
    on = day_field("启用日期", help_text="自这一天起按文件的内容施行")
    replaces = forms.BooleanField(
        label="文件中没有的事项自启用日期起停用",
        required=False,
        initial=True,
        help_text="只对文件中有的领域生效；不勾选的，只增加和修改，不停用",
    )


class OrganPageForm(forms.Form):
    """What an organ says of itself: its guide, its duties, its people."""

    slug = _text("地址名", 40, required=False, help_text="机关页面网址中的一段，设定后不能更改")
    ogi_body = _text("公开工作机构名称", 100, required=False)
    ogi_address = _text("公开工作机构地址", 200, required=False)
    hours = _text("办公时间", 100, required=False)
    ogi_phone = _text("联系电话", 40, required=False)
    ogi_fax = _text("传真号码", 40, required=False)
    ogi_email = _text("电子邮箱", 254, required=False)
    postcode = _text("邮政编码", 6, required=False)
    head = _text("负责人", 60, required=False)
    duties = forms.CharField(label="机构职能", widget=_WIDE, required=False)
    internal_bodies = forms.CharField(label="内设机构", widget=_WIDE, required=False)
    guide_text = forms.CharField(label="公开指南补充内容", widget=_WIDE, required=False)
    system_text = forms.CharField(label="公开制度", widget=_WIDE, required=False)

    def __init__(self, *args: Any, page: OrganPage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if page is not None:
            del self.fields["slug"]
