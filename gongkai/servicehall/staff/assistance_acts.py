"""What may be done with a matter of help, each act with its form and verb."""

from typing import Any

from gongkai.servicehall import actions, queries
from gongkai.servicehall.actions import Asked, Rating
from gongkai.servicehall.lifecycle import AssistEvent, AssistState
from gongkai.servicehall.lifecycle.assistance import assist_events
from gongkai.servicehall.models import Assistance, Attendant, ServiceItem
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.staff.doing import (
    Act,
    ActForm,
    Subject,
    asks,
    by_slug,
    plainly,
)
from gongkai.servicehall.staff.fields import (
    choice_field,
    day_field,
    row_field,
    text_field,
    tick_field,
)

_E = AssistEvent


class AskedForm(ActForm):
    """Who asks for help with what, and who helps."""

    applicant = text_field("applicant", help_text="加密保存")
    person = tick_field("申请人是自然人", help_text="自然人的姓名在列表中隐去")
    phone = text_field("phone", label="申请人电话", help_text="加密保存")
    project = text_field("project", help_text="不写个人信息")
    item = row_field(
        "政务服务事项", ServiceItem.objects.none(), required=False, empty_label="不对应具体事项"
    )
    agent = row_field("帮代办员", Attendant.objects.none())
    commissioned = tick_field("有委托书", help_text="委托书在登记以后上传")
    accepted_on = day_field("受理日期", now=True)

    def fill(self) -> None:
        """Offer the agents of the halls this person works for, and the county's items."""
        mine = self.person.halls.filter(organ_id__in=self.person.clerk_ids)
        today = self.person.official.today
        self.fields["agent"].queryset = queries.agents(mine, today)
        counties = list(mine.values_list("county_id", flat=True))
        items = ServiceItem.objects.filter(county_id__in=counties)
        self.fields["item"].queryset = items.in_force(today)

    def asked(self) -> Asked:
        """Return who asks for what."""
        names = ("applicant", "person", "phone", "project", "commissioned")
        return Asked(**{name: self.cleaned_data[name] for name in names})


def _handles(person: HallPerson, matter: Assistance) -> bool:
    return person.handles(matter)


def _may(event: AssistEvent) -> Any:
    return lambda matter: event in assist_events(AssistState(matter.state))


def _act(slug: str, event: AssistEvent, form: type[ActForm], verb: Any, **more: Any) -> Act:
    return Act(slug, event.label, form, plainly(verb), _handles, _may(event), **more)


MATTER_ACTS = by_slug(
    _act(
        "step",
        _E.BEGIN_STEP,
        asks(
            name=text_field("step", label="环节", help_text="如：用地预审、施工许可"),
            body=text_field("applicant", label="部门", help_text="办理这个环节的部门"),
            begun_on=day_field("开始日期", now=True),
        ),
        actions.begin_step,
    ),
    _act(
        "complete",
        _E.COMPLETE,
        asks(outcome=text_field("outcome"), closed_on=day_field("办结日期", now=True)),
        actions.complete,
        main=True,
    ),
    _act(
        "stop",
        _E.STOP,
        asks(
            outcome=text_field("outcome", label="终止的理由"),
            closed_on=day_field("终止日期", now=True),
        ),
        actions.stop,
    ),
    Act(
        "rate",
        _E.RATE.label,
        asks(rating=choice_field("评价", Rating)),
        plainly(actions.rate),
        _handles,
        lambda matter: matter.state == AssistState.DONE and not matter.rating,
        main=True,
    ),
    Act(
        "applicant",
        "查看申请人",
        asks(why=text_field("why", label="查看的理由")),
        plainly(actions.show_applicant),
        _handles,
        lambda matter: matter.erased_at is None,
        hint="申请人和电话加密保存，每次查看都记入操作日志。",
    ),
    Act(
        "forget",
        "清除申请人信息",
        asks(why=text_field("why", label="清除的依据")),
        plainly(actions.forget_applicant),
        _handles,
        lambda matter: matter.erased_at is None and matter.state != AssistState.UNDER_WAY,
        hint="保管期满或者本人要求删除的，清除姓名和电话，不能恢复；件数统计不变。",
    ),
)


def _find(person: HallPerson, pk: Any) -> Assistance | None:
    rows = person.assistances.select_related("organ", "county", "hall", "item", "agent__organ")
    return rows.filter(pk=pk).first()


MATTER = Subject("assistances", "assistance", "assistance_act", _find, MATTER_ACTS)
FinishForm = asks(finished_on=day_field("完成日期", now=True))
