"""What an answer presupposes: draft, other eyes, letter, service (Art. 17, 32, 35-40)."""

from collections.abc import Collection, Mapping
from typing import Any

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.rules.replay import Case, grounds_told
from gongkai.statute.grounds import Ground, Outcome, counted_ground

ITEM_BY_ITEM = frozenset({Event.DRAFT_REPLY, Event.REPLY, Event.REPLY_ANEW})
NOT_FOUND = "A5"
_FOR_A_THIRD_PARTY = "A4.4"
_ONLY_BY_LAPSE = frozenset({Ground.NOT_SUPPLEMENTED, Ground.FEE_UNPAID})
_KEPT_BACK = frozenset({Outcome.WITHHELD, Outcome.PARTIAL})
# With one of these the letter may keep back just what a third party objected to.
_MAY_SPARE = frozenset({Ground.PARTIAL, Ground.THIRD_PARTY_RIGHTS})


def draft(case: Case, act: CaseAct) -> None:
    """Check what a draft answers, and that each item has its letter and its facts."""
    _results(case, act)
    grounds = grounds_told(act)
    letters: Mapping[str, str] = act.data.get("letters", {})
    for place, ground in grounds.items():
        _letter_fits(place, ground, letters.get(str(place), ""))
    for name in ("letters", "facts", "details", "released"):
        if set(map(int, act.data.get(name, {}))) - set(grounds):
            raise BadAct("答复内容中有申请所没有的事项，请核对序号", name)
    facts = act.data.get("facts", {})
    told = {**facts, **act.data.get("details", {})}
    for place, ground in grounds.items():
        # The sentence of part disclosure ends 理由如下: what follows stands in the facts alone.
        reasons = facts if ground is Ground.PARTIAL else told
        if (ground.outcome in _KEPT_BACK) and not reasons.get(str(place)):
            raise BadAct(
                f"第{place}项没有写明事实和理由；不予公开、部分公开的应当说明理由"
                "（第三十六条第三项、第三十七条）",
                "facts",
            )


def _letter_fits(place: int, ground: Ground, letter: str) -> None:
    if letter not in ground.letters:
        raise BadAct(f"第{place}项的答复种类与办理结果“{ground.label}”不符，请重新选择", "letters")


def review(case: Case, act: CaseAct) -> None:
    """Whoever drafted does not review (Art. 17)."""
    if case.draft and case.draft.account == act.account:
        raise Refused("不能“审核通过”：审核人不得是拟稿人（第十七条），请由其他人员审核。")


def sign(case: Case, act: CaseAct) -> None:
    """Whoever drafted does not sign (Art. 45)."""
    if case.draft and case.draft.account == act.account:
        raise Refused("不能“签发”：签发人不得是拟稿人（第四十五条），请由负责人签发。")


def issue(case: Case, act: CaseAct) -> None:
    """Check what the letter claims: a search made, a third party told."""
    if case.draft is None:
        raise AssertionError("the table of states lets only a signed draft be issued")
    _claims(case, case.draft)


def reply(case: Case, act: CaseAct) -> None:
    """Check an answer given on the spot or recorded, and the service of a letter."""
    _results(case, act)
    if case.state is State.ISSUED:
        if "how" not in act.data:
            raise Refused("不能“答复”（第四十条）：答复书已经制发，请登记送达的方式和日期。")
        by_post(act)
        return
    if "how" in act.data:
        raise Refused(
            "不能登记送达（第四十条）：没有已经制发、等待送达的答复书，请先拟写答复并审签、制发。"
        )
    _claims(case, act)


def return_mail(case: Case, act: CaseAct) -> None:
    """Only what was posted comes back (Art. 40)."""
    if case.served is None or case.served.data.get("how") != ServiceWay.POST:
        raise Refused("不能“登记邮件退回”（第四十条）：没有以邮寄方式送达的记录。")
    if case.mail_returned:
        raise Refused("不能“登记邮件退回”（第四十条）：已经登记退回，请登记重新送达。")


def serve_again(case: Case, act: CaseAct) -> None:
    """What came back is served anew; nothing else is (Art. 40)."""
    if not case.mail_returned:
        raise Refused("不能“重新送达”（第四十条）：没有登记过邮件退回。")
    by_post(act)


