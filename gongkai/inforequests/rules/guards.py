"""What must be true of a case beyond its state before an act (Art. 30-37, 42).

Terms are not judged here (`deadlines.admit` does); order of days, "only once", and
what each result presupposes are.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules.replay import Case
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground, Outcome, counted_ground

Data = Mapping[str, Any]

_ONCE = {
    Event.ASK_SUPPLEMENT: "补正应当一次性告知，不能再次要求补正（第三十条）；"
    "补正后仍不明确的，请以“补正后申请内容仍不明确”答复",
    Event.EXTEND: "答复期限只能延长一次（第三十三条第二款），请在已延长的期限内答复",
    Event.CHARGE_FEE: "一件申请只能通知缴费一次（收费办法第三条、第六条）",
    Event.SET_DELAY: "延迟答复的合理期限已经确定并告知申请人（第三十五条），不能再次延迟",
}
_ONLY_BY_LAPSE = frozenset({Ground.NOT_SUPPLEMENTED, Ground.FEE_UNPAID})


def guard(
    case: Case, event: Event, on: date, data: Data, *, today: date, places: Collection[int]
) -> None:
    """Check that `event` on day `on` may follow what the case has come to.

    `today` is the day of recording, `places` are the numbers of the items asked for.

    Raises:
        Refused: an article stands against it.
        BadAct: a day or an item is told wrongly.
    """
    _order_of_days(case, event, on, today)
    if event in _ONCE and event in case.happened:
        raise Refused(f"不能“{event.label}”：{_ONCE[event]}。")
    check = _CHECKS.get(event)
    if check:
        check(case, on, data)
    if event is Event.REPLY:
        _every_item(data, places)


def _order_of_days(case: Case, event: Event, on: date, today: date) -> None:
    if on > today:
        raise BadAct(f"“日期”（{written(on)}）晚于登记当日（{written(today)}），请核对", "on")
    # The day of service of a consultation letter is often learned after later acts.
    if event is not Event.SERVE_CONSULTATION and on < case.last_on:
        raise BadAct(
            f"“日期”（{written(on)}）早于上一项办理记录（{written(case.last_on)}），请核对", "on"
        )


def _split(case: Case, on: date, data: Data) -> None:
    if Event.ASK_SUPPLEMENT in case.happened or len(data["parts"]) < 2:
        raise BadAct("拆分须在登记时进行，且至少拆为两件，请填写两项以上内容", "parts")


def _served(case: Case, on: date, data: Data) -> None:
    consultation = case.open_consultation(data["consultation"])
    if consultation is None:
        raise BadAct("没有这一项未结束的征求意见，请重新选择", "consultation")
    if consultation.served_on is not None:
        raise Refused(
            f"向{consultation.whom}征求意见的送达日期已登记为"
            f"{written(consultation.served_on)}，不能重复登记。"
        )
    if on < consultation.sent_on:
        raise BadAct(
            f"“送达日期”（{written(on)}）早于发出日期（{written(consultation.sent_on)}），请核对",
            "on",
        )


def _opinion(case: Case, on: date, data: Data) -> None:
    consultation = case.open_consultation(data["consultation"])
    if consultation is None:
        raise BadAct("没有这一项未结束的征求意见，请重新选择", "consultation")
    if consultation.served_on is None and data["opinion"] != Opinion.CANCELLED:
        raise Refused(
            f"向{consultation.whom}发出的征求意见书尚未登记送达（第三十二条），请先登记送达日期。"
        )


def _delay(case: Case, on: date, data: Data) -> None:
    if Event.ASK_REASONS not in case.happened:
        raise Refused("不能延迟答复（第三十五条）：尚未要求申请人说明理由，请先登记要求说明理由。")


def _reply(case: Case, on: date, data: Data) -> None:
    grounds = [Ground(value) for _, value in sorted(data["grounds"].items(), key=_by_place)]
    for ground in grounds:
        if ground in _ONLY_BY_LAPSE:
            raise Refused(
                f"“{ground.label}”不是答复（第三十条、第四十二条），请登记逾期不补正或者逾期未缴费。"
            )
    if Ground.STILL_UNCLEAR in grounds and Event.RECEIVE_SUPPLEMENT not in case.happened:
        raise Refused("不能以“补正后申请内容仍不明确”答复（第三十条）：没有告知并收到过补正。")
    if Ground.EXCESSIVE in grounds and Event.ASK_REASONS not in case.happened:
        raise Refused(
            "不能以“无正当理由大量反复申请”答复（第三十五条）：应当先要求申请人说明理由。"
        )
    _choice(grounds, data)


def _choice(grounds: list[Ground], data: Data) -> None:
    """Check the row that the office chose itself: only where the form leaves a choice."""
    chosen = data.get("chosen")
    if not chosen:
        return
    if not str(data.get("reason") or "").strip():
        raise BadAct("另选计入年度报告的结果，须填写“另选计入结果的理由”", "reason")
    if counted_ground(grounds).outcome in (Outcome.GRANTED, Outcome.PARTIAL):
        raise Refused("予以公开、部分公开的申请只计这一情形（年度报告格式表三），不能另选。")
    if chosen not in grounds:
        raise BadAct("“计入年度报告的结果”须是各项办理结果之一，请重新选择", "chosen")


def _by_place(item: tuple[str, Any]) -> int:
    return int(item[0])


def _every_item(data: Data, places: Collection[int]) -> None:
    told = {int(place) for place in data["grounds"]}
    missing = sorted(set(places) - told)
    if missing:
        raise BadAct(
            f"第{'、'.join(str(place) for place in missing)}项没有办理结果，请逐项填写", "grounds"
        )
    if told - set(places):
        raise BadAct("办理结果中有申请所没有的事项，请核对序号", "grounds")


_CHECKS: Mapping[Event, Callable[[Case, date, Data], None]] = {
    Event.SPLIT: _split,
    Event.SERVE_CONSULTATION: _served,
    Event.RECORD_OPINION: _opinion,
    Event.RECORD_LAST_OPINION: _opinion,
    Event.SET_DELAY: _delay,
    Event.REPLY: _reply,
}
