"""The forms of the hotline: a new order, and one for each later step."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.hotline.lifecycle import Event, OrderKind, SourceChannel
from gongkai.hotline.rules import FIELDS, Caller, NewOrder
from gongkai.orgs.models import Organ


def text_field(name: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.FIELDS`: one line, or several with `rows`."""
    told = FIELDS[name]
    if rows:
        more["widget"] = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=told.label,
        max_length=told.longest,
        error_messages={
            "required": f"请填写“{told.label}”",
            "max_length": f"“{told.label}”不能超过{told.longest}字，请删减",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[Any]) -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels."""
    return forms.ChoiceField(
        label=label,
        choices=[(each.value, each.label) for each in values],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
    )


class OrderForm(forms.Form):
    """A new order: where it came from, what is wanted, who called."""

    organ = forms.ModelChoiceField(
        label="受理机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择“受理机关”",
            "invalid_choice": "请选择您可以登记工单的机关",
        },
    )
    number = text_field(
        "number",
        required=False,
        help_text="上级热线派来的填其工单编号；本机关自行受理的留空，由系统编号",
    )
    source = choice_field(
        "受理渠道", [each for each in SourceChannel if each is not SourceChannel.TURNED_OVER]
    )
    kind = choice_field("诉求类型", OrderKind)
    received_at = forms.DateTimeField(
        label="受理时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": "请填写“受理时间”",
            "invalid": "“受理时间”应当是日期和时间，如2026-03-02 09:30，请修改",
        },
    )
    subject = text_field("subject", help_text="一句话写明什么事，不写姓名、电话等个人信息")
    content = text_field("content", rows=6)
    name = text_field("name", required=False, help_text="诉求人不愿留名的留空")
    phone = text_field("phone", required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs

    def told(self) -> NewOrder:
        """Return what the order is told."""
        told = self.cleaned_data
        return NewOrder(
            source=SourceChannel(told["source"]),
            kind=OrderKind(told["kind"]),
            subject=told["subject"],
            content=told["content"],
            number=told["number"],
        )

    def caller(self) -> Caller:
        """Return who called."""
        return Caller(self.cleaned_data["name"], self.cleaned_data["phone"])


class StepForm(forms.Form):
    """The day of a step; each adds what it must be told."""

    on = forms.DateField(
        label="日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "请填写“日期”",
            "invalid": "“日期”应当是日期，如2026-03-02，请修改",
        },
    )

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class AssignForm(StepForm):
    """The unit that handles the order."""

    unit = text_field("unit", help_text="承办的股室、所属单位")


class AnswerForm(StepForm):
    """What the caller was told."""

    text = text_field("text", rows=6)


class TurnOverForm(StepForm):
    """Where the matter belongs and why."""

    to = text_field("to", help_text="如行政复议机构、纪检监察机关、信访局")
    reason = text_field("reason", rows=4)


class SendBackForm(StepForm):
    """Why the order is not this organ's business."""

    reason = text_field("reason", rows=4)


FORMS: Mapping[Event, type[StepForm]] = {
    Event.ASSIGN: AssignForm,
    Event.ANSWER: AnswerForm,
    Event.CLOSE: StepForm,
    Event.TURN_OVER: TurnOverForm,
    Event.SEND_BACK: SendBackForm,
}
