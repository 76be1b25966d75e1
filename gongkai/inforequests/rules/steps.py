"""What single acts on the way to an answer presuppose (Art. 29, 32-35, 51)."""

from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules.replay import Case
from gongkai.statute.days import written


def split(case: Case, act: CaseAct) -> None:
    """Split at registration only, and into two at least (Art. 29)."""
    if Event.ASK_SUPPLEMENT in case.happened or len(act.data["parts"]) < 2:
        raise BadAct("拆分须在登记时进行，且至少拆为两件，请填写两项以上内容", "parts")


def assign(case: Case, act: CaseAct) -> None:
    """An inner term ends on the day of the assignment or later (Art. 33)."""
    inner = act.day("inner_due_on")
    if inner and inner < act.on:
        raise BadAct(
            f"“内部办理期限”（{written(inner)}）早于交办的日期（{written(act.on)}），请改为当日或者以后",
            "inner_due_on",
        )


def inner_term(inner: date | None, due_on: date | None, on: date) -> None:
    """An inner term ends within the term of the law, unless that one is over (Art. 33).

    Raises:
        BadAct: it ends later than `due_on`.
    """
    if inner and due_on and on <= due_on < inner:
        raise BadAct(
            f"“内部办理期限”（{written(inner)}）晚于答复期限（{written(due_on)}，第三十三条），"
            "请提前，给审核、签发留出时间",
            "inner_due_on",
        )


def search(case: Case, act: CaseAct) -> None:
    """A search is made for a request that was received, and recorded afterwards (Art. 36(4))."""
    searched_on = act.day("searched_on")
    if searched_on and case.received_on and searched_on < case.received_on:
        raise BadAct(
            f"“检索日期”（{written(searched_on)}）早于收到申请之日"
            f"（{written(case.received_on)}），请核对",
            "searched_on",
        )
    if searched_on and searched_on > act.on:
        raise BadAct(
            f"“检索日期”（{written(searched_on)}）晚于登记的日期（{written(act.on)}），请核对",
            "searched_on",
        )


def serve_consultation(case: Case, act: CaseAct) -> None:
    """A consultation letter arrives once, and not before it was sent (Art. 32)."""
    consultation = case.open_consultation(act.data["consultation"])
    if consultation is None:
        raise BadAct("没有这一项未结束的征求意见，请重新选择", "consultation")
    if consultation.served_on is not None:
        raise Refused(
            f"向{consultation.whom}征求意见的送达日期已登记为"
            f"{written(consultation.served_on)}，不能重复登记。"
        )
    if act.on < consultation.sent_on:
        raise BadAct(
            f"“送达日期”（{written(act.on)}）早于发出日期（{written(consultation.sent_on)}），"
            "请核对",
            "on",
        )


def opinion(case: Case, act: CaseAct) -> None:
    """An opinion answers a letter that has arrived, unless the letter is called off."""
    consultation = case.open_consultation(act.data["consultation"])
    if consultation is None:
        raise BadAct("没有这一项未结束的征求意见，请重新选择", "consultation")
    if consultation.served_on is None and act.data["opinion"] != Opinion.CANCELLED:
        raise Refused(
            f"向{consultation.whom}发出的征求意见书尚未登记送达（第三十二条），请先登记送达日期。"
        )


def tell_third_party(case: Case, act: CaseAct) -> None:
    """Only a third party that did not agree is told of disclosure against its will."""
    number = act.data["consultation"]
    if number not in {asked.number for asked, _ in case.objections}:
        raise BadAct(
            "只有不同意或者部分同意公开的第三方才需要告知（第三十二条），请重新选择",
            "consultation",
        )
    if number in case.told_parties:
        raise Refused("已经告知过这一第三方（第三十二条），不能重复登记。")


def extend(case: Case, act: CaseAct) -> None:
    """The head consents to what somebody else proposed (Art. 33(2))."""
    if case.proposal is None:
        raise Refused(
            "不能“延长答复期限”：延期须经政府信息公开工作机构负责人同意"
            "（第三十三条第二款），请先提请延期。"
        )
    if case.proposal.account == act.account:
        raise Refused(
            "不能“延长答复期限”：提请人不得自行同意延期（第三十三条第二款），"
            "请由政府信息公开工作机构负责人同意。"
        )


def receive_reasons(case: Case, act: CaseAct) -> None:
    """Reasons answer a notice that asked for them (Art. 35)."""
    if Event.ASK_REASONS not in case.happened:
        raise Refused(
            "不能“收到理由说明”（第三十五条）：尚未要求申请人说明理由，请先登记要求说明理由。"
        )


def delay(case: Case, act: CaseAct) -> None:
    """A later date is for a requester whose reasons are good (Art. 35)."""
    if Event.ASK_REASONS not in case.happened:
        raise Refused("不能延迟答复（第三十五条）：尚未要求申请人说明理由，请先登记要求说明理由。")
    if case.reasonable is None:
        raise Refused("不能延迟答复（第三十五条）：申请人尚未说明理由，请先登记收到的理由说明。")
    if not case.reasonable:
        raise Refused(
            "不能延迟答复（第三十五条）：申请人的理由不合理的，应当告知不予处理，而不是延迟答复。"
        )


def reopen(case: Case, act: CaseAct) -> None:
    """A reconsideration or a suit concerns a request that was received (Art. 51)."""
    if case.received_on is None:
        raise Refused(
            "不能“重新办理”（第五十一条）：申请在确定收到之日前已经撤回，没有答复可以复议。"
        )
    due_on = act.day("due_on")
    if due_on and due_on <= act.on:
        raise BadAct(
            f"“决定要求的答复期限”（{written(due_on)}）应当晚于重新办理之日"
            f"（{written(act.on)}），请核对",
            "due_on",
        )
