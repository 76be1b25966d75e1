"""What letters say: of steps, each filled from its act; of answers, each from its draft."""

from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import IntakeChannel
from gongkai.inforequests.queries import answer_letter, step_letter
from gongkai.inforequests.queries.step_letters import TELLS_OF
from gongkai.inforequests.rules.requesters import names_a_body
from gongkai.inforequests.tests.factories import (
    RECEIVED,
    a_profile,
    an_organ,
    awaiting_payment,
    awaiting_supplement,
    consulting,
    do,
    drafted,
    extended,
    issued,
    lapsed,
    moment,
    processing,
    registered,
    submitted,
    withdrawn,
)
from gongkai.letters.models import Letter
from gongkai.letters.queries import Due, LetterKind, Told, due_words
from gongkai.statute.grounds import Ground, RemedyClass
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
KIND = LetterKind


def values_of(case, kind, act=None, **extra):
    return step_letter(case, kind, act, extra)


def told_third_party(organ):
    case = consulting(organ)
    do(actions.record_opinion, case, RECEIVED, consultation=4, opinion=Opinion.REFUSES)
    told = {"consultation": 4, "what": "合同全文\n附件", "reason": "涉及公共安全"}
    return do(actions.tell_third_party, case, RECEIVED, **told)


def delayed(organ):
    case = do(actions.ask_reasons, processing(organ), RECEIVED, what="用途之外的数量说明")
    do(actions.receive_reasons, case, RECEIVED, what="写论文", reasonable=True)
    told = {"until_on": date(2026, 6, 30), "reason": "两千份档案"}
    return do(actions.set_delay, case, RECEIVED, **told)


def consulted_organ(organ):
    case = processing(organ)
    return do(actions.consult_organ, case, RECEIVED, whom="靖安县住建局", joint=True)


CASES = {
    KIND.RECEIPT: registered,
    KIND.SUPPLEMENT: awaiting_supplement,
    KIND.REASONS: delayed,
    KIND.EXTENSION: lambda organ: extended(processing(organ), RECEIVED),
    KIND.LATER_DATE: delayed,
    KIND.THIRD_PARTY: consulting,
    KIND.CONSULTING: consulting,
    KIND.OTHER_ORGAN: consulted_organ,
    KIND.TELL_THIRD_PARTY: told_third_party,
    KIND.FEE: awaiting_payment,
    KIND.LAPSE: lapsed,
    KIND.WITHDRAWN: withdrawn,
    KIND.PROOF_OF_SERVICE: issued,
}


