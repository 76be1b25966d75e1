"""Forms of policy documents: what is registered, a day, an amendment or repeal, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.policy import rules
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import Description, DocumentKind, RelationKind
from gongkai.text.docnumbers import DocumentNumberError, normalise

MOST_ISSUERS = 30


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2020-12-31."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写{label}", "invalid": "请填写有效的日期，如2020-12-31"},
        **more,
    )


def reason_field(label: str = "理由") -> forms.CharField:
    """Return a field for the reason that goes into the log."""
    messages = {
        "required": f"请填写{label}",
        "max_length": f"{label}不得超过{rules.LONGEST_REASON}个字",
    }
    return forms.CharField(
        label=label,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=messages,
    )


class FaultyForm(forms.Form):
    """A form that can show the chapter's own refusals at their fields."""

    def add_refusal(self, refused: Exception) -> None:
        """Show a refusal of a verb."""
        if not isinstance(refused, rules.DocumentRefused):
            self.add_error(None, str(refused))
            return
        for fault in refused.faults:
            field = {"source": "source_number"}.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, fault.message)


class DescriptionForm(FaultyForm):
    """What is registered of a document."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[(kind.value, kind.label) for kind in DocumentKind],
        initial="NORMATIVE",
    )
    title = forms.CharField(
        label="标题",
        max_length=rules.LONGEST_TITLE,
        help_text="写全称，含发文机关和文种",
        error_messages={"required": "请填写标题", "max_length": "标题不得超过300个字"},
    )
    document_number = forms.CharField(
        label="发文字号",
        required=False,
        max_length=60,
        help_text="如靖府办发〔2020〕12号；括号、全角数字由系统规范，行政规范性文件必填",
    )
    joint_issuers = forms.CharField(
        label="联合发文机关",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个，按印发顺序，不含牵头机关",
    )
    formed_on = day_field("成文日期")
    effective_on = day_field("施行日期", required=False, help_text="自公布之日起施行的不填")
    ends_on = day_field("有效期至", required=False, help_text="有效的最后一日，未规定有效期的不填")

    def clean_joint_issuers(self) -> tuple[str, ...]:
        """Return the names, one a line."""
        lines = self.cleaned_data["joint_issuers"].splitlines()
        names = tuple(line.strip() for line in lines if line.strip())
        if len(names) > MOST_ISSUERS:
            raise forms.ValidationError(f"联合发文机关不得超过{MOST_ISSUERS}个")
        return names

    def description(self) -> Description:
        """Return what a valid form registers."""
        told = self.cleaned_data
        return Description(
            kind=DocumentKind(told["kind"]),
            title=told["title"],
            formed_on=told["formed_on"],
            document_number=told["document_number"],
            effective_on=told["effective_on"],
            ends_on=told["ends_on"],
            joint_issuers=told["joint_issuers"],
        )

    @staticmethod
    def initial_of(description: Description) -> dict[str, Any]:
        """Return what stands in the form before a correction."""
        return {
            "kind": description.kind.value,
            "title": description.title,
            "document_number": description.document_number,
            "joint_issuers": "\n".join(description.joint_issuers),
            "formed_on": description.formed_on,
            "effective_on": description.effective_on,
            "ends_on": description.ends_on,
        }


class RegisterForm(DescriptionForm):
    """A new document under its lead organ."""

    organ = forms.ModelChoiceField(
        label="发文机关（牵头）",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"invalid_choice": "请选择您可以登记的机关", "required": "请选择发文机关"},
    )
    field_order = ["organ"]

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0]


class CorrectForm(DescriptionForm):
    """Put right what was registered, with a reason."""

    reason = reason_field("更正理由")


class PublishForm(FaultyForm):
    """The day of publication."""

    published_on = day_field("公开日期", help_text="首次向社会公开的日期，可以补登以前的日期")


class ReasonForm(FaultyForm):
    """Why a registration is withdrawn or cancelled."""

    reason = reason_field()


class RelationForm(FaultyForm):
    """An amendment or repeal: from which day, by what."""

    effective_on = day_field("生效日期")
    source_number = forms.CharField(
        label="作出修改或废止的文件（已登记）",
        required=False,
        max_length=60,
        help_text="填已登记文件的发文字号，两份文件将互相链接",
    )
    basis = forms.CharField(
        label="其他依据",
        required=False,
        max_length=rules.LONGEST_BASIS,
        help_text="上述文件未在本系统登记的，写明机关、名称和文号",
    )

    def __init__(self, *args: Any, documents: QuerySet[PolicyDocument], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.documents = documents
        self.source: PolicyDocument | None = None

    def clean_source_number(self) -> str:
        """Find the document that bears the number among those the person sees."""
        typed = self.cleaned_data["source_number"].strip()
        if not typed:
            return ""
        try:
            number = normalise(typed)
        except DocumentNumberError:
            number = typed
        found = list(self.documents.filter(document_number=number)[:2])
        if len(found) != 1:
            why = "有几份文件用这一文号" if found else "没有登记这一文号的文件"
            raise forms.ValidationError(f"{why}，请核对，或在“其他依据”中写明")
        self.source = found[0]
        return number


class KinForm(RelationForm):
    """A document that interprets or implements this one."""

    kind = forms.ChoiceField(
        label="关系",
        choices=[
            (kind.value, f"另一文件{kind.label}本文件")
            for kind in RelationKind
            if not kind.changes_validity
        ],
    )
    effective_on = None
    basis = None
    field_order = ("kind", "source_number")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source_number"].label = "另一文件的发文字号（已登记）"
        self.fields["source_number"].required = True
        self.fields["source_number"].error_messages["required"] = "请填写已登记文件的发文字号"


class LapseForm(FaultyForm):
    """The last valid day of a document and why it lapses."""

    last_on = day_field("有效的最后一日")
    reason = reason_field()


class FilterForm(forms.Form):
    """What the list is narrowed to; anything unknown is passed over."""

    words = forms.CharField(label="标题或文号", required=False, max_length=100)
    organ = forms.ModelChoiceField(
        label="发文机关", queryset=Organ.objects.none(), required=False, empty_label="全部机关"
    )
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部类别"), *((kind.value, kind.label) for kind in DocumentKind)],
    )
    year = forms.TypedChoiceField(label="成文年度", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), *((state.value, state.label) for state in DocumentState)],
    )
    day = day_field("有效性截至", required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["year"].choices = [("", "全部年度"), *((year, f"{year}年") for year in years)]

    def asked_day(self, today: date) -> date:
        """Return the day whose validity is asked, today unless told otherwise."""
        return getattr(self, "cleaned_data", {}).get("day") or today
