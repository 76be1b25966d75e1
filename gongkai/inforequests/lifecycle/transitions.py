"""The one table of a request's states (Art. 29-45), and why other arrows are refused.

`TRANSITIONS` is drawn by `make docs` and followed by the reducer (`rules`) and by
the verbs (`actions`). What must hold beyond the state stands in words in `guard`
and is checked by `rules.guards`.
"""

from collections.abc import Mapping

from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow

_S, _E = State, Event
_ONCE = "一次性告知；自收到申请之日起7个工作日内"
_PAUSE = "征求意见所需时间不计入答复期限"
_EXTEND = (
    "只能一次；不超过20个工作日；原期限届满前告知申请人；"
    "政府信息公开工作机构负责人同意，提请人不得自行同意"
)
_REPLY = "每一项都有结果和依据"
_AT_ONCE = "当场答复，或者补录系统外已作出的答复"
_UNTIL_SERVED = "第三方答复，或者自收到征求意见书之日起15个工作日届满"
_FEE = "答复期限内通知；只能一次"
_LAPSE = "期限届满而申请人无正当理由未办"
_AT_REGISTRATION = "登记时拆分；至少两件；拆分后各件单独计数"
_SAME = "同一申请人向同一机关就同一内容重复提交；并入的一件继续办理"
_WRONG_ORGAN = "申请人选错机关；写明理由；收到之日不变"
_OTHER_EYES = "审核人不得是拟稿人"
_NO_OVERRIDE = "第三方不同意而决定公开的，应先书面告知第三方"
_ART_32, _ART_33, _ART_45 = "第三十二条", "第三十三条第二款", "第四十五条"
# A reply on its way out may still be extended, sent back or withdrawn by the requester.
_ON_ITS_WAY = (_S.UNDER_REVIEW, _S.REVIEWED, _S.SIGNED)
# Letters of the procedure go out, and mail slips come back, until the case is closed.
_WITH_LETTERS = (
    *(_S.REGISTERED, _S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.CONSULTING, _S.AWAITING_PAYMENT),
    *(*_ON_ITS_WAY, _S.ISSUED, _S.REPLIED, _S.LAPSED, _S.WITHDRAWN),
)
# Whoever has the case in hand may change while it waits for somebody else.
_WAITING = (
    *(_S.AWAITING_SUPPLEMENT, _S.CONSULTING, _S.AWAITING_PAYMENT),
    *(*_ON_ITS_WAY, _S.ISSUED),
)
_OTHER_HANDLER = "改派经办人；案件所处环节和期限不变"
_SERVED_ON = "当面以签收之日、邮寄以交邮之日、电子方式以发出之日为告知之日"
_ARRIVED_ON = "邮寄的文书；申请人的补正、缴费期限自签收之日起算"

