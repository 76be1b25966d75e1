"""What must be true of a case beyond its state before an act (Art. 30-37, 42, 51).

Here stand the order of days, what may happen once in a round and what a later round
leaves no room for; `steps` and `answers` hold the rules of single acts. Terms are not
judged here (`deadlines.admit` does).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules import answers, notices, steps
from gongkai.inforequests.rules.replay import Case
from gongkai.statute.days import written

_ONCE = {
    Event.ASK_SUPPLEMENT: "补正应当一次性告知，不能再次要求补正（第三十条）；"
    "补正后仍不明确的，请以“补正后申请内容仍不明确”答复",
    Event.PROPOSE_EXTENSION: "答复期限只能延长一次（第三十三条第二款），请在已延长的期限内答复",
    Event.EXTEND: "答复期限只能延长一次（第三十三条第二款），请在已延长的期限内答复",
    Event.CHARGE_FEE: "一件申请只能通知缴费一次（收费办法第三条、第六条）",
    Event.SET_DELAY: "延迟答复的合理期限已经确定并告知申请人（第三十五条），不能再次延迟",
}
# An extension was proposed when it was granted, so the grant is what may not come again.
_SPENT_BY = {Event.PROPOSE_EXTENSION: Event.EXTEND}
_NO_LATER_ROUND = {
    Event.ASK_SUPPLEMENT: "重新办理的申请不再要求补正（第三十条），请按决定的要求办理",
    Event.CHARGE_FEE: "重新办理的申请不收取信息处理费（第四十二条）",
    Event.WITHDRAW: "复议决定或者判决要求重新答复的（第五十一条），应当作出答复，不能登记撤回",
}
_LONGER = frozenset({Event.PROPOSE_EXTENSION, Event.EXTEND, Event.SET_DELAY})


def guard(case: Case, act: CaseAct, *, today: date, places: Collection[int]) -> None:
    """Check that `act` may follow what the case has come to.

    `today` is the day of recording, `places` are the numbers of the items asked for.

    Raises:
        Refused: an article stands against it.
        BadAct: a day or an item is told wrongly.
    """
    _order_of_days(case, act, today)
    _later_round(case, act)
    if act.kind in _ONCE and _SPENT_BY.get(act.kind, act.kind) in case.happened:
        raise Refused(f"不能“{act.kind.label}”：{_ONCE[act.kind]}。")
    check = _CHECKS.get(act.kind)
    if check:
        check(case, act)
    if act.kind in answers.ITEM_BY_ITEM:
        answers.every_item(act, places)


# How and when a letter went or arrived is often learned after later acts.
_LEARNED_LATER = frozenset({Event.SERVE_CONSULTATION, Event.SERVE_LETTER, Event.RECORD_ARRIVAL})


def _order_of_days(case: Case, act: CaseAct, today: date) -> None:
    if act.on > today:
        raise BadAct(f"“日期”（{written(act.on)}）晚于登记当日（{written(today)}），请核对", "on")
    if act.kind not in _LEARNED_LATER and act.on < case.last_on:
        raise BadAct(
            f"“日期”（{written(act.on)}）早于上一项办理记录（{written(case.last_on)}），请核对",
            "on",
        )


def _later_round(case: Case, act: CaseAct) -> None:
    if case.reopened is None:
        return
    if act.kind in _NO_LATER_ROUND:
        raise Refused(f"不能“{act.kind.label}”：{_NO_LATER_ROUND[act.kind]}。")
    due_on = case.reopened.day("due_on")
    if due_on and act.kind in _LONGER:
        raise Refused(
            f"不能“{act.kind.label}”：{case.reopened.data['authority']}的决定"
            f"要求在{written(due_on)}前答复（第五十一条），本机关不能自行延长。"
        )


_CHECKS: Mapping[Event, Callable[[Case, CaseAct], None]] = {
    Event.SPLIT: steps.split,
    Event.ASSIGN: steps.assign,
    Event.SEARCH: steps.search,
    Event.SERVE_CONSULTATION: steps.serve_consultation,
    Event.RECORD_OPINION: steps.opinion,
    Event.RECORD_LAST_OPINION: steps.opinion,
    Event.TELL_THIRD_PARTY: steps.tell_third_party,
    Event.EXTEND: steps.extend,
    Event.RECEIVE_REASONS: steps.receive_reasons,
    Event.SET_DELAY: steps.delay,
    Event.SERVE_LETTER: notices.serve_letter,
    Event.RECORD_ARRIVAL: notices.record_arrival,
    Event.REOPEN: steps.reopen,
    Event.DRAFT_REPLY: answers.draft,
    Event.PASS_DRAFT: answers.review,
    Event.SIGN: answers.sign,
    Event.ISSUE: answers.issue,
    Event.REPLY: answers.reply,
    Event.REPLY_ANEW: answers.reply,
    Event.RETURN_MAIL: answers.return_mail,
    Event.SERVE_AGAIN: answers.serve_again,
}
