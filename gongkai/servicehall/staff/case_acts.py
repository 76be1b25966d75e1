"""What may be done with a case, each act with its form, its verb and whose it is."""

from typing import Any

from gongkai.calendars.queries import workday_calendar
from gongkai.servicehall import actions
from gongkai.servicehall.deadlines import earliest_end, least_notice
from gongkai.servicehall.lifecycle import CaseEvent, CaseState
from gongkai.servicehall.lifecycle.fulfilment import case_events
from gongkai.servicehall.models import FulfilmentCase
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.staff.doing import (
    Act,
    ActForm,
    Subject,
    asks,
    by_slug,
    plainly,
)
from gongkai.servicehall.staff.fields import amount_field, day_field, text_field

_E = CaseEvent


class FilingForm(ActForm):
    """What an enterprise files."""

    enterprise = text_field("enterprise")
    credit_code = text_field("credit_code")
    legal_person = text_field("legal_person", help_text="加密保存，不公开")
    bank = text_field("bank", help_text="加密保存，不公开")
    bank_account = text_field("bank_account", help_text="加密保存，不公开")
    asked = amount_field("申请金额（元）")
    filed_on = day_field("申报日期", now=True)


class ApproveForm(ActForm):
    """The amount that is granted."""

    granted = amount_field("核定金额（元）")
    opinion = text_field("opinion", label="核定意见")
    approved_on = day_field("核定日期", now=True)

    def fill(self) -> None:
        """Begin with what was asked."""
        self.initial.setdefault("granted", self.row.asked)


class NoticeForm(ActForm):
    """From when to when a case stands on notice."""

    notice_from = day_field("公示开始", now=True)
    notice_to = day_field("公示截止")

    def fill(self) -> None:
        """Begin with the shortest notice."""
        today = self.person.official.today
        least = earliest_end(today, workday_calendar())
        self.initial.setdefault("notice_to", least)
        days = least_notice(today).workdays
        self.fields["notice_to"].help_text = f"公示不少于{days}个工作日，当天不算"


class PayForm(ActForm):
    """What was paid."""

    paid = amount_field("拨付金额（元）")
    paid_on = day_field("拨付日期", now=True)

    def fill(self) -> None:
        """Begin with what was granted."""
        self.initial.setdefault("paid", self.row.granted)


def _may(event: CaseEvent) -> Any:
    return lambda case: event in case_events(CaseState(case.state))


def _handles(person: HallPerson, case: FulfilmentCase) -> bool:
    return person.handles(case)


def _approves(person: HallPerson, case: FulfilmentCase) -> bool:
    return person.approves(case)


def _act(slug: str, event: CaseEvent, form: type[ActForm], verb: Any, **more: Any) -> Act:
    whose = more.pop("whose", _handles)
    return Act(slug, event.label, form, plainly(verb), whose, _may(event), **more)


_WHY = asks(why=text_field("why"))
CASE_ACTS = by_slug(
    _act(
        "examine",
        _E.EXAMINE,
        asks(
            opinion=text_field("opinion", label="初审意见"),
            examined_on=day_field("初审日期", now=True),
        ),
        actions.examine,
        main=True,
    ),
    _act(
        "approve",
        _E.APPROVE,
        ApproveForm,
        actions.approve,
        whose=_approves,
        main=True,
        hint="由本部门审核人核定，初审人不能核定自己初审的案件。",
    ),
    _act("notice", _E.NOTICE, NoticeForm, actions.put_on_notice, main=True),
    _act("clear", _E.CLEAR, asks(), actions.clear, main=True),
    _act("object", _E.OBJECT, _WHY, actions.take_objection),
    _act("dismiss", _E.DISMISS, _WHY, actions.dismiss_objection, main=True),
    _act("pay", _E.PAY, PayForm, actions.pay, main=True),
    _act("refuse", _E.REFUSE, _WHY, actions.refuse),
    _act("withdraw", _E.WITHDRAW, _WHY, actions.withdraw),
    Act(
        "bank",
        "查看账户信息",
        asks(why=text_field("why", label="查看的理由")),
        plainly(actions.show_bank),
        _handles,
        lambda case: True,
        hint="开户行、账号和法定代表人加密保存，每次查看都记入操作日志。",
    ),
)


def _find(person: HallPerson, pk: Any) -> FulfilmentCase | None:
    rows = person.cases.select_related("organ", "county", "clause__policy")
    return rows.filter(pk=pk).first()


CASE = Subject("cases", "case", "case_act", _find, CASE_ACTS)