def by_post(act: CaseAct) -> None:
    """Post goes by the postal enterprise, with a number (国办公开办函〔2016〕235号)."""
    if act.data["how"] != ServiceWay.POST:
        return
    if not str(act.data.get("tracking") or "").strip():
        raise BadAct("邮寄送达须填写“邮件单号”（第四十条；国办公开办函〔2016〕235号）", "tracking")
    if not act.data.get("carrier_is_post", True):
        raise Refused(
            "不能由快递企业送达（国办公开办函〔2016〕235号）：邮寄送达应当通过邮政企业，"
            "请改用邮政寄递。"
        )


def _claims(case: Case, act: CaseAct) -> None:
    """Check what an answer says was done: searched, a third party consulted or told."""
    for check in (_searched, _third_party_consulted, _third_parties_told):
        check(case, act)


def unmet_claims(case: Case, act: CaseAct) -> tuple[str, ...]:
    """Return in Chinese what still keeps the letter of a draft from being issued, and the remedy.

    A draft may be written and read before the search is made or the third party is told.
    """
    found = []
    for check in (_searched, _third_party_consulted, _third_parties_told):
        try:
            check(case, act)
        except Refused as why:
            found.append(str(why))
    return tuple(found)


def _third_party_consulted(case: Case, act: CaseAct) -> None:
    """The letter says that a third party was asked in writing: so it must have been (Art. 32)."""
    letters: Mapping[str, str] = act.data.get("letters", {})
    if _FOR_A_THIRD_PARTY in letters.values() and Event.CONSULT_THIRD_PARTY not in case.ever:
        raise Refused(
            "不能以“保护第三方合法权益”答复（第三十二条）：应当先书面征求第三方的意见，"
            "请先登记“征求第三方意见”。"
        )


def _searched(case: Case, act: CaseAct) -> None:
    letters: Mapping[str, str] = act.data.get("letters", {})
    if NOT_FOUND in letters.values() and not case.searched_in_vain:
        raise Refused(
            "不能以“信息不存在”答复（第三十六条第四项）：应当经检索没有，"
            "请先登记检索情况（检索范围、关键词、人员和时间）。"
        )


def _third_parties_told(case: Case, act: CaseAct) -> None:
    """Refuse to disclose against a third party's will without having told it (Art. 32)."""
    grounds = set(grounds_told(act).values())
    if Ground.GRANTED not in grounds or grounds & _MAY_SPARE:
        return
    for asked, opinion in case.objections:
        whole = opinion is Opinion.REFUSES or grounds == {Ground.GRANTED}
        if whole and asked.number not in case.told_parties:
            raise Refused(
                f"{asked.whom}不同意公开（第三十二条）：决定予以公开的，应当先将公开的内容和理由"
                "书面告知第三方，请先登记“告知第三方决定公开”。"
            )


def _results(case: Case, act: CaseAct) -> None:
    grounds = [ground for _, ground in sorted(grounds_told(act).items())]
    for ground in grounds:
        if ground in _ONLY_BY_LAPSE:
            raise Refused(
                f"“{ground.label}”不是答复（第三十条、第四十二条），请登记逾期不补正或者逾期未缴费。"
            )
    if Ground.STILL_UNCLEAR in grounds and Event.RECEIVE_SUPPLEMENT not in case.ever:
        raise Refused("不能以“补正后申请内容仍不明确”答复（第三十条）：没有告知并收到过补正。")
    if Ground.EXCESSIVE in grounds and Event.ASK_REASONS not in case.ever:
        raise Refused(
            "不能以“无正当理由大量反复申请”答复（第三十五条）：应当先要求申请人说明理由。"
        )
    if Ground.EXCESSIVE in grounds and case.reasonable:
        raise Refused(
            "不能以“无正当理由大量反复申请”答复（第三十五条）：已认定申请人的理由合理，"
            "无法按期答复的请确定延迟答复的合理期限。"
        )
    _choice(grounds, act.data)


def _choice(grounds: list[Ground], data: Mapping[str, Any]) -> None:
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


def every_item(act: CaseAct, places: Collection[int]) -> None:
    """Check that every item asked for, and no other, is answered."""
    told = set(grounds_told(act))
    missing = sorted(set(places) - told)
    if missing:
        raise BadAct(
            f"第{'、'.join(str(place) for place in missing)}项没有办理结果，请逐项填写", "grounds"
        )
    if told - set(places):
        raise BadAct("办理结果中有申请所没有的事项，请核对序号", "grounds")
