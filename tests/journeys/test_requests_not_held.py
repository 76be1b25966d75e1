"""Not held: nothing may be said not to exist before it was looked for (Art. 36(4))."""

from gongkai.letters.models import Letter
from gongkai.portal.tests.requests_made import CARD
from tests.journeys.request_driver import COUNTY, COURT, Citizen, act_url, record_url

SEARCH = {
    "places": "局档案室2015年至2025年文书档案、公文系统",
    "keywords": "石马水库 决算",
    "officer": "档小案",
    "found": "no",
}
FACTS = {"i1_f_places": "局档案室文书档案、公文系统", "i1_f_keywords": "关键词“石马水库”"}


def test_not_held_after_a_search(town):
    """A5 is refused without a search and after one that found something."""
    citizen = Citizen()
    day = town.on(9, 7, 9)
    citizen.file(town.finance, title="石马水库竣工决算", description="")
    case = citizen.case
    town.do("handler", case, "register", on=day)
    town.do("handler", case, "assign", unit="农业股", handler="handler")
    assert case.due_on.isoformat() == "2026-10-10"

    town.on(9, 10)
    town.draft("handler", case, "NOT_HELD:A5", **FACTS)
    town.do("reviewer", case, "pass_draft")
    town.do("head", case, "sign")
    refused = town.refused("handler", case, "issue_reply")
    assert "不能以“信息不存在”答复（第三十六条第四项）：应当经检索没有" in refused
    assert not Letter.objects.filter(kind="A5").exists()
    assert town.turned_away("head", act_url(case, "search")) == "refused"
    town.do("handler", case, "return_draft", why="先检索")

    day = town.on(9, 11)
    page = town.do("handler", case, "search", searched_on=day, **SEARCH | {"found": "yes"})
    assert "石马水库决算" in page
    town.draft("handler", case, "NOT_HELD:A5", **FACTS)
    town.do("reviewer", case, "pass_draft")
    town.do("head", case, "sign")
    assert "应当经检索没有" in town.refused("handler", case, "issue_reply")
    town.do("handler", case, "return_draft", why="所检索到的是初步设计，请再检索一次")
    assert town.turned_away("water", record_url(case), act_url(case, "search")) == "unseen"

    day = town.on(9, 14)
    town.do("handler", case, "search", searched_on=day, note="只有初步设计", **SEARCH)
    town.answer(case, "NOT_HELD:A5")  # the form knows what the search told
    letter = town.letter("handler", case, "A5")
    assert "政府信息公开申请告知书" in letter
    assert (
        "2026年9月14日，本机关以关键词“石马水库决算”，"
        "对局档案室2015年至2025年文书档案、公文系统进行了检索，没有检索到你申请公开的政府信息"
    ) in letter
    assert "第三十六条第四项的规定，现告知你该政府信息不存在" in letter
    assert (
        f"如不服本告知书，可以自收到之日起60日内向{COUNTY}申请行政复议，"
        f"或者自收到之日起6个月内向{COURT}提起行政诉讼。"
    ) in letter
    assert "应当先申请行政复议" not in letter
    assert "档小案" not in letter

    town.on(9, 15)
    town.do("handler", case, "serve", how="ONLINE")
    assert (case.state, case.ground) == ("REPLIED", "NOT_HELD")
    told = citizen.look()
    assert "办理结果本机关不掌握相关政府信息" in told
    assert "档小案" not in told
    assert citizen.fetch("信息不存在").startswith(b"%PDF")
    verbs = town.verbs(case)
    assert (verbs.count("search"), verbs.count("return_draft"), verbs[-1]) == (2, 2, "serve")
    assert town.table_three("万里", CARD, "石马水库") == {"1": 1, "3.4.1": 1, "3.7": 1}
