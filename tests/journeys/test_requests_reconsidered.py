"""Withheld, reconsidered, corrected, answered anew: counted once in each table (Art. 51)."""

from datetime import date

from django.urls import reverse

from gongkai.inforequests.models import InfoRequest
from gongkai.portal.tests.requests_made import CARD
from gongkai.remedies.models import Reconsideration
from tests.journeys.request_driver import COUNTY, COURT, Citizen, Town, act_url, record_url
from tests.journeys.request_pages import words

DECISION = "靖府复〔2026〕12号"
WITHHELD = {
    "i1_f_which": "请示报告",
    "i1_f_reason": "属于向县政府报送的内部请示，尚未形成最终意见",
}


def test_withheld_then_corrected_and_answered_anew(town):
    """A4.6 offers reconsideration only; the decision opens a second round, no second count."""
    citizen = Citizen()
    day = town.on(7, 6, 9)
    citizen.file(town.finance, title="关于学前教育经费的请示", description="")
    case = citizen.case
    town.do("handler", case, "register", on=day)
    town.do("handler", case, "assign", unit="教科文股", handler="handler")
    town.on(7, 20)
    town.answer(case, "DELIBERATIVE:A4.6", **WITHHELD)
    letter = town.letter("handler", case, "A4.6")
    assert "形成的请示报告，属于向县政府报送的内部请示" in letter
    assert "第十六条第二款" in letter
    assert (
        "如不服本答复书，根据《中华人民共和国行政复议法》第二十三条的规定，应当先申请行政复议，"
        f"可以自收到之日起60日内向{COUNTY}申请行政复议；对行政复议决定不服的，"
        f"可以自收到行政复议决定书之日起15日内向{COURT}提起行政诉讼。"
    ) in letter
    assert "6个月" not in letter
    assert letter.count("如不服") == 1
    town.on(7, 21)
    town.do("handler", case, "serve", how="ONLINE")
    told = citizen.look()
    assert "办理结果属于四类过程性信息" in told
    assert "对不予公开、部分公开不服的，应当先申请行政复议" in told
    town.do("handler", case, "close")
    town.do("handler", case, "archive", file_number="2026-YS-0007", retention="THIRTY_YEARS")
    assert town.turned_away("handler", act_url(case, "pass_draft")) == "refused"

    remedy = _contest(town, case)
    _corrected(town, case, remedy, citizen)
    _answered_anew(town, case, citizen)
    assert town.verbs(case) == [
        *("submit", "register", "assign", "draft_reply", "pass_draft", "sign", "issue", "serve"),
        *("close", "archive", "reopen", "assign", "draft_reply", "pass_draft", "sign", "issue"),
        "serve",
    ]
    assert town.table_three("万里", CARD) == {"1": 1, "3.3.6": 1, "3.7": 1}
    assert town.table_four() == {"RECONSIDERATION.CORRECTED": 1}


def _contest(town: Town, case: InfoRequest) -> Reconsideration:
    """Enter that the county government was asked to reconsider, and what the bureau answered."""
    day = town.on(8, 20)
    add = reverse("remedies:add_reconsideration")
    typed = {
        "organ": town.finance.pk,
        "subject": "不服不予公开关于学前教育经费的请示",
        "request_number": case.number,
        "authority": COUNTY,
        "procedure": "ORDINARY",
    }
    assert town.turned_away("reviewer", add) == "refused"
    wrong = town.send("water", add, has="on", **typed | {"organ": town.organs["slj"].pk}, on=day)
    assert wrong.status_code == 422  # another bureau's request
    assert "该机关没有这一编号的申请" in words(wrong)
    added = town.send("handler", add, has="on", **typed, on=day)
    assert added.status_code == 302, words(added)
    remedy = Reconsideration.objects.get()
    page = reverse("remedies:record", args=[remedy.pk])
    assert town.turned_away("water", page) == "unseen"
    assert page in town.browser("handler").get(record_url(case)).content.decode()
    town.on(8, 24)
    steps = {"on": "2026-08-24", "copy_received_on": "2026-08-24", "case_number": DECISION}
    assert _step(town, remedy, "accept", **steps).status_code == 302
    assert "提交书面答复的期限：2026年9月7日" in words(town.browser("handler").get(page))
    town.on(8, 31)
    assert _step(town, remedy, "answer", on="2026-08-31").status_code == 302
    return remedy


def _step(town: Town, remedy: Reconsideration, event: str, who: str = "handler", **typed):
    return town.send(who, reverse("remedies:step", args=[remedy.pk, event]), **typed)


def _corrected(town: Town, case: InfoRequest, remedy: Reconsideration, citizen: Citizen) -> None:
    """Enter the decision with the term it sets; the archived case is taken up again."""
    town.on(10, 13)
    decided = {
        "on": "2026-10-12",
        "result": "CORRECTED",
        "received_on": "2026-10-13",
        "new_reply_due_on": "2026-10-30",
    }
    decide = reverse("remedies:step", args=[remedy.pk, "decide"])
    assert town.turned_away("reviewer", decide) == "refused"
    too_soon = _step(town, remedy, "decide", **decided | {"new_reply_due_on": "2026-10-01"})
    assert too_soon.status_code == 422
    assert not Reconsideration.objects.filter(decided_on__isnull=False).exists()
    assert _step(town, remedy, "decide", **decided).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.pending, case.due_on) == ("PROCESSING", True, date(2026, 10, 30))
    assert (case.concluded_on, case.ground) == (date(2026, 7, 21), "DELIBERATIVE")
    assert "答复期限2026年10月30日" in town.page("handler", case)
    told = citizen.look()
    assert "按复议决定或者判决重新办理" in told
    assert "答复期限2026年10月30日" in told
    assert "答复日期" not in told


def _answered_anew(town: Town, case: InfoRequest, citizen: Citizen) -> None:
    town.on(10, 15)
    fee = {"tariff": "BY_PAGE", "count": "31", "with_letter": None}
    assert "重新办理的申请不收取信息处理费" in town.refused("handler", case, "charge_fee", **fee)
    longer = {"workdays": "10", "reason": "量大"}
    assert "本机关不能自行延长" in town.refused("handler", case, "propose_extension", **longer)
    assert town.turned_away("water", record_url(case), act_url(case, "assign")) == "unseen"
    town.do("handler", case, "assign", unit="教科文股", handler="handler")
    town.on(10, 26)
    assert town.turned_away("leader", act_url(case, "draft_reply")) == "refused"
    people = ("handler", "reviewer", "leader")
    town.answer(case, "GRANTED:A2", by=people, i1_f_way="网上查询下载")
    letter = town.letter("handler", case, "A2")
    assert "靖财公复〔2026〕2号" in letter
    assert f"根据{COUNTY}行政复议决定（{DECISION}）的要求" in letter
    assert "本机关对你的申请重新作出答复" in letter
    assert "应当先申请行政复议" not in letter
    assert "或者自收到之日起6个月内" in letter
    town.on(10, 27)
    town.do("handler", case, "serve", how="ONLINE")
    assert (case.state, case.pending) == ("REPLIED", False)
    assert (case.concluded_on, case.ground) == (date(2026, 7, 21), "DELIBERATIVE")
    assert case.acts.latest("sequence").kind == "REPLY_ANEW"
    told = citizen.look()
    assert "重新作出答复" in told
    assert "答复日期2026年10月27日" in told
    assert citizen.fetch("予以公开").startswith(b"%PDF")
    assert citizen.fetch("过程性信息").startswith(b"%PDF")
