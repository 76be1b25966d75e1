"""What the service of a procedural letter presupposes (Art. 30, 33, 35, 42; 235号)."""

from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.notices import Notice
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules.answers import by_post
from gongkai.inforequests.rules.replay import Case
from gongkai.statute.days import written


def serve_letter(case: Case, act: CaseAct) -> None:
    """A letter goes out once, anew only while nobody has got it, and not before it was told."""
    notice = _notice(case, act)
    if notice.latest is not None and not notice.under_way:
        raise Refused(
            f"不能“登记文书送达”（第四十条）：这份文书已登记于{written(notice.latest.on)}送达，"
            "不能重复登记。"
        )
    by_post(act)
    sent_on = notice.latest.on if notice.latest else notice.told_on
    _not_before(act, "on", "送达日期", sent_on, "上次送达日期" if notice.latest else "告知日期")
    _not_after_the_answer(notice, act)
    reached_on = act.day("reached_on")
    if reached_on is not None and reached_on < act.on:
        raise BadAct(
            f"“收件人签收日期”（{written(reached_on)}）早于送达日期（{written(act.on)}），请核对",
            "reached_on",
        )


def record_arrival(case: Case, act: CaseAct) -> None:
    """What was posted arrives once, and not before it was posted."""
    notice = _notice(case, act)
    if notice.latest is None or not notice.under_way:
        raise Refused(
            f"不能“{Event.RECORD_ARRIVAL.label}”（第四十条）："
            "没有以邮寄方式送达、尚待签收的这份文书，请先登记文书送达。"
        )
    _not_before(act, "on", "签收日期", notice.latest.on, "交邮日期")


def _notice(case: Case, act: CaseAct) -> Notice:
    notice = case.notice(act.data["kind"], act.data["act"])
    if notice is None:
        raise BadAct("没有登记过这份文书所告知的事项，请重新选择", "letter")
    return notice


def _not_after_the_answer(notice: Notice, act: CaseAct) -> None:
    if notice.answered_on is not None and act.on > notice.answered_on:
        raise BadAct(
            f"“送达日期”（{written(act.on)}）晚于申请人补正、说明理由或者缴费的日期"
            f"（{written(notice.answered_on)}），请核对",
            "on",
        )


def _not_before(act: CaseAct, field: str, name: str, first: date, first_name: str) -> None:
    if act.on < first:
        raise BadAct(
            f"“{name}”（{written(act.on)}）早于{first_name}（{written(first)}），请核对", field
        )