TRANSITIONS: Mapping[tuple[State, Event], Arrow[State]] = {
    (_S.SUBMITTED, _E.TRY_CONTACT): Arrow(_S.SUBMITTED, "第三十一条", "留存联系记录"),
    (_S.SUBMITTED, _E.REGISTER): Arrow(_S.REGISTERED, "第三十一条", "收到之日按渠道确定"),
    (_S.SUBMITTED, _E.TRANSFER): Arrow(_S.TRANSFERRED, "第十条", _WRONG_ORGAN),
    (_S.SUBMITTED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.REGISTERED, _E.TRANSFER): Arrow(_S.TRANSFERRED, "第十条", _WRONG_ORGAN),
    (_S.REGISTERED, _E.SPLIT): Arrow(_S.SPLIT, "第二十九条", _AT_REGISTRATION),
    (_S.REGISTERED, _E.MERGE): Arrow(_S.MERGED, "第三十六条第六项", _SAME),
    (_S.REGISTERED, _E.ASSIGN): Arrow(_S.PROCESSING, _ART_45),
    (_S.REGISTERED, _E.ASK_SUPPLEMENT): Arrow(_S.AWAITING_SUPPLEMENT, "第三十条", _ONCE),
    (_S.REGISTERED, _E.REPLY): Arrow(_S.REPLIED, "第三十三条第一款", f"{_REPLY}；{_AT_ONCE}"),
    (_S.REGISTERED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.PROCESSING, _E.ASSIGN): Arrow(_S.PROCESSING, _ART_45),
    (_S.PROCESSING, _E.SEARCH): Arrow(
        _S.PROCESSING, "第三十六条第四项", "检索范围、关键词、人员和时间"
    ),
    (_S.PROCESSING, _E.ASK_SUPPLEMENT): Arrow(_S.AWAITING_SUPPLEMENT, "第三十条", _ONCE),
    (_S.PROCESSING, _E.CONSULT_THIRD_PARTY): Arrow(_S.CONSULTING, _ART_32, _PAUSE),
    (_S.PROCESSING, _E.CONSULT_ORGAN): Arrow(_S.CONSULTING, "第三十四条", _PAUSE),
    (_S.PROCESSING, _E.TELL_THIRD_PARTY): Arrow(
        _S.PROCESSING, _ART_32, "第三方不同意公开；写明决定公开的内容和理由"
    ),
    (_S.PROCESSING, _E.PROPOSE_EXTENSION): Arrow(_S.PROCESSING, _ART_33),
    (_S.PROCESSING, _E.EXTEND): Arrow(_S.PROCESSING, _ART_33, _EXTEND),
    (_S.PROCESSING, _E.ASK_REASONS): Arrow(_S.PROCESSING, "第三十五条"),
    (_S.PROCESSING, _E.RECEIVE_REASONS): Arrow(_S.PROCESSING, "第三十五条", "已要求说明理由"),
    (_S.PROCESSING, _E.SET_DELAY): Arrow(
        _S.PROCESSING, "第三十五条", "已要求说明理由且理由合理；晚于原期限；原期限届满前告知"
    ),
    (_S.PROCESSING, _E.CHARGE_FEE): Arrow(_S.AWAITING_PAYMENT, "第四十二条", _FEE),
    (_S.PROCESSING, _E.DRAFT_REPLY): Arrow(_S.UNDER_REVIEW, "第三十六条", _REPLY),
    (_S.PROCESSING, _E.REPLY): Arrow(_S.REPLIED, "第三十六条", f"{_REPLY}；{_AT_ONCE}"),
    (_S.PROCESSING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.AWAITING_SUPPLEMENT, _E.RECEIVE_SUPPLEMENT): Arrow(
        _S.PROCESSING, "第三十条", "答复期限自收到补正之日起重新计算"
    ),
    (_S.AWAITING_SUPPLEMENT, _E.LAPSE_SUPPLEMENT): Arrow(_S.LAPSED, "第三十条", _LAPSE),
    (_S.AWAITING_SUPPLEMENT, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.CONSULTING, _E.SEARCH): Arrow(_S.CONSULTING, "第三十六条第四项"),
    (_S.CONSULTING, _E.CONSULT_THIRD_PARTY): Arrow(_S.CONSULTING, _ART_32, _PAUSE),
    (_S.CONSULTING, _E.CONSULT_ORGAN): Arrow(_S.CONSULTING, "第三十四条", _PAUSE),
    (_S.CONSULTING, _E.SERVE_CONSULTATION): Arrow(_S.CONSULTING, _ART_32),
    (_S.CONSULTING, _E.RECORD_OPINION): Arrow(
        _S.CONSULTING, _ART_32, "还有征求意见未结束；" + _UNTIL_SERVED
    ),
    (_S.CONSULTING, _E.RECORD_LAST_OPINION): Arrow(
        _S.PROCESSING, _ART_32, "征求意见全部结束；" + _UNTIL_SERVED
    ),
    (_S.CONSULTING, _E.PROPOSE_EXTENSION): Arrow(_S.CONSULTING, _ART_33),
    (_S.CONSULTING, _E.EXTEND): Arrow(_S.CONSULTING, _ART_33, _EXTEND),
    (_S.CONSULTING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.AWAITING_PAYMENT, _E.RECORD_PAYMENT): Arrow(
        _S.PROCESSING, "收费办法第六条", "答复期限自缴费次日起重新计算"
    ),
    (_S.AWAITING_PAYMENT, _E.LAPSE_FEE): Arrow(_S.LAPSED, "收费办法第六条", _LAPSE),
    (_S.AWAITING_PAYMENT, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.UNDER_REVIEW, _E.PASS_DRAFT): Arrow(_S.REVIEWED, "第十七条", _OTHER_EYES),
    (_S.REVIEWED, _E.SIGN): Arrow(_S.SIGNED, _ART_45, "签发人不得是拟稿人"),
    (_S.SIGNED, _E.ISSUE): Arrow(_S.ISSUED, "第三十六条", _NO_OVERRIDE),
    **{
        (state, event): Arrow(target, article, guard)
        for state in _ON_ITS_WAY
        for event, target, article, guard in (
            (_E.RETURN_DRAFT, _S.PROCESSING, "第十七条", "写明退回意见"),
            (_E.PROPOSE_EXTENSION, state, _ART_33, ""),
            (_E.EXTEND, state, _ART_33, _EXTEND),
            (_E.WITHDRAW, _S.WITHDRAWN, "第二十七条", ""),
        )
    },
    **{
        (state, event): Arrow(state, "第四十条", guard)
        for state in _WITH_LETTERS
        for event, guard in ((_E.SERVE_LETTER, _SERVED_ON), (_E.RECORD_ARRIVAL, _ARRIVED_ON))
    },
    **{(state, _E.ASSIGN): Arrow(state, _ART_45, _OTHER_HANDLER) for state in _WAITING},
    (_S.ISSUED, _E.CANCEL_ISSUE): Arrow(_S.PROCESSING, _ART_45, "尚未送达；文号作废保留"),
    (_S.ISSUED, _E.REPLY): Arrow(_S.REPLIED, "第四十条", "当面以签收之日、邮寄以交邮之日为准"),
    (_S.ISSUED, _E.REPLY_ANEW): Arrow(_S.REPLIED, "第四十条", "重新办理的，不再计入办理结果"),
    (_S.ISSUED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条", "文号作废保留"),
    (_S.REPLIED, _E.RETURN_MAIL): Arrow(_S.REPLIED, "第四十条", "邮寄送达的答复被退回"),
    (_S.REPLIED, _E.SERVE_AGAIN): Arrow(_S.REPLIED, "第四十条", "邮件退回后重新送达"),
    (_S.REPLIED, _E.REFER): Arrow(_S.REPLIED, "第三十九条第一款", "信访、投诉、举报类事项"),
    (_S.REPLIED, _E.REOPEN): Arrow(_S.PROCESSING, "第五十一条", "复议决定或者判决要求重新答复"),
    (_S.REPLIED, _E.CLOSE): Arrow(_S.CLOSED, _ART_45),
    (_S.LAPSED, _E.CLOSE): Arrow(_S.CLOSED, _ART_45),
    (_S.WITHDRAWN, _E.CLOSE): Arrow(_S.CLOSED, _ART_45),
    (_S.CLOSED, _E.REOPEN): Arrow(_S.PROCESSING, "第五十一条", "复议决定或者判决要求重新答复"),
    (_S.CLOSED, _E.ARCHIVE): Arrow(_S.ARCHIVED, _ART_45, "写明档号和保管期限"),
    (_S.ARCHIVED, _E.REOPEN): Arrow(_S.PROCESSING, "第五十一条", "复议决定或者判决要求重新答复"),
}

# Why an event does not fit the state, by state; the event's own article comes first.
_STANDS_AGAINST = {
    State.SUBMITTED: "申请尚未确定收到之日（第三十一条），请先按提交渠道登记",
    State.REGISTERED: "申请已登记、尚未分办（第四十五条），请先分办或者当场答复",
    State.PROCESSING: "申请正在办理（第四十五条），没有等待补正、缴费、意见、审签或者送达",
    State.AWAITING_SUPPLEMENT: "正在等待申请人补正（第三十条），请先登记收到补正或者逾期不补正",
    State.CONSULTING: "正在征求意见（第三十二条、第三十四条），请先登记意见或者期限届满",
    State.AWAITING_PAYMENT: "正在等待申请人缴费（第四十二条），请先登记缴费或者逾期未缴费",
    State.UNDER_REVIEW: "答复正在审核（第十七条），请先审核；需要补充办理的先退回修改",
    State.REVIEWED: "答复正在等待签发（第四十五条），请先签发；需要补充办理的先退回修改",
    State.SIGNED: "答复已经签发，请制发答复书；需要补充办理的先退回修改",
    State.ISSUED: "答复书已经制发（第四十条），请登记送达；确需更改的先作废答复书",
    State.REPLIED: "申请已经答复（第三十三条），只能办结；复议、诉讼要求重新答复的登记重新办理",
    State.LAPSED: "申请已视为放弃（第三十条、第四十二条），只能办结",
    State.WITHDRAWN: "申请人已撤回申请，只能办结",
    State.SPLIT: "申请已拆分为多件分别办理，请到拆分后的各件办理",
    State.MERGED: "申请已并入另一件办理，请到并入的一件办理",
    State.TRANSFERRED: "申请已移送其他机关，由该机关办理",
    State.CLOSED: "申请已办结（第四十五条），只能归档；复议、诉讼要求重新答复的登记重新办理",
    State.ARCHIVED: "申请已归档（第四十五条），不再变动；复议、诉讼要求重新答复的登记重新办理",
}
_ARTICLES = {
    event: next(arrow.article for (_, each), arrow in TRANSITIONS.items() if each is event)
    for event in Event
    if event is not Event.SUBMIT
}


def next_state(state: State, event: Event) -> State:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message names the event's article and
            what stands against it.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(refusal(state, event)) from None


def refusal(state: State, event: Event) -> str:
    """Return in Chinese why `event` is refused in `state`."""
    article = _ARTICLES.get(event, "第二十九条")
    return f"不能“{event.label}”（{article}）：{_STANDS_AGAINST[state]}。"


def open_events(state: State) -> tuple[Event, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