@pytest.mark.parametrize("kind", TELLS_OF)
def test_every_letter_of_a_step_can_be_issued(kind, settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path
    organ = an_organ()
    if kind is not KIND.PROOF_OF_SERVICE:
        a_profile(organ)
    case = CASES[kind](organ)
    on = case.acts.latest("sequence").on
    letter = do(actions.issue_letter, case, on, kind=kind.value, act=None)
    assert (letter.kind, letter.about, letter.issued_on) == (kind, case.typed_id, on)
    assert bool(letter.number) == kind.numbered


def test_a_receipt_tells_the_day_by_its_channel_and_the_last_day():
    case = registered(an_organ())
    told = values_of(case, KIND.RECEIPT)
    assert told.recipient == "万里"
    assert told.received_how == (
        "你的申请于2026年3月2日通过网络提交，2026年3月2日经双方确认，以确认之日为收到申请之日"
    )
    assert told.due == Due(date(2026, 3, 30), False, 20)
    posted = registered(an_organ("b"), channel=IntakeChannel.POST_SIGNED)
    assert "签收之日" in values_of(posted, KIND.RECEIPT).received_how
    handed = registered(
        an_organ("c"), channel=IntakeChannel.ORAL, kind=RequesterKind.COMMERCIAL_ENTERPRISE
    )
    told = values_of(handed, KIND.RECEIPT)
    assert (told.organisation, told.received_how[:4]) == (True, "你单位于")


def test_a_provisional_day_is_never_told_as_a_day():
    case = registered(an_organ(), date(2026, 12, 20))
    told = values_of(case, KIND.RECEIPT)
    assert told.due.provisional
    assert due_words(told.due) == "自收到申请之日起20个工作日内"
    assert case.provisional


def test_terms_come_from_the_acts():
    case = awaiting_supplement(an_organ())
    assert values_of(case, KIND.SUPPLEMENT).days == 15
    assert values_of(case, KIND.SUPPLEMENT).items == ("地块位置",)
    back = do(actions.receive_supplement, case, date(2026, 3, 16), what="河边")
    longer = extended(back, date(2026, 3, 17), 5)
    told = values_of(longer, KIND.EXTENSION)
    assert (told.days, told.due) == (5, Due(date(2026, 4, 21), False, 25, "自收到补正之日起"))


def test_reasons_are_asked_with_the_number_of_requests():
    organ = an_organ()
    for _ in range(3):
        submitted(organ)
    case = delayed(organ)
    assert values_of(case, KIND.REASONS).reason == (
        "你自2025年3月2日以来已向本机关提交4件政府信息公开申请"
    )
    assert values_of(case, KIND.LATER_DATE).due.on == date(2026, 6, 30)


def test_a_third_party_is_told_without_who_asked():
    case = told_third_party(an_organ())
    for kind in (KIND.THIRD_PARTY, KIND.TELL_THIRD_PARTY):
        assert values_of(case, kind).recipient == "甲公司"
    told = values_of(case, KIND.TELL_THIRD_PARTY)
    assert (told.items, told.reason) == (("合同全文", "附件"), "涉及公共安全")
    assert told.refers_to == "2026年3月2日的《政府信息公开第三方意见征询书》"
    assert told.organisation  # who asked is a person; who is told is a company
    assert values_of(case, KIND.CONSULTING).organisation is False
    assert values_of(case, KIND.CONSULTING).consulted == "可能受影响的第三方"
    joint = values_of(consulted_organ(an_organ("b")), KIND.OTHER_ORGAN)
    assert (joint.joint, joint.days, joint.recipient) == (True, 15, "靖安县住建局")


@pytest.mark.parametrize(
    ("name", "a_body"),
    [
        ("张璪", False),
        ("欧阳某某", False),
        ("阿卜杜拉·买买提", False),
        ("甲公司", True),
        ("某某水电站", True),
        ("靖安县甲水务有限公司（筹）", True),
    ],
)
def test_a_name_alone_tells_how_to_speak_to_a_third_party(name, a_body):
    assert names_a_body(name) is a_body


def test_a_lapse_tells_of_the_notice_that_was_not_heeded(settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path
    organ = an_organ()
    a_profile(organ)
    case = awaiting_supplement(organ)
    do(actions.issue_letter, case, RECEIVED, kind="L02")
    gone = do(actions.lapse_supplement, case, RECEIVED + timedelta(days=22))
    told = values_of(gone, KIND.LAPSE)
    assert "《政府信息公开申请补正告知书》（靖测公补〔2026〕1号）" in told.paragraphs[0]
    assert told.outcomes == (Told("", Ground.NOT_SUPPLEMENTED),)
    unpaid = do(actions.lapse_fee, awaiting_payment(an_organ("b")), date(2026, 3, 31))
    assert "缴费期限为自收到收费通知次日起20个工作日" in values_of(unpaid, KIND.LAPSE).paragraphs[0]


def test_a_fee_is_told_in_yuan_and_the_way_to_pay_may_be_told():
    case = awaiting_payment(an_organ())
    told = values_of(case, KIND.FEE, payment="到县政务服务大厅缴纳")
    assert (told.amount_yuan, told.days, told.payment) == (
        Decimal("50.00"),
        20,
        "到县政务服务大厅缴纳",
    )


def test_two_consultations_have_two_letters():
    case = consulting(an_organ())
    second = do(actions.consult_third_party, case, RECEIVED, whom="乙公司")
    last = second.acts.latest("sequence").sequence
    assert values_of(second, KIND.THIRD_PARTY).recipient == "乙公司"
    assert values_of(second, KIND.THIRD_PARTY, last).recipient == "乙公司"
    assert values_of(second, KIND.THIRD_PARTY, 4).recipient == "甲公司"


@pytest.mark.parametrize(
    ("told", "words", "field"),
    [
        ({"kind": "L99"}, "没有“L99”这种公文", "kind"),
        ({"kind": "A2"}, "请通过拟写答复办理", "kind"),
        ({"kind": "L02"}, "请先登记“告知补正”", "act"),
        ({"kind": "L01", "act": 9}, "请先登记“确定收到申请之日”", "act"),
        ({"kind": "L01", "extra": {"asked": "另一件"}}, "没有“asked”这一项", "asked"),
        ({"kind": "L01"}, "公文信息|机关代字", None),
    ],
)
def test_a_letter_that_cannot_be_is_refused_as_the_forms_expect(told, words, field):
    case = registered(an_organ())
    with pytest.raises(BadAct, match=words) as caught:
        do(actions.issue_letter, case, RECEIVED, **told)
    assert field is None or caught.value.field == field
    assert not Letter.objects.exists()


def test_a_request_not_received_has_no_receipt():
    case = submitted(an_organ())
    with pytest.raises(BadAct, match="请先登记"):
        actions.issue_letter(case, kind="L01", on=RECEIVED, by=None, at=moment(RECEIVED))


# -- answers --------------------------------------------------------------------


def test_items_answered_differently_make_one_letter_of_part_disclosure():
    info_request = processing(an_organ(), items=("征收公告", "补偿方案", "会议记录"))
    do(
        actions.draft_reply,
        info_request,
        RECEIVED,
        answers=[
            actions.Answer(1, Ground.GRANTED, details={"supplied": "见附件"}),
            actions.Answer(2, Ground.NOT_HELD, "A6", details={"reason": "由县政府制作"}),
            actions.Answer(
                3,
                Ground.DELIBERATIVE,
                details={"which": "讨论记录", "reason": "尚在讨论"},
                facts="另有补充说明。",
            ),
        ],
    )
    kind, values = answer_letter(info_request)
    assert kind is LetterKind.PARTIAL
    assert [told.ground for told in values.outcomes] == [
        Ground.GRANTED,
        Ground.NOT_HELD,
        Ground.DELIBERATIVE,
    ]
    assert values.outcomes[2].ground.remedy(RECEIVED) is RemedyClass.RECONSIDERATION_FIRST
    text = "\n".join(values.paragraphs)
    assert text.index("一、关于征收公告") < text.index("二、关于补偿方案") < text.index("三、关于")
    assert text.endswith("另有补充说明。")


def test_words_of_ones_own_stand_in_for_the_sentence():
    info_request = processing(an_organ())
    told = [actions.Answer(1, Ground.INTERNAL_AFFAIRS, facts="经审查，属于人事管理信息。")]
    do(actions.draft_reply, info_request, RECEIVED, answers=told)
    _, values = answer_letter(info_request)
    assert values.paragraphs == ("经审查，属于人事管理信息。",)
    assert values.recipient == "万里"


def test_a_preview_names_nobody_and_takes_no_number():
    info_request = drafted(processing(an_organ()), RECEIVED)
    a_profile(info_request.organ)
    events = LoggedEvent.objects.count()
    with patch("gongkai.letters.actions.preview") as preview:
        actions.preview_reply(info_request, on=RECEIVED)
    assert preview.call_args.kwargs["values"].recipient == "万*"
    assert actions.preview_reply(info_request, on=RECEIVED).startswith(b"%PDF")
    assert not Letter.objects.exists()
    assert LoggedEvent.objects.count() == events
    with pytest.raises(BadAct, match="还没有答复稿"):
        actions.preview_reply(processing(an_organ("b")), on=RECEIVED)
