"""The forms of readers: errors, messages, comments on drafts, questions, ballots.

Nothing is asked that is not needed; who leaves no contact is answered by number and code.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.engagement.actions import FIELDS, ErrorKind, MessageKind, QuestionKind, field_of
from gongkai.engagement.models import Mailbox, Question
from gongkai.orgs.models import Organ
from gongkai.portal.requests.fields import choice_field, line_field, text_field


def _line(name: str, *, help_text: str = "", **attributes: str) -> forms.CharField:
    told = FIELDS[name]
    return line_field(told.label, told.longest, help_text=help_text, attributes=attributes)


class OnceForm(forms.Form):
    """A form that is one matter however often it is sent; `must` names what is required."""

    must: tuple[str, ...] = ()

    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)
        if not self.is_bound:
            self.initial.setdefault("submission_key", uuid.uuid4())

    @property
    def key(self) -> str:
        """Return what tells this filled-in form from every other; "" without it."""
        value = self.cleaned_data.get("submission_key")
        return str(value) if value else ""

    def clean(self) -> dict[str, Any]:
        """Say what is missing."""
        for name in self.must:
            if not self.cleaned_data.get(name) and name not in self.errors:
                said = "选择" if isinstance(self.fields[name], forms.ChoiceField) else "填写"
                self.add_error(name, f"请{said}“{self.fields[name].label}”")
        return self.cleaned_data


class ErrorForm(OnceForm):
    """What is wrong on which page."""

    must = ("kind", "text")

    page = _line("page", help_text="从其他网页来的已经填好；说的是整个网站的可以不填")
    kind = choice_field("问题类型", [(kind.value, kind.label) for kind in ErrorKind])
    text = text_field(
        FIELDS["text"].label,
        rows=5,
        longest=FIELDS["text"].longest,
        help_text="哪一处、错在哪里、应当是什么。请不要写身份证号、银行卡号等个人信息",
    )
    contact = _line(
        "contact",
        help_text="电话或者电子邮箱，便于核实，可以不填。不填的，凭编号和查询码看答复",
        autocomplete="off",
    )


class FollowErrorForm(forms.Form):
    """Number and query code, as they stand on the receipt."""

    number = line_field("编号", 20, help_text="如 JC2026-0001", attributes={"autocomplete": "off"})
    code = line_field(
        "查询码",
        40,
        help_text="提交时显示的查询码，不区分大小写",
        attributes={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)

    def clean(self) -> dict[str, Any]:
        """Both are needed."""
        for name in ("number", "code"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写“{self.fields[name].label}”")
        return self.cleaned_data


class CommentForm(OnceForm):
    """A comment; who made it only when they want to say so."""

    must = ("comment",)

    comment = text_field(
        FIELDS["comment"].label,
        rows=8,
        longest=FIELDS["comment"].longest,
        help_text="对某一条的意见请写明是第几条。最多5000字",
    )
    commenter = _line("commenter", help_text="可以不填", autocomplete="off")
    contact = _line(
        "contact",
        help_text="电话或者电子邮箱，需要与您核实意见时使用，可以不填",
        autocomplete="off",
    )


class MessageForm(OnceForm):
    """A message: to whom, what it is about; who writes only when they want to say so."""

    must = ("to", "kind", "message_title", "message_text", "consent")

    to = choice_field("写给谁", (), radio=False, help_text="不清楚由谁负责的，选“县政府办公室转办”")
    kind = choice_field("类型", [(kind.value, kind.label) for kind in MessageKind])
    message_title = _line("message_title", help_text="一句话写明什么事，最多60字")
    message_text = text_field(
        FIELDS["message_text"].label,
        rows=8,
        longest=FIELDS["message_text"].longest,
        help_text="时间、地点、经过和您的要求。请不要写身份证号、银行卡号。最多3000字",
    )
    asker = _line("asker", help_text="可以不填", autocomplete="off")
    contact = _line(
        "contact", help_text="电话或者电子邮箱，便于核实和回复，可以不填", autocomplete="off"
    )
    consent = choice_field(
        "答复以后能不能公开",
        [
            ("1", "可以公开，隐去我的姓名、联系方式和其他个人信息"),
            ("0", "不公开，只由我凭编号和查询码查看"),
        ],
    )

    def __init__(
        self, *args: Any, boxes: Iterable[Mailbox], organs: Iterable[Organ], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        choices = [("", "请选择"), ("office:", "县政府办公室转办")]
        choices += [(f"box:{box.pk}", f"{box.name}（{box.post}{box.holder}）") for box in boxes]
        choices += [(f"organ:{organ.pk}", organ.name) for organ in organs]
        self.fields["to"].choices = choices


class FollowMessageForm(FollowErrorForm):
    """Number and query code of a message."""

    number = line_field("编号", 20, help_text="如 LY2026-0001", attributes={"autocomplete": "off"})


class QuestionForm(OnceForm):
    """A question to the guests of an interview."""

    must = ("asked",)

    asked = text_field(
        FIELDS["asked"].label,
        rows=5,
        longest=FIELDS["asked"].longest,
        help_text="请不要写姓名、电话等个人信息。最多500字",
    )


class BallotForm(OnceForm):
    """The questions of a survey as fields; what must be answered the verb says."""

    def __init__(self, *args: Any, questions: Iterable[Question], **given: Any) -> None:
        super().__init__(*args, **given)
        self.questions = list(questions)
        for each in self.questions:
            self.fields[field_of(each.pk)] = _field_for(each)

    def shown(self) -> list[tuple[forms.BoundField, bool]]:
        """Return the fields in order, each with whether it must be answered."""
        return [(self[field_of(each.pk)], each.required) for each in self.questions]

    def picks(self) -> dict[int, frozenset[int]]:
        """Return the chosen answers by question."""
        found = {}
        for each in self.questions:
            if each.kind != QuestionKind.TEXT:
                value = self.cleaned_data.get(field_of(each.pk)) or []
                values = [value] if isinstance(value, str) else value
                found[each.pk] = frozenset(int(one) for one in values)
        return found

    def remarks(self) -> dict[int, str]:
        """Return the written answers by question."""
        texts = [each for each in self.questions if each.kind == QuestionKind.TEXT]
        return {each.pk: self.cleaned_data.get(field_of(each.pk), "") for each in texts}


def _field_for(question: Question) -> forms.Field:
    label = f"{question.place}. {question.text}"
    if question.kind == QuestionKind.TEXT:
        hint = "请不要写姓名、电话等个人信息"
        longest = FIELDS["remark"].longest
        return text_field(label, rows=3, longest=longest, help_text=hint)
    choices = [(str(each.pk), each.text) for each in question.choices.all()]
    if question.kind == QuestionKind.SINGLE:
        return choice_field(label, choices)
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text="可以选多项",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": f"请在所列选项中选择“{label}”",
            "invalid_list": f"请在所列选项中选择“{label}”",
        },
    )
