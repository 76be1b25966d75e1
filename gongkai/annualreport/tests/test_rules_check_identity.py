"""Who reports and for which year, from titles, neighbours, labels, signatures and heads."""

import pytest

from gongkai.adapters.readers import read_document
from gongkai.annualreport.rules.check import check
from gongkai.annualreport.rules.check.identity import identify
from gongkai.annualreport.tests.published import parts, report
from gongkai.annualreport.tests.published_files import cms_page

TITLE = "2023年政府信息公开工作年度报告"
WATER = "靖安县水利局"


@pytest.mark.parametrize(
    ("lines", "organ"),
    [
        ((WATER + TITLE,), WATER),
        ((f"2023年度{WATER}政府信息公开工作年度报告",), WATER),
        ((f"{WATER}2023年度政府信息公开工作报告",), WATER),
        ((f"{WATER}政府信息公开2023年度报告",), WATER),
        ((f"{WATER}政府信息公开工作年度报告（2023年）",), WATER),
        ((f"{WATER}政府信息公开工作年度报告", "（2023年度）"), WATER),
        ((WATER, TITLE), WATER),
        ((WATER, "2023年", "政府信息公开工作年度报告"), WATER),
        ((TITLE, WATER, "（2024年1月20日）"), WATER),
        ((f"{WATER}关于2023年政府信息公开工作情况的报告",), WATER),
        ((f"{WATER}关于报送2023年政府信息公开工作年度报告的函",), WATER),
        ((f"【年报】{WATER}{TITLE}",), WATER),
        ((f"首页>政务公开>{WATER}{TITLE}",), WATER),
        ((f"上一篇：{WATER}2022年政府信息公开工作年度报告", WATER + TITLE), WATER),
        ((TITLE, f"发布时间：2024-01-20 来源：{WATER} 浏览次数：23"), WATER),
        ((f"发布机构：{WATER}", "生成日期：2024-01-20", TITLE), WATER),
        ((TITLE, "正文。", WATER, "2024年1月20日"), WATER),
        (("仁首镇二○二三年政府信息公开年报",), "仁首镇"),
        (("仁首镇二零二三年政府信息公开年报",), "仁首镇"),
        (("仁首镇二O二三年政府信息公开年报",), "仁首镇"),
        (("雷公尖乡人民政府２０２３年政府信息公开工作年度报告",), "雷公尖乡人民政府"),
        (("靖安县 2023 年政府信息公开工作年度报告",), "靖安县"),
        (("靖安县城市管理综合行政执法大队" + TITLE,), "靖安县城市管理综合行政执法大队"),
        (("靖安县林场" + TITLE,), "靖安县林场"),
        (("双溪街道办事处" + TITLE,), "双溪街道办事处"),
        ((TITLE, f"根据《条例》规定，{WATER}编制了本报告。"), ""),
        (("本报告所列数据的统计期限自2023年1月1日起至12月31日止。",), ""),
        (("统计期限为二〇二三年一月一日至十二月三十一日。",), ""),
    ],
)
def test_organ_and_year(lines, organ):
    assert identify(lines) == (organ, 2023)


@pytest.mark.parametrize(
    ("head", "organ"),
    [
        (f"<title>{WATER}{TITLE}_靖安县人民政府</title>", WATER),
        (
            f'<title>靖安县人民政府 {TITLE}</title><meta name="ContentSource" content="{WATER}">',
            WATER,
        ),
        (f'<title>{TITLE}</title><meta name="ArticleTitle" content="{WATER}{TITLE}">', WATER),
        (f"<title>{TITLE} - 靖安县人民政府</title>", ""),
    ],
)
def test_the_head_of_a_page_fills_gaps(head, organ):
    page = cms_page(parts(report(title=TITLE))).decode()
    start, end = page.index("<title>"), page.index("</title>") + len("</title>")
    checked = check(read_document((page[:start] + head + page[end:]).encode(), ".html"))
    assert (checked.organ, checked.year) == (organ, 2023)


def test_nothing_told_is_nothing_guessed():
    assert identify(["县政府网站", "政务公开", "正文。"]) == ("", None)
