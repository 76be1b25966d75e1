"""A third party refuses; the organ tells it why and discloses all the same (Art. 32)."""

from django.urls import reverse

from gongkai.inforequests.models import InfoRequest
from gongkai.letters.models import Letter
from gongkai.portal.tests.requests_made import CARD
from tests.journeys.request_driver import COUNTY, COURT, Citizen, Town, act_url, record_url

WHO = "万里"
THIRD = "靖安县甲水务有限公司"
OWN_REASON = "供水水质关系全县居民健康，不公开会对公共利益造成重大影响"


def test_disclosed_against_a_third_partys_will(town):
    """L05 hides who asks, the clock stands still, A2 goes out only after L08."""
    citizen = Citizen()
    town.on(6, 1, 15)
    citizen.file(town.finance, title="县城供水项目运营补贴协议", description="")
    case = citizen.case
    day = town.on(6, 2)
    town.do("handler", case, "register", on=day)
    town.do("handler", case, "assign", unit="经济建设股", handler="handler")
    assert case.due_on.isoformat() == "2026-07-01"
    _consult(town, case, citizen)
    _told_and_disclosed(town, case, citizen)
    assert town.verbs(case) == [
        *("submit", "register", "assign", "consult_third_party", "serve_consultation"),
        *("record_opinion", "draft_reply", "pass_draft", "sign", "return_draft"),
        *("tell_third_party", "draft_reply", "pass_draft", "sign", "issue", "serve"),
    ]
    assert town.table_three(WHO, CARD, THIRD) == {"1": 1, "3.1": 1, "3.7": 1}


def _consult(town: Town, case: InfoRequest, citizen: Citizen) -> None:
    """Ask the third party, tell the requester that it is asked, hear that it refuses."""
    town.on(6, 5)
    assert (
        town.turned_away("water", record_url(case), act_url(case, "consult_third_party"))
        == "unseen"
    )
    town.do("handler", case, "consult_third_party", whom=THIRD, about="运营补贴协议全文")
    assert case.state == "CONSULTING"
    asked = town.letter("handler", case, "L05")
    assert f"{THIRD}：" in asked
    assert "涉及你单位，公开可能损害你单位的合法权益：运营补贴协议全文。" in asked
    assert "自收到本征询书之日起15个工作日内" in asked
    for secret in (WHO, case.number, "如不服"):
        assert secret not in asked
    sequence = case.acts.latest("sequence").sequence
    listed = f"L06:{sequence}"
    made = town.send("handler", record_url(case), has="letter", letter=listed)
    assert made.status_code == 302
    told = town.letter("handler", case, "L06")
    assert "需要书面征求可能受影响的第三方的意见" in told
    assert THIRD not in told
    assert "正在征求第三方或者其他机关意见" in citizen.look()
    assert THIRD not in citizen.look()

    day = town.on(6, 8)
    town.do("handler", case, "serve_consultation", consultation=str(sequence))
    page = town.page("handler", case)
    assert f"等待{THIRD}提出意见（期限到2026年6月30日）" in page
    assert "征求意见期间暂停计算" in page
    day = town.on(6, 12)
    silent = town.refused(
        "handler", case, "record_opinion", consultation=str(sequence), opinion="SILENT"
    )
    assert "2026年6月30日" in silent
    town.do(
        "handler", case, "record_opinion",
        consultation=str(sequence), opinion="REFUSES", note="协议是商业秘密", on=day,
    )  # fmt: skip
    assert case.state == "PROCESSING"
    assert case.due_on.isoformat() == "2026-07-08"  # 8 to 12 June do not count


def _told_and_disclosed(town: Town, case: InfoRequest, citizen: Citizen) -> None:
    town.on(6, 17)
    granted = {"i1_f_way": "网上查询下载"}
    town.draft("handler", case, "GRANTED:A2", **granted)
    town.do("reviewer", case, "pass_draft")
    town.do("head", case, "sign")
    assert f"{THIRD}不同意公开（第三十二条）" in town.refused("handler", case, "issue_reply")
    assert not Letter.objects.filter(about=case.typed_id, kind="A2").exists()
    town.do("handler", case, "return_draft", why="先书面告知第三方")
    sequence = case.acts.get(kind="CONSULT_THIRD_PARTY").sequence
    town.do(
        "handler", case, "tell_third_party",
        consultation=str(sequence), what="运营补贴协议全文", reason=OWN_REASON,
    )  # fmt: skip
    told = town.letter("handler", case, "L08")
    assert (
        f"{THIRD}：关于《政府信息公开第三方意见征询书》（靖财公征〔2026〕1号）征求意见一事" in told
    )
    assert OWN_REASON in told
    assert "现书面告知你单位：运营补贴协议全文。" in told
    assert f"可以自收到之日起60日内向{COUNTY}申请行政复议，或者自收到之日起6个月内向{COURT}" in told
    assert WHO not in told

    town.answer(case, "GRANTED:A2", **granted)
    letter = town.letter("handler", case, "A2")
    assert f"{WHO}：" in letter
    assert "你申请公开的政府信息可以公开" in letter
    assert "应当先申请行政复议" not in letter
    assert letter.count("如不服本答复书") == 1
    assert THIRD not in letter
    assert (
        town.turned_away("window", reverse("inforequests:act", args=[case.pk, "serve"]))
        == "refused"
    )
    town.do("handler", case, "serve", how="ONLINE")
    assert (case.state, case.ground) == ("REPLIED", "GRANTED")
    assert "征求意见结束" in citizen.look()
    assert citizen.fetch("予以公开").startswith(b"%PDF")
