"""Organs that were renamed, with the day from which the old name is wrong.

党和国家机构改革方案 of 2018 and 2023; county organs followed until March 2019 and 2024. Names in
sentences about the past or about the renaming itself are left alone.
"""

from datetime import date

from gongkai.text.levels import Level
from gongkai.text.wording.rules import Phrase

_CENTRE_2018 = date(2018, 3, 21)
_COUNTY_2019 = date(2019, 4, 1)
_CENTRE_2023 = date(2023, 5, 18)
_COUNTY_2024 = date(2024, 4, 1)
_REVITALISED = date(2021, 2, 25)
_REFORM_2018 = "2018年党和国家机构改革"
_REFORM_2023 = "2023年党和国家机构改革"
_PAST = (
    r"撤销|不再保留|更名|改名|划入|并入|整合|组建|承继|职责|机构改革|改为|原名|前身|[（(](?:现|原)"
)
_PAST += r"|(?:19[0-9]{2}|200[0-9]|201[0-8])年"
_PAST_BEFORE = r"原|时任|前|原[一-鿿]{1,4}|“"


def _renamed(
    wrong: str, right: str, since: date, basis: str, until: date | None = None, not_before: str = ""
) -> Phrase:
    return Phrase(
        rule=f"organ.{wrong}.{since.year}",
        wrong=wrong,
        right=right,
        level=Level.ADVISORY,
        message=f"机构已更名或者撤并：现为“{right}”",
        basis=basis,
        valid_from=since,
        valid_to=until,
        not_after=_PAST_BEFORE,
        not_before=not_before,
        unless=_PAST,
    )


def _pairs(table: str) -> list[tuple[str, str]]:
    lines = [line.partition("|") for line in table.strip().splitlines()]
    return [(wrong, right) for wrong, _, right in lines]


_CENTRAL = """
国家工商行政管理总局|国家市场监督管理总局
国家质量监督检验检疫总局|国家市场监督管理总局
国家食品药品监督管理总局|国家市场监督管理总局
国土资源部|自然资源部
环境保护部|生态环境部
农业部|农业农村部
文化部|文化和旅游部
国家旅游局|文化和旅游部
国家卫生和计划生育委员会|国家卫生健康委员会
国家卫生计生委|国家卫生健康委
国家安全生产监督管理总局|应急管理部
国家海洋局|自然资源部
国家测绘地理信息局|自然资源部
国家粮食局|国家粮食和物资储备局
国家林业局|国家林业和草原局
国家新闻出版广电总局|国家广播电视总局
国务院法制办公室|司法部
国务院法制办|司法部
国家行政学院|中央党校（国家行政学院）
"""
_COUNTY = """
工商行政管理局|市场监督管理局
质量技术监督局|市场监督管理局
食品药品监督管理局|市场监督管理局
国土资源局|自然资源局
环境保护局|生态环境局
卫生和计划生育委员会|卫生健康委员会
卫生计生委|卫生健康委
卫计委|卫健委
旅游发展委员会|文化和旅游局
文化广播电影电视新闻出版局|文化和旅游局
安全生产监督管理局|应急管理局
安监局|应急管理局
政府法制办公室|司法局
农牧渔业局|农业农村局
"""
_LATER = (
    ("中国银监会", "国家金融监督管理总局", _CENTRE_2023, _REFORM_2023),
    ("中国保监会", "国家金融监督管理总局", _CENTRE_2023, _REFORM_2023),
    ("中国银行保险监督管理委员会", "国家金融监督管理总局", _CENTRE_2023, _REFORM_2023),
    ("中国银保监会", "国家金融监督管理总局", _CENTRE_2023, _REFORM_2023),
)
_RUNS_ON = {
    "农业部": "门|分|长",
    "文化部": "门|分|长",
    "环境保护部": "门",
    "国土资源部": "门",
}

ORGANS: tuple[Phrase, ...] = (
    *(
        _renamed(wrong, right, _CENTRE_2018, _REFORM_2018, not_before=_RUNS_ON.get(wrong, ""))
        for wrong, right in _pairs(_CENTRAL)
    ),
    *(_renamed(wrong, right, _COUNTY_2019, _REFORM_2018) for wrong, right in _pairs(_COUNTY)),
    *(_renamed(*row) for row in _LATER),
    *(
        _renamed(wrong, right, since, basis, until)
        for wrong in ("扶贫办", "扶贫开发办公室")
        for right, since, until, basis in (
            ("乡村振兴局", _REVITALISED, date(2024, 3, 31), "2021年国家乡村振兴局挂牌"),
            ("农业农村局", _COUNTY_2024, None, _REFORM_2023),
        )
    ),
)
