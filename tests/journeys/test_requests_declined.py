"""Asked twice, and not information at all: A7, A10, and on to the hotline or petition office."""

from django.urls import reverse

from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.models import InfoRequest
from gongkai.portal.tests.requests_made import CARD
from tests.journeys.request_driver import COUNTY, COURT, Citizen, Town, act_url, record_url
from tests.journeys.request_pages import words

ASKED = {"title": "2025年公务用车购置明细", "description": ""}
FREE = (
    f"如不服本告知书，可以自收到之日起60日内向{COUNTY}申请行政复议，"
    f"或者自收到之日起6个月内向{COURT}提起行政诉讼。"
)


def _received(town: Town, citizen: Citizen, **asked: str) -> InfoRequest:
    """File online, confirm and assign the same day."""
    citizen.file(town.finance, **asked)
    case = citizen.case
    town.do("handler", case, "register", on=f"{town.now:%Y-%m-%d}", with_letter=None)
    town.do("handler", case, "assign", unit="行财股", handler="handler")
    return case


def test_the_same_citizen_asks_again(town):
    """While the first is open the page says so; once answered, A7 names the earlier answer."""
    first = Citizen()
    town.on(4, 13, 9)
    case = _received(town, first, **ASKED)
    town.on(4, 20)
    again = first.file(town.finance, expect=409, **ASKED)
    assert "您在三十日内已经提交过内容相同的申请，正在办理" in words(again)
    assert case.number not in words(again)  # for staff alone: whoever knows a name asks no more
    assert InfoRequest.objects.count() == 1
    town.answer(case, "GRANTED:A2", i1_f_way="网上查询下载")
    town.do("handler", case, "serve", how="ONLINE")
    first = Citizen(case.number, first.code)
    assert "已答复" in first.look()

    town.on(5, 6, 9)
    second = Citizen()
    repeated = _received(town, second, **ASKED)
    assert case.number in town.page("handler", repeated)  # 相近的申请
    assert town.turned_away("water", record_url(repeated), act_url(repeated, "merge")) == "unseen"
    town.on(5, 8)
    earlier = {
        "i1_f_answered_on": "2026年4月20日",
        "i1_f_number": "《政府信息公开申请答复书》（靖财公复〔2026〕1号）",
    }
    town.answer(repeated, "REPEAT:A7", **earlier)
    letter = town.letter("handler", repeated, "A7")
    assert (
        "本机关已于2026年4月20日以《政府信息公开申请答复书》（靖财公复〔2026〕1号）"
        "对你的同一政府信息公开申请作出答复"
    ) in letter
    assert "第三十六条第六项的规定，现告知你本机关不予重复处理" in letter
    assert "靖财公复〔2026〕2号" in letter
    assert FREE in letter
    assert letter.count("如不服") == 1
    town.do("handler", repeated, "serve", how="ONLINE")
    assert (repeated.state, repeated.ground) == ("REPLIED", "REPEAT")
    assert "办理结果重复申请" in second.look()
    assert (
        Citizen(repeated.number, first.code)
        .browser.post("/zwgk/ysqgk/cx/", {"number": repeated.number, "code": first.code})
        .status_code
        == 422
    )  # the earlier code does not open the later request
    assert town.table_three("万里", CARD) == {"1": 2, "3.1": 1, "3.5.2": 1, "3.7": 2}


def test_petitions_are_answered_and_passed_on(town):
    """A10, then one to the petition office and one to the hotline; each keeps its row."""
    town.on(11, 2, 9)
    one, two = Citizen(), Citizen()
    petition = _received(town, one, title="请求解决拖欠的民办教师补助", description="")
    complaint = _received(town, two, title="投诉窗口办事拖拉", description="")
    to_petition = reverse("desk:refer_to_petition", args=[petition.pk])
    to_order = reverse("desk:request_to_order", args=[complaint.pk])
    assert town.turned_away("water", to_petition, to_order) == "unseen"
    assert town.turned_away("reviewer", to_petition, to_order) == "refused"
    where = {"where": "靖安县信访局，0795-4662345", "note": "申请人要求解决补助"}
    early = town.send("handler", to_petition, **where)
    assert early.status_code == 422
    assert "没有作为信访、投诉、举报类事项答复，请先答复申请人" in words(early)

    town.on(11, 5)
    told = {"i1_f_nature": "信访", "i1_f_channel": "靖安县信访局，0795-4662345"}
    town.answer(petition, "PETITION:A10", **told)
    letter = town.letter("handler", petition, "A10")
    assert "你以政府信息公开申请的形式进行信访活动" in letter
    assert "第三十九条第一款的规定，本机关不作为政府信息公开申请处理" in letter
    assert "你可以通过以下渠道提出：靖安县信访局，0795-4662345。" in letter
    assert FREE in letter
    assert "应当先申请行政复议" not in letter
    town.do("handler", petition, "serve", how="ONLINE")
    assert "转送信访机构" in town.page("handler", petition)
    passed = town.send("office", to_petition, **where)  # the county office helps out
    assert passed.status_code == 302, words(passed)
    assert "靖安县信访局，0795-4662345" in town.page("handler", petition)
    assert town.verbs(petition)[-2:] == ["serve", "refer"]

    town.answer(complaint, "PETITION:A10", i1_f_nature="投诉", i1_f_channel="12345热线")
    town.do("handler", complaint, "serve", how="ONLINE")
    reason = {"kind": "COMPLAINT", "reason": "实质是对窗口服务的投诉"}
    made = town.send("handler", to_order, has="kind", **reason)
    assert made.status_code == 302, words(made)
    order = WorkOrder.objects.get()
    assert order.linked == complaint.typed_id
    again = town.send("handler", to_order, has="kind", **reason)
    assert again.status_code == 422
    assert f"已有热线工单{order.number}" in words(again)
    page = town.browser("hotline").get(reverse("hotline:record", args=[order.pk]))
    assert complaint.number in words(page)
    assert f"热线工单{order.number}" in town.page("handler", complaint)
    assert town.verbs(complaint)[-2:] == ["serve", "refer"]
    for citizen in (one, two):
        shown = citizen.look()
        assert "办理结果信访举报投诉类申请" in shown
        assert citizen.fetch("信访、投诉、举报").startswith(b"%PDF")
    assert town.table_three("万里", CARD) == {"1": 2, "3.5.1": 2, "3.7": 2}
