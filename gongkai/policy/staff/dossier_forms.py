"""Forms of dossiers: begin a document, its terms, an interpretation, an exemption."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.disclosure.actions import Told
from gongkai.orgs.models import Organ
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import DocumentKind
from gongkai.policy.rules.dossiers import InterpretationForm, Pair, pairs_written
from gongkai.policy.staff.forms import day_field
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import offered

_KINDS = [(kind.value, kind.label) for kind in DocumentKind]


class TermsForm(forms.Form):
    """The kind of a document and its days of validity."""

    kind = forms.ChoiceField(label="类别", choices=_KINDS, initial="NORMATIVE")
    effective_on = day_field("施行日期", required=False, help_text="自公布之日起施行的不填")
    ends_on = day_field("有效期至", required=False, help_text="有效的最后一日，未规定有效期的不填")

    def terms(self) -> dict[str, Any]:
        """Return what a valid form says."""
        told = self.cleaned_data
        return {
            "kind": DocumentKind(told["kind"]),
            "effective_on": told["effective_on"],
            "ends_on": told["ends_on"],
        }


class DossierForm(TermsForm):
    """Begin a document; its text is written on the next screen."""

    organ = forms.ModelChoiceField(
        label="发文机关（牵头）",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"invalid_choice": "请选择您可以起草的机关", "required": "请选择发文机关"},
    )
    title = forms.CharField(
        label="标题",
        max_length=300,
        help_text="写全称，含发文机关和文种",
        error_messages={"required": "请填写标题"},
    )
    document_number = forms.CharField(
        label="发文字号", required=False, max_length=60, help_text="还没有编号的，送审前补填"
    )
    formed_on = day_field("成文日期", help_text="尚未签发的先填拟稿日期，送审前改为签发日期")
    genre = forms.ChoiceField(
        label="体裁",
        choices=[(genre.value, genre.label) for genre in Genre if genre.official],
        initial=Genre.NOTICE.value,
    )
    subject = forms.ChoiceField(label="主题分类", choices=[])
    field_order = ("organ", "kind", "title", "document_number", "formed_on", "genre", "subject")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0]
        self.fields["subject"].choices = [(each.code, each.path) for each in offered()]

    def told(self) -> Told:
        """Return the beginning of the text."""
        told = self.cleaned_data
        names = ("title", "document_number", "formed_on", "genre", "subject")
        return Told(**{name: told[name] for name in names})


class InterpretationStartForm(forms.Form):
    """Begin an interpretation in one form."""

    form = forms.ChoiceField(
        label="形式", choices=[(form.value, form.label) for form in InterpretationForm]
    )
    title = forms.CharField(label="标题", max_length=300, error_messages={"required": "请填写标题"})
    pairs = forms.CharField(
        label="问答",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="只有问答填写：每一问以“问：”开头，答另起一行以“答：”开头；其他形式在下一步写正文",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for pairs in a Q&A and for none elsewhere."""
        told = super().clean() or {}
        written = pairs_written(told.get("pairs", ""))
        if told.get("form") == InterpretationForm.QUESTIONS:
            if not written or any(not each.question or not each.answer for each in written):
                self.add_error("pairs", "请逐条填写，每一问以“问：”开头，答以“答：”开头，都不能空")
        elif told.get("pairs", "").strip():
            self.add_error("pairs", "只有问答形式填写这一项，其他形式请在下一步写正文")
        told["written"] = written
        return told

    def told(self, document: PolicyDocument) -> Told:
        """Return the beginning of the text; it is of the document's day and subject."""
        return Told(
            title=self.cleaned_data["title"],
            formed_on=document.formed_on,
            subject=document.entry.subject if document.entry else document.subject,
            genre=Genre.INTERPRETATION.value,
        )

    def pairs_told(self) -> tuple[Pair, ...]:
        """Return the questions and answers of a valid form."""
        return self.cleaned_data["written"]


class PairsForm(forms.Form):
    """The questions and answers of a Q&A, written anew."""

    pairs = forms.CharField(
        label="问答",
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="每一问以“问：”开头，答另起一行以“答：”开头",
        error_messages={"required": "请填写问答"},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def pairs_told(self) -> tuple[Pair, ...]:
        """Return the questions and answers of a valid form."""
        return pairs_written(self.cleaned_data["pairs"])
