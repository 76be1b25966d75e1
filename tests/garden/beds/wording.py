"""Wrong words, marks, days and figures, each beside its right twin (law.md 4.2, W1; practice.md 4.3)."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Plan, Site
from tests.garden.sites import article, column, portal

# slug, what is wrong, the suggestion (empty: a person must know), a text
WRONG = (
    ("jiezhi", "截止今年9月", "截至今年9月", "截止今年9月，全县完成植树造林3000亩。"),
    ("bushu", "布署", "部署", "会议对下一步工作进行了布署。"),
    ("zuowei", "做为", "作为", "做为一名基层干部，要经常走访群众。"),
    ("denglu", "登陆", "登录", "申请人可以登陆青禾县人民政府网站查询结果。"),
    ("zhanghu", "帐户", "账户", "补贴资金直接拨付到个人帐户。"),
    ("jiwang", "一如继往", "一如既往", "我们将一如继往地支持企业发展。"),
    ("zaili", "再接再励", "再接再厉", "希望大家再接再励，圆满完成全年任务。"),
    ("anzhuang", "按装", "安装", "全县共按装路灯1200盏。"),
    ("dede", "的的", "的", "这是今年最重要的的一项工作。"),
    ("zhixing", "切实可形", "切实可行", "各单位要制定切实可形的方案。"),
    ("luoshi", "贯彻落时", "贯彻落实", "各单位要认真贯彻落时会议精神。"),
    ("number", "青府发[2026]5号", "青府发〔2026〕5号", "根据青府发[2026]5号文件要求，请按时报送。"),
    ("day", "2月30日", "", "活动定于2026年2月30日举行。"),
    ("week", "2026年11月20日（星期四）", "", "会议定于2026年11月20日（星期四）召开。"),
    ("rate", "102%", "", "全年共受理申请88件，按时办结率102%。"),
    ("sum", "合计9件", "", "一季度受理3件、5件，合计9件。"),
    ("pair", "（见附件", "", "请填写报名表（见附件，于本周五前报送。"),
    ("period", "2026年5月31日至2026年5月1日", "", "公示期为2026年5月31日至2026年5月1日。"),
    ("month", "2026年13月", "", "项目计划于2026年13月完工。"),
    ("organ", "国务院法制办", "", "2026年10月，国务院法制办印发通知，要求做好清理工作。"),
)
RIGHT = (
    ("jiezhi", "截止 beside a term that ends", "报名截止时间为9月30日，逾期不予受理。"),
    ("jiezhi2", "截至", "截至今年9月，全县完成植树造林3000亩。"),
    ("bushu", "部署", "会议对下一步工作进行了部署。"),
    ("zuowei", "做, and then 为民", "各单位要多做为民服务的实事。"),
    ("denglu", "a typhoon does go ashore", "今年第8号台风在沿海登陆，我县普降大雨。"),
    ("zhang", "帐 of a mosquito net", "向受灾群众发放蚊帐和帐篷。"),
    ("zhanghu", "账户", "补贴资金直接拨付到个人账户。"),
    ("jiwang", "继往开来", "全县上下继往开来，推动高质量发展。"),
    ("dede", "的 before 的确", "今年的的确确办成了几件大事。"),
    ("an", "按 before 装机容量", "电费按装机容量收取。"),
    (
        "number",
        "a case number has round brackets",
        "见青禾县人民法院（2026）赣0999行初5号行政判决书。",
    ),
    ("day", "a leap day", "活动定于2028年2月29日举行。"),
    ("week", "the right day of the week", "会议定于2026年11月20日（星期五）召开。"),
    ("rate", "growth may pass 100 %", "全年旅游收入同比增长120%，完成年度计划的102%。"),
    ("sum", "a sum that adds up", "一季度受理3件、5件，合计8件。"),
    ("pair", "numbers with one bracket", "1）先到窗口取号；2）再到柜台办理。"),
    (
        "organ",
        "an organ by the name it had in those years",
        "2012年，原国务院法制办曾就此作出复函。",
    ),
    ("old", "a 民国 year and the year beside it", "青禾县立中学创办于民国二十六年（1937年）。"),
    ("name", "a place with a character like another", "石硚村与石桥村是两个行政村。"),
    ("quote", "quotation inside quotation", "他说：“我常对大家讲‘实干才能办成事’。”"),
)


def plant(plan: Plan) -> None:
    """Plant articles with one thing wrong, and articles with the same thing right."""
    site = portal(plan)
    column(site, "/bd/", "工作信息", "其他", level=2)
    for slug, wrong, suggestion, text in WRONG:
        plan.fault("wording", _lay(site, f"w-{slug}", text), f"should be {suggestion or 'looked at'}",
                   wrong, detail=suggestion)  # fmt: skip
    for slug, why, text in RIGHT:
        plan.like("wording", _lay(site, f"r-{slug}", text), why, text)


def _lay(site: Site, slug: str, text: str) -> str:
    into = site.columns["/bd/"]
    return site.at(
        article(site, into, slug, f"工作信息第{len(into.items) + 1}期", f"<p>{text}</p>")
    )
