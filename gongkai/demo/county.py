"""The organs of the reference county in 2020: government, office, departments, 11 townships.

Names and codes follow the county's public list; `share` is the made-up weight with
which a department takes part of the county's registers.
"""

from dataclasses import dataclass
from datetime import date

FOUNDED_ON = date(2016, 1, 1)  # a plain day before the oldest record of the demo
YEAR = 2020
COUNTY_CODE = "jaxrmzf"
OFFICE_CODE = "jaxzfb"
REGION = "360925"
ADDRESS = "江西省宜春市靖安县双溪镇新大街1号"
PHONE = "0795-4662133"


@dataclass(frozen=True, slots=True)
class DemoOrgan:
    """One organ: code, full and short name, prefix of its document numbers, region code."""

    code: str
    full_name: str
    short_name: str
    prefix: str = ""
    region: str = REGION
    share: int = 0


def _department(code: str, name: str, prefix: str, share: int = 0) -> DemoOrgan:
    return DemoOrgan(code, f"靖安县{name}", f"县{name}", prefix, REGION, share)


COUNTY = DemoOrgan(COUNTY_CODE, "靖安县人民政府", "县政府", "靖府")
OFFICE = DemoOrgan(OFFICE_CODE, "靖安县人民政府办公室", "县府办", "靖府办")

DEPARTMENTS = (
    _department("fgw", "发展和改革委员会", "靖发改", 6),
    _department("jtj", "教育体育局", "靖教体", 4),
    _department("gxj", "工业和信息化局", "靖工信", 3),
    _department("gaj", "公安局", "靖公", 9),
    _department("mzj", "民政局", "靖民", 4),
    _department("sfj", "司法局", "靖司", 2),
    _department("czj", "财政局", "靖财", 3),
    _department("rsj", "人力资源和社会保障局", "靖人社", 8),
    _department("zrzyj", "自然资源局", "靖自然资", 9),
    _department("zjj", "住房和城乡建设局", "靖建", 8),
    _department("jtysj", "交通运输局", "靖交", 6),
    _department("slj", "水利局", "靖水", 4),
    _department("nyncj", "农业农村局", "靖农", 6),
    _department("swj", "商务局", "靖商务", 2),
    _department("wglj", "文化广电旅游局", "靖文广旅", 4),
    _department("wjw", "卫生健康委员会", "靖卫健", 6),
    _department("tyjr", "退役军人事务局", "靖退役军人"),
    _department("yjj", "应急管理局", "靖应急", 4),
    _department("sjj", "审计局", "靖审"),
    _department("scjg", "市场监督管理局", "靖市监", 12),
    _department("tjj", "统计局", "靖统"),
    _department("ybj", "医疗保障局", "靖医保", 3),
    _department("lyj", "林业局", "靖林", 7),
    _department("cgj", "城市管理局", "靖城管", 5),
    _department("xzsp", "行政审批局", "靖审批", 10),
    _department("xfj", "信访局", "靖信"),
    _department("fpb", "扶贫办公室", "靖扶"),
    _department("jrb", "金融工作办公室", "靖金"),
    _department("sthj", "生态环境局", "靖环", 4),
    _department("gyyq", "工业园区管理委员会", "靖园", 1),
    _department("gxs", "供销合作社联合社", "靖供"),
    _department("dsb", "地方志编纂中心", "靖志"),
)


def _township(code: str, name: str, prefix: str, number: int) -> DemoOrgan:
    return DemoOrgan(code, f"靖安县{name}人民政府", name, prefix, f"{REGION}{number}")


TOWNSHIPS = (
    _township("sxz", "双溪镇", "双府", 100),
    _township("rsz", "仁首镇", "仁府", 101),
    _township("bfz", "宝峰镇", "宝府", 102),
    _township("ghz", "高湖镇", "高府", 103),
    _township("zdz", "璪都镇", "璪府", 104),
    _township("xtx", "香田乡", "香府", 200),
    _township("skx", "水口乡", "水府", 201),
    _township("zyx", "中源乡", "中府", 202),
    _township("lwx", "罗湾乡", "罗府", 203),
    _township("szlx", "三爪仑乡", "三府", 204),
    _township("lgjx", "雷公尖乡", "雷府", 205),
)

# 罗湾乡 was abolished and 官庄镇 set up on the same day (practice.md 6.1).
SUCCESSOR = _township("gzz", "官庄镇", "官府", 105)
ABOLISHED = "lwx"
SUCCEEDED_ON = date(2021, 7, 9)
