"""The forms of points of work, tasks, events and their tables."""

from typing import Any

from django import forms

from gongkai.orgs.models import Organ
from gongkai.oversight.actions import EventTold, TaskTold
from gongkai.oversight.queries import OversightPerson
from gongkai.oversight.rules.kinds import EventKind
from gongkai.oversight.staff.fields import (
    FilesField,
    choice_field,
    count_field,
    day_field,
    decimal_field,
    file_field,
    row_field,
    rows_field,
    text_field,
)
from gongkai.servicehall.models import OpenZone


class PlanForm(forms.Form):
    """New points of work."""

    year = count_field("年度", min_value=2008, max_value=2100)
    title = text_field("title", help_text="如：靖安县2026年政务公开工作要点")
    number = text_field("number", required=False, help_text="印发时再填也可以")


class TaskForm(forms.Form):
    """One task."""

    heading = text_field("heading", required=False, help_text="如：一、以公开促进政策落实")
    content = text_field("content", rows=4)
    due_on = day_field("完成时限")

    def __init__(self, *args: Any, person: OversightPerson, county: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        organs = person.joined_in(county)
        self.fields["lead"] = row_field("牵头单位", organs)
        self.fields["joint"] = rows_field("配合单位", organs)
        self.order_fields(["heading", "content", "lead", "due_on", "joint"])

    def told(self) -> TaskTold:
        """Return the task."""
        values = self.cleaned_data
        return TaskTold(
            content=values["content"],
            lead=values["lead"],
            due_on=values["due_on"],
            heading=values["heading"],
            joint=tuple(values["joint"]),
        )


class IssueForm(forms.Form):
    """When and under what number points were issued."""

    issued_on = day_field("印发日期")
    number = text_field("number", required=False, help_text="如：靖府办字〔2026〕12号")


class ReportForm(forms.Form):
    """How far a task has come."""

    words = text_field("words", rows=4)
    claims = forms.BooleanField(
        label="任务已经完成，请核实", required=False, help_text="只有牵头单位可以报送完成"
    )
    link = text_field("link", required=False, help_text="报送完成的，填写链接或者上传材料")
    proofs = FilesField(label="佐证材料", required=False, help_text="可以一次选几个文件")

    def __init__(self, *args: Any, organs: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = row_field("报送单位", organs, empty_label=None)
        self.order_fields(["organ", "words", "claims", "link", "proofs"])


class AcceptForm(forms.Form):
    """When a task was done."""

    done_on = day_field("完成日期")
    ruling = text_field("ruling", required=False)


class SendBackForm(forms.Form):
    """What is still to do."""

    ruling = text_field("ruling", rows=3, help_text="写明还要做什么、补什么材料")


class MoveForm(forms.Form):
    """Another date."""

    due_on = day_field("完成时限")
    reason = text_field("reason", rows=3)


class WhyForm(forms.Form):
    """A reason."""

    reason = text_field("reason", rows=3)


class SureForm(forms.Form):
    """Nothing but the button."""


class TasksFileForm(forms.Form):
    """A table of tasks."""

    file = file_field(
        "任务分工表（.xlsx、.docx）",
        ".xlsx,.docx",
        "表头须有：任务内容、牵头单位、完成时限；可以有重点领域、配合单位",
    )


class SignInForm(forms.Form):
    """A list of those present."""

    file = file_field("签到表（.xlsx、.docx）", ".xlsx,.docx", "表头须有：姓名、单位；可以有职务")


class EventForm(forms.Form):
    """A training, meeting or activity."""

    kind = choice_field("类型", [(each.value, each.label) for each in EventKind])
    title = text_field("title", help_text="如：2026年全县政务公开业务培训班")
    held_on = day_field("日期")
    hours = decimal_field("学时", required=False, decimal_places=1, help_text="培训的学时")
    place = text_field("place", required=False)
    topic = text_field("topic", rows=4, required=False)
    heads = count_field("参加人数", required=False, help_text="导入签到表后按签到人数计算")

    def __init__(self, *args: Any, organs: Any, zones: Any, new: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["zone"] = row_field(
            "政务公开专区",
            zones,
            required=False,
            empty_label="不在专区",
            help_text="在专区开展的体验、开放活动，选择专区",
        )
        order = ["kind", "title", "held_on", "hours", "place", "zone", "topic", "heads"]
        if new:
            self.fields["organ"] = row_field("组织单位", organs)
            order.insert(0, "organ")
        self.order_fields(order)

    def told(self) -> EventTold:
        """Return the event."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "organ"}
        values["heads"] = values["heads"] or 0
        return EventTold(**values)


def zones_of(county_ids: Any) -> Any:
    """Return the zones for open government of some counties."""
    return OpenZone.objects.filter(county_id__in=county_ids).order_by("name")
