"""Requests made at a counter: granted on the spot in a department, told by mouth in a township."""

from django.urls import reverse

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.models import InfoRequest
from gongkai.portal.tests.requests_made import CARD, picture
from tests.journeys.request_driver import Citizen, act_url, record_url
from tests.journeys.request_pages import slip_of, words

AT_THE_WINDOW = {
    "channel": "IN_PERSON",
    "name": "万里",
    "identity_kind": "居民身份证",
    "identity_number": CARD,
    "phone": "13800000000",
    "description": "2025年县本级部门预算公开文本",
    "carrier": "PAPER",
    "delivery": "IN_PERSON",
}


def test_granted_on_the_spot(town):
    """The window takes in, the handler answers at once; no draft, no second pair of eyes."""
    day = town.on(3, 2, 9)
    add = reverse("inforequests:add")
    typed = AT_THE_WINDOW | {"organ": town.finance.pk, "proof": picture(), "with_letter": "on"}
    receipt = town.send("window", add, has="description", **typed)
    citizen = Citizen(*slip_of(receipt))
    case = citizen.case
    assert (case.state, case.received_on.isoformat()) == ("REGISTERED", day)
    assert "答复期限2026年3月30日" in words(receipt)
    letter = town.letter("handler", case, "L01")
    assert f"申请编号：{case.number}" in letter
    assert "你于2026年3月2日当面提交，以提交之日为收到申请之日" in letter
    assert "本机关将在2026年3月30日前（含当日）答复你" in letter
    assert "如不服" not in letter

    assert "尚未计入，共20个工作日答复期限2026年3月30日" in town.page("handler", case)
    assert town.turned_away("water", record_url(case), act_url(case, "reply")) == "unseen"
    assert town.turned_away("window", act_url(case, "reply")) == "refused"
    assert "已收到，办理中" in citizen.look()

    town.on(3, 2, 11)
    nothing = town.refused("handler", case, "reply")
    assert "请选择“第1项的办理结果”" in nothing
    page = town.do(
        "handler", case, "reply", ground_1="GRANTED", document_number="靖财公复〔2026〕1号"
    )
    assert (case.state, case.pending, case.concluded_on.isoformat()) == ("REPLIED", False, day)
    assert "办理结果2026年3月2日，予以公开" in page
    assert "答复期限2026年3月30日" not in page  # nothing is owed, no clock runs
    assert "万*（自然人）" in town.page("office", case)
    town.do("handler", case, "close")
    town.do("handler", case, "archive", file_number="2026-YS-0001", retention="TEN_YEARS")
    assert case.state == "ARCHIVED"

    told = citizen.look()
    assert "已办结" in told
    assert "答复日期2026年3月2日" in told
    assert "办理结果予以公开" in told
    assert "经小办" not in told
    assert town.verbs(case) == ["submit", "register", "reply", "close", "archive"]
    assert town.table_three("万里", CARD) == {"1": 1, "3.1": 1, "3.7": 1}


def test_a_township_writes_down_what_is_told_by_mouth(town):
    """The clerk writes, reads back, has it signed; the answer is handed over and signed for."""
    day = town.on(5, 11, 15)
    typed = AT_THE_WINDOW | {
        "organ": town.township.pk,
        "channel": "ORAL",
        "description": "罗湾乡2025年高标准农田建设项目验收意见",
    }
    add = reverse("inforequests:add")
    receipt = town.send("township", add, has="description", **typed)
    assert "打印口头申请笔录" in words(receipt)
    citizen = Citizen(*slip_of(receipt))
    case = citizen.case
    assert (case.state, case.received_on.isoformat()) == ("REGISTERED", day)
    assert "尚未计入，共20个工作日答复期限2026年6月8日" in town.page("township", case)

    sheet_address = reverse("inforequests:sheet", args=[case.pk])
    assert town.browser("handler").post(sheet_address).status_code == 404
    sheet = words(town.browser("township").post(sheet_address))
    for told in ("万里", CARD, "高标准农田建设项目验收意见", "罗小湾", "并已向申请人宣读", "签名"):
        assert told in sheet
    assert LoggedEvent.objects.latest("pk").verb == "inforequests.show_requester"
    town.upload("township", case, "REQUEST_ATTACHMENT", picture("笔录签名页.png"))
    assert "笔录签名页.png" in town.page("township", case)

    town.on(5, 13)
    town.do("township", case, "assign", unit="农业农村办公室", handler="township")
    town.on(5, 20)
    assert "第7个工作日，共20个答复期限2026年6月8日" in town.page("township", case)
    people = ("township", "assistant", "mayor")
    granted = {"i1_f_way": "当面领取复印件一份"}
    town.draft("township", case, "GRANTED:A2", **granted)
    assert town.turned_away("township", act_url(case, "sign")) == "refused"
    assert town.turned_away("reviewer", act_url(case, "pass_draft")) == "unseen"
    town.do(people[1], case, "return_draft", why="请写明领取地点")
    town.answer(case, "GRANTED:A2", by=people, i1_f_way="到罗湾乡便民服务中心当面领取")
    letter = town.letter("township", case, "A2")
    assert "罗府公复〔2026〕1号" in letter
    assert "到罗湾乡便民服务中心当面领取" in letter
    assert (
        "如不服本答复书，可以自收到之日起60日内向靖安县人民政府申请行政复议，"
        "或者自收到之日起6个月内向靖安县人民法院提起行政诉讼"
    ) in letter
    assert "应当先申请行政复议" not in letter
    assert "办理中" in citizen.look()

    town.on(5, 21)
    town.do("township", case, "serve", how="IN_HAND", signed_by="万里")
    assert (case.state, case.ground, case.concluded_on.isoformat()) == (
        "REPLIED",
        "GRANTED",
        "2026-05-21",
    )
    told = citizen.look()
    assert "答复按您要求的方式（当面领取）提供" in told
    assert "下载答复书" not in told
    assert "罗小湾" not in told
    assert InfoRequest.objects.count() == 1
    assert town.verbs(case) == [
        *("submit", "register", "show_requester", "assign", "draft_reply", "return_draft"),
        *("draft_reply", "pass_draft", "sign", "issue", "serve"),
    ]
    assert town.table_three("万里", CARD) == {"1": 1, "3.1": 1, "3.7": 1}
