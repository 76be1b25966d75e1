"""One form for each step of an order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.hotline.lifecycle import AnswerWay, Event, Satisfaction, Solved, Supervision
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import alike, county_above, suggested
from gongkai.hotline.queries.settings import handlers_in
from gongkai.hotline.staff.forms import (
    choice_field,
    day_field,
    number_field,
    organ_field,
    text_field,
)


class StepForm(forms.Form):
    """The day of a step; each adds what it must be told. Built for one order on a day."""

    on = day_field("日期")

    def __init__(
        self, *args: Any, order: WorkOrder, today: date, organ_ids: Any = (), **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"on": today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.order, self.today, self.organ_ids = order, today, organ_ids
        self.prepare()

    def prepare(self) -> None:
        """Fill in what hangs on the order."""

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class AssignForm(StepForm):
    """The organ, or the unit of our own, that handles the order."""

    handler = organ_field("承办单位", none="（本机关办理）")
    unit = text_field(
        "unit", required=False, help_text="承办的股室、所属单位；本机关办理的必须填写"
    )
    helping = organ_field("协办单位", none="（没有）")

    def prepare(self) -> None:
        """Offer the county's organs, and the one that the dispatch rules name."""
        organs = handlers_in(county_above(self.order.organ), self.today)
        others = organs.exclude(pk=self.order.organ_id)
        self.fields["handler"].queryset = self.fields["helping"].queryset = others
        rule = suggested(self.order)
        if rule is not None and not self.order.handler_id:
            own = rule.handler_id == self.order.organ_id
            self.initial["handler"] = None if own else rule.handler_id
            self.initial["unit"] = rule.unit
            self.fields["handler"].help_text = f"按派单规则，应当派给{rule.handler.short_name}"


class AnswerForm(StepForm):
    """What the caller was told."""

    text = text_field("text", rows=6)
    way = choice_field("答复方式", AnswerWay, none="（没有答复诉求人本人）")
    contacted = forms.BooleanField(label="已经联系诉求人", required=False)
    solved = choice_field("解决情况", Solved, none="（待回访核实）")

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        told["way"] = AnswerWay(told["way"]) if told["way"] else None
        told["solved"] = Solved(told["solved"]) if told["solved"] else None
        return told


class CallBackForm(StepForm):
    """Whether the caller was reached and what they say."""

    reached = forms.BooleanField(label="已经接通", required=False, initial=True)
    satisfaction = choice_field("满意度", Satisfaction)
    solved = choice_field("解决情况", Solved, none="（与答复时登记的相同）")
    note = text_field("note", rows=3, required=False)

    def prepare(self) -> None:
        """Begin with no rating."""
        self.initial.setdefault("satisfaction", Satisfaction.UNRATED.value)

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        told["satisfaction"] = Satisfaction(told["satisfaction"])
        told["solved"] = Solved(told["solved"]) if told["solved"] else None
        return told


class TurnOverForm(StepForm):
    """Where the matter belongs and why."""

    to = text_field("to", help_text="如行政复议机构、纪检监察机关、信访局")
    reason = text_field("reason", rows=4)


class WithReasonForm(StepForm):
    """Why."""

    reason = text_field("reason", rows=4)


class WithNoteForm(StepForm):
    """What else is to be said."""

    note = text_field("note", rows=3, required=False)


class ExtensionForm(StepForm):
    """How many working days more, and why."""

    workdays = number_field("延长的工作日", help_text="不超过原办理期限的工作日数")
    reason = text_field("reason", rows=4)


class SuperviseForm(StepForm):
    """Who supervises, and what is demanded."""

    level = choice_field("督办级别", Supervision)
    reason = text_field("reason", rows=4, help_text="写明督办要求")

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {**self.cleaned_data, "level": Supervision(self.cleaned_data["level"])}


class MergeForm(StepForm):
    """The order of the same caller that is handled."""

    into = forms.ModelChoiceField(
        label="并入的工单",
        queryset=WorkOrder.objects.none(),
        empty_label=None,
        help_text="同一诉求人（联系电话相同）正在办理的其他工单",
        error_messages={
            "required": "请选择“并入的工单”；同一诉求人没有其他正在办理的工单的，不能并入",
            "invalid_choice": "“并入的工单”不在可选项中，请重新选择",
        },
    )

    def prepare(self) -> None:
        """Offer the orders of the same caller."""
        found = alike(self.order, self.organ_ids)
        field = self.fields["into"]
        field.queryset = WorkOrder.objects.filter(pk__in=[each.pk for each in found])
        field.label_from_instance = lambda each: f"{each.number} {each.subject}"


FORMS: Mapping[Event, type[StepForm]] = {
    Event.ASSIGN: AssignForm,
    Event.SIGN_FOR: StepForm,
    Event.ASK_RETURN: WithReasonForm,
    Event.LET_RETURN: StepForm,
    Event.REFUSE_RETURN: WithReasonForm,
    Event.ASK_EXTENSION: ExtensionForm,
    Event.LET_EXTEND: StepForm,
    Event.REFUSE_EXTENSION: WithReasonForm,
    Event.ANSWER: AnswerForm,
    Event.PASS_ANSWER: StepForm,
    Event.REJECT_ANSWER: WithReasonForm,
    Event.CALL_BACK: CallBackForm,
    Event.CLOSE: StepForm,
    Event.REDO: WithReasonForm,
    Event.URGE: WithNoteForm,
    Event.SUPERVISE: SuperviseForm,
    Event.SUSPEND: WithReasonForm,
    Event.RESUME: StepForm,
    Event.TURN_OVER: TurnOverForm,
    Event.SEND_BACK: WithReasonForm,
    Event.MERGE: MergeForm,
    Event.VOID: WithReasonForm,
}
