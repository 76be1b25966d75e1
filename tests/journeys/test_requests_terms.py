"""A fee never paid, and a term extended over a year's end whose holidays nobody knows yet."""

import re

from gongkai.orgs.models import Role
from gongkai.portal.tests.requests_made import CARD, picture
from tests.journeys.request_driver import COUNTY, COURT, Citizen, act_url, record_url


def test_thirty_five_pages_unpaid(town):
    """35 pages are 50 元 (收费办法); twenty working days after the notice the request lapses."""
    citizen = Citizen()
    day = town.on(3, 2, 9)
    citizen.file(
        town.finance,
        carrier="PAPER", delivery="POST", address="双溪镇新大街1号",
        title="2010年至2025年专项资金拨付凭证", description="",
        fee_relief="确有其他经济困难", relief_proof=picture("zhengming.png"),
    )  # fmt: skip
    case = citizen.case
    town.do("handler", case, "register", on=day)
    town.do("handler", case, "assign", unit="国库股", handler="handler")
    town.on(3, 10)
    assert town.turned_away("water", record_url(case), act_url(case, "charge_fee")) == "unseen"
    form = town.browser("handler").get(act_url(case, "charge_fee")).content.decode()
    assert "申请人申请减免费用：确有其他经济困难。请先决定是否减免。" in form
    fee = {"tariff": "BY_PAGE", "count": "35"}
    page = town.do("handler", case, "charge_fee", **fee)
    assert case.state == "AWAITING_PAYMENT"
    assert "等待申请人缴费，期限到2026年4月8日为止；期间答复期限停止计算。" in page
    letter = town.letter("handler", case, "L09")
    assert "靖财公收〔2026〕1号" in letter
    assert (
        "一、收费标准：按量计收，35页，其中第31页至第35页每页10元。二、收费数额：50元。" in letter
    )
    assert "自收到本通知书次日起20个工作日内" in letter
    assert "如不服" not in letter
    assert "请缴纳信息处理费，期限为2026年4月8日（含当日）" in citizen.look()

    town.on(4, 8, 17)
    refused = town.refused("handler", case, "lapse_fee")
    assert "缴费期限到2026年4月8日为止，届满次日起才能视为放弃申请" in refused
    assert town.turned_away("reviewer", act_url(case, "lapse_fee")) == "refused"
    town.on(4, 9, 9)
    page = town.do("handler", case, "lapse_fee", note="经电话提醒仍未缴纳")
    assert (case.state, case.ground, case.pending) == ("LAPSED", "FEE_UNPAID", False)
    letter = town.letter("handler", case, "L10")
    assert "政府信息公开申请终止处理告知书" in letter
    assert (
        "本机关以《政府信息公开信息处理费收费通知书》（靖财公收〔2026〕1号）通知你缴纳信息处理费，"
        "该通知书于2026年3月10日送达"
    ) in letter
    assert "视为放弃申请，本机关不再处理" in letter
    assert (
        f"如不服本告知书，可以自收到之日起60日内向{COUNTY}申请行政复议，"
        f"或者自收到之日起6个月内向{COURT}提起行政诉讼。"
    ) in letter
    assert "已终止办理（视为放弃申请）" in citizen.look()
    town.do("handler", case, "close")
    assert town.verbs(case) == [
        *("submit", "register", "assign", "charge_fee", "lapse_fee", "close"),
    ]
    assert town.table_three("万里", CARD) == {"1": 1, "3.6.2": 1, "3.7": 1}


def test_extended_over_the_years_end(town):
    """Who proposes does not consent; no letter and no citizen is told a day that may move."""
    citizen = Citizen()
    day = town.on(12, 8, 9)
    citizen.file(town.finance, title="近五年乡镇财政体制结算办法", description="")
    case = citizen.case
    page = town.do("handler", case, "register", on=day)
    assert case.provisional
    assert "推算：下一年放假通知未发布，不得写入文书" in page
    receipt = town.letter("handler", case, "L01")
    assert "本机关将在自收到申请之日起20个工作日内答复你" in receipt
    assert "2027年" not in receipt
    told = citizen.look()
    assert "跨入的年度放假安排尚未公布，日期待定" in told
    assert "2027年" not in told
    town.do("handler", case, "assign", unit="乡财股", handler="handler")

    town.on(12, 21)
    assert town.turned_away("handler", act_url(case, "extend")) == "refused"
    nothing = town.browser("head").get(act_url(case, "extend")).content.decode()
    assert "还没有人提请延期" in nothing
    proposal = {"workdays": "20", "reason": "需要向十一个乡镇核实历年结算办法"}
    too_long = town.refused("handler", case, "propose_extension", **proposal | {"workdays": "21"})
    assert "不能大于20" in too_long
    town.do("handler", case, "propose_extension", **proposal)
    assert town.turned_away("handler", act_url(case, "extend")) == "refused"
    town.appoint("head", "czj", Role.REQUEST_HANDLER)  # a head who also handles
    town.do("head", case, "propose_extension", **proposal)
    assert "提请人不得自行同意" in town.refused("head", case, "extend")
    town.do("handler", case, "propose_extension", **proposal)

    town.on(12, 22)
    assert town.turned_away("water", record_url(case), act_url(case, "extend")) == "unseen"
    before = case.due_on
    page = town.do("head", case, "extend")
    assert case.due_on > before
    assert "共40个" in page
    letter = town.letter("handler", case, "L04")
    assert "因需要向十一个乡镇核实历年结算办法，本机关不能在规定的期限内答复" in letter
    assert "经本机关政府信息公开工作机构负责人同意，答复期限延长20个工作日" in letter
    assert "本机关将在自收到申请之日起40个工作日内答复你" in letter
    assert not re.search(r"2027年|1月\d+日", letter)
    assert "如不服" not in letter
    told = citizen.look()
    assert "延长答复期限" in told
    assert "2027年" not in told
    once = town.refused("handler", case, "propose_extension", **proposal)
    assert "答复期限只能延长一次（第三十三条第二款）" in once

    town.on(12, 30)
    town.answer(case, "GRANTED:A1", i1_f_title="《靖安县乡镇财政体制》（靖府字〔2021〕5号）",
                i1_f_where="县政府网站政策文件栏目")  # fmt: skip
    letter = town.letter("handler", case, "A1")
    assert "本机关已经主动公开" in letter
    town.do("handler", case, "serve", how="ONLINE")
    assert case.state == "REPLIED"
    assert "办理结果予以公开" in citizen.look()
    assert citizen.fetch("已主动公开").startswith(b"%PDF")
    verbs = town.verbs(case)
    assert (verbs.count("extend"), verbs.count("propose_extension")) == (1, 3)
    assert town.table_three("万里", CARD) == {"1": 1, "3.1": 1, "3.7": 1}
