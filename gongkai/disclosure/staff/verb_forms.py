"""What each verb asks: an opinion, a reason, a time, the secrecy review item by item."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.disclosure.models import Entry, WithdrawalReason
from gongkai.disclosure.rules import SecrecyConclusion, SecrecyForm, SecrecyQuestion

_ANSWERS = (("no", "否"), ("yes", "是"))


class VerbForm(forms.Form):
    """A form of one verb on one entry; without fields it only asks whether to do it."""

    def __init__(self, *args: Any, entry: Entry, now: datetime, **kwargs: Any) -> None:
        self.entry, self.now = entry, now
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”"

    def values(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)

    @property
    def rows(self) -> list[Any]:
        """Return the fields that stand one under another."""
        return list(self.visible_fields())


class NoteForm(VerbForm):
    """An opinion, which may be left out."""

    note = forms.CharField(
        label="意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不填；写入审查呈批单",
    )


class WhyForm(VerbForm):
    """A reason, which must be told."""

    why = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "理由不得超过500个字"},
    )


class ReturnForm(WhyForm):
    """What must be put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "退回理由"
        self.fields["why"].help_text = "写明哪里要改、怎样改，拟稿人据此修改后重新送审"


class WhenForm(VerbForm):
    """The moment of a scheduled release."""

    when = forms.DateTimeField(
        label="发布时间",
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "step": "60"}
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": "请填写有效的时间，如2026-09-30 09:00"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = timezone.localtime(self.now)
        self.fields["when"].widget.attrs["min"] = f"{local:%Y-%m-%dT%H:%M}"
        due = self.entry.due_on
        if self.entry.owing and due:
            self.fields["when"].help_text = f"应当在{due.year}年{due.month}月{due.day}日前公开"


class WithdrawForm(VerbForm):
    """Why something is taken off the site."""

    reason = forms.ChoiceField(
        label="撤下原因", choices=[("", "请选择"), *WithdrawalReason.choices]
    )
    note = forms.CharField(
        label="撤下说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只存档，不对外显示；公众打开原网址时看到撤下的日期和原因",
    )

    def values(self) -> dict[str, Any]:
        """Return the reason as the verb takes it."""
        told = self.cleaned_data
        return {"reason": WithdrawalReason(told["reason"]), "note": told["note"]}


class ClearSecrecyForm(VerbForm):
    """The secrecy review: each question answered, then conclusion, basis, opinion."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = {
            question.value: forms.ChoiceField(
                label=question.label,
                choices=_ANSWERS,
                widget=forms.RadioSelect,
                required=False,
            )
            for question in SecrecyQuestion
        }
        conclusions = [(one.value, one.label) for one in SecrecyConclusion]
        rest = {
            "conclusion": forms.ChoiceField(
                label="审查结论", choices=[("", "请选择"), *conclusions], required=False
            ),
            "basis": forms.CharField(
                label="公开依据",
                required=False,
                help_text="写明条款，如“条例第二十条第四项”",
            ),
            "opinion": forms.CharField(
                label="审查意见", required=False, widget=forms.Textarea(attrs={"rows": 3})
            ),
        }
        self.fields.update({**answers, **rest})

    @property
    def questions(self) -> list[Any]:
        """Return the fields of the questions."""
        return [self[question.value] for question in SecrecyQuestion]

    @property
    def rows(self) -> list[Any]:
        """Return the fields after the questions."""
        return [self[name] for name in ("conclusion", "basis", "opinion")]

    def values(self) -> dict[str, Any]:
        """Return the form as the rules judge it; what is not answered is left out."""
        told = self.cleaned_data
        answers = {
            question: told[question.value] == "yes"
            for question in SecrecyQuestion
            if told[question.value]
        }
        conclusion = SecrecyConclusion(told["conclusion"]) if told["conclusion"] else None
        form = SecrecyForm(answers, conclusion, told["basis"], told["opinion"])
        return {"form": form}
