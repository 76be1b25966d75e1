"""The figures that the reference report tells in prose, each beside the one computed from records.

The published text is searched for each figure where it stands in its sentence, so that a figure
cannot be copied wrongly here; the computed one is what the county's frozen report holds under its
name. What the report gives only about (90 余名) is compared as it says.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.frozen import figures_in
from gongkai.demo.comparison import REFERENCE


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: its name in our report, the words around it in the published one."""

    name: str
    label: str
    words: str  # a regular expression with one group, over the text without blanks
    about: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as published and as computed."""

    label: str
    published: str
    computed: str
    unit: str
    of: str
    equal: bool

    @property
    def line(self) -> str:
        """Return the line that the demo prints."""
        sign = "一致" if self.equal else "不一致"
        counted = f"{self.computed}{self.unit}{self.of}"
        return f"  {self.label}：原报告 {self.published}，由记录算出 {counted}，{sign}"


_COUNT = r"(\d+)"
TOLD = (
    Told("disclosure.published", "网站公开信息", rf"公开各类信息约{_COUNT}条"),
    Told("disclosure.published@own_level", "　门户网站", rf"门户网站信息{_COUNT}条"),
    Told("disclosure.published@departments", "　县政府部门", rf"县政府部门{_COUNT}条"),
    Told("disclosure.published@townships", "　乡镇", rf"乡镇{_COUNT}条"),
    Told("proposals.published", "建议提案办理信息", rf"政协提案办理信息{_COUNT}条"),
    Told("newmedia.WEIBO", "政务微博", rf"“靖安政府”发布信息{_COUNT}条"),
    Told("newmedia.WECHAT", "微信公众号", rf"“靖安县政府网”发布信息{_COUNT}条"),
    Told("catalogue.added", "增加公开事项", rf"等{_COUNT}个公开事项"),
    Told("hotline.received", "热线工单", rf"热线工单{_COUNT}件"),
    Told("hotline.on_time_rate", "热线按期办结率", r"按期办结率为([\d.]+)%"),
    Told("hotline.satisfaction_rate", "热线满意率", r"满意率为([\d.]+)%"),
    Told("hall.investment", "新行政服务大厅投资", rf"投资{_COUNT}万元"),
    Told("hall.area", "新行政服务大厅面积", rf"面积{_COUNT}平方米"),
    Told("hall.organs", "进驻部门", rf"进驻部门{_COUNT}个"),
    Told("hall.people", "进驻人员", rf"进驻人员{_COUNT}余名", about=True),
    Told("hall.items", "进驻事项", rf"进驻事项{_COUNT}项"),
    Told("hall.fulfilled", "惠企政策兑现", rf"政策兑现事项{_COUNT}件"),
    Told("hall.fulfilled_amount", "惠企政策兑现金额", r"涉及金额([\d.]+)万元"),
    Told("requests.received", "依申请公开", rf"年靖安县受理依申请公开{_COUNT}件"),
    Told("requests.received.NATURAL_PERSON", "　自然人", rf"公开\d+件，其中自然人{_COUNT}件，法人"),
    Told("requests.received.organisations", "　法人", rf"法人{_COUNT}件。"),
    Told("requests.received@own_level", "　县本级", rf"县本级受理依申请公开{_COUNT}件"),
    Told("requests.received.in_person@own_level", "　　当面", rf"当面{_COUNT}件，在线"),
    Told("requests.received.online@own_level", "　　在线", rf"在线{_COUNT}件"),
    Told("requests.received.post@own_level", "　　信函", rf"信函{_COUNT}件"),
    Told(
        "requests.received.NATURAL_PERSON@own_level",
        "　　自然人",
        rf"信函\d+件，其中自然人{_COUNT}件",
    ),
    Told(
        "requests.received.LEGAL_SERVICE_ORG@own_level",
        "　　法律服务机构",
        rf"法律服务机构{_COUNT}件",
    ),
)


def compare_prose(report: Report) -> list[Compared]:
    """Return every figure of the published prose beside the one of the frozen report."""
    text = re.sub(r"\s", "", REFERENCE.read_text("utf-8"))
    figures = figures_in(report)
    return [_one(told, text, figures) for told in TOLD]


def _one(told: Told, text: str, figures: dict) -> Compared:
    found = re.search(told.words, text)
    if found is None:
        raise AssertionError(f"the published report does not tell {told.label}")
    published = Decimal(found[1])
    figure = figures.get(told.name)
    if figure is None:
        return Compared(told.label, found[1], "没有", "", "", equal=False)
    low = published <= figure.value < published + 10 if told.about else False
    of = ""
    if figure.numerator is not None and figure.denominator is not None:
        of = f"（{int(figure.numerator)}/{int(figure.denominator)}）"
    return Compared(
        told.label,
        f"{found[1]}余" if told.about else found[1],
        figure.digits,
        figure.unit,
        of,
        equal=low or figure.value == published,
    )
