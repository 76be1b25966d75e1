"""Who holds it: organs by name and duty, what is public already, before filing (Art. 10, 36)."""

import logging
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.searchindex.types import IndexFailed, Query
from gongkai.disclosure.queries import titled
from gongkai.orgs.models import Organ
from gongkai.policy.models import DocumentState
from gongkai.policy.queries import documents, rows
from gongkai.portal import reports
from gongkai.portal.offices import Office
from gongkai.portal.searching.query import tidy
from gongkai.portal.searching.shown import lines_of
from gongkai.portal.site import site_of

LOG = logging.getLogger(__name__)
LONGEST = 60
_MOST = 8
# Words that say which organ's duty a matter is, in every county (机构职能); the names of the
# organs themselves are matched besides.
_DUTIES = {
    "自然资源": "土地 征地 征收 不动产 规划 矿 宅基地 测绘",
    "住房": "房屋 拆迁 棚改 物业 施工 建筑 公租房 燃气 小区",
    "教育": "学校 教师 招生 学区 学籍 幼儿园 教育",
    "卫生": "医院 医疗 疫苗 卫生 医生 计生 诊所",
    "人力资源": "社保 就业 招聘 工资 养老 工伤 职称 事业单位",
    "民政": "低保 救助 养老院 殡葬 婚姻 地名 社团",
    "财政": "预算 决算 补贴 采购 经费 资金 专项",
    "农业": "农村 农田 种粮 补贴 畜牧 承包 农药 耕地",
    "水利": "河道 水库 防汛 灌溉 采砂 饮水",
    "交通": "公路 道路 客运 公交 运输 桥梁",
    "生态环境": "环评 排污 污染 噪声 环境 监测",
    "应急": "安全生产 事故 救灾 地震 消防",
    "市场监督": "食品 药品 执照 企业登记 价格 质量 商标",
    "公安": "户籍 治安 交警 出入境 身份证",
    "林业": "森林 林权 木材 退耕",
    "发展和改革": "项目审批 立项 规划 能源 价格",
    "审计": "审计",
    "税务": "税",
    "医疗保障": "医保 报销",
    "城市管理": "城管 违建 环卫 停车 垃圾",
    "文化": "旅游 文物 广播 体育 图书馆",
    "退役军人": "优抚 退伍 军人",
    "行政审批": "许可 审批 办证",
    "司法": "法律援助 公证 复议 律师",
    "统计": "统计 普查 人口 经济数据",
}


@dataclass(frozen=True, slots=True)
class PublicThing:
    """Something published already: what it is called, who made it, when, where it stands."""

    title: str
    organ: str
    on: date | None
    url: str = ""
    number: str = ""


def offices_for(words: str, offices: tuple[Office, ...]) -> tuple[Office, ...]:
    """Return the offices that a reader may mean, best first; none when nothing fits."""
    words = "".join(words.split())
    if not words:
        return ()
    scored = [(_score(words, office), place, office) for place, office in enumerate(offices)]
    found = sorted((-score, place, office) for score, place, office in scored if score)
    return tuple(office for _, _, office in found[:_MOST])


def _score(words: str, office: Office) -> int:
    names = (office.organ.name, office.organ.short_name)
    if any(name in words or words in name for name in names):
        return 3
    duty = next((key for key in _DUTIES if key in office.organ.name), None)
    if duty is None:
        return 0
    told = [duty, *_DUTIES[duty].split()]
    return 2 if any(each in words or words in each for each in told if len(words) > 1) else 0


def public_things(
    request: HttpRequest, county: Organ, words: str, organ_ids: list[int], today: date
) -> tuple[PublicThing, ...]:
    """Return what is public already and may be what is wanted, the likeliest first.

    Asked of the search; where there is none, or it cannot be read, by title alone.
    """
    words = words.strip()
    if not words:
        return ()
    if searchfeeds.is_on():
        try:
            return _found(county, words, today)
        except IndexFailed:
            LOG.exception("the search index cannot be read")
    return _titled(request, county, words, organ_ids, today)


def _found(county: Organ, words: str, today: date) -> tuple[PublicThing, ...]:
    asked = Query(words=tidy(words), scopes=(f"county:{county.pk}",), size=_MOST)
    hits = searchindex.public_index().search(asked).hits
    return tuple(
        PublicThing(
            "".join(mark.text for mark in line.title),
            line.organ,
            line.on,
            line.address,
            number=line.number,
        )
        for line in lines_of(county.pk, hits, today)
    )


def _titled(
    request: HttpRequest, county: Organ, words: str, organ_ids: list[int], today: date
) -> tuple[PublicThing, ...]:
    """Return what has the words in its title: entries first. Four queries."""
    columns = [
        PublicThing(column.title, "", None, column.url)
        for column in site_of(request).columns
        if words in column.title
    ]
    reported = [
        PublicThing(
            line.title,
            "",
            timezone.localdate(line.published_at),
            reports.address(line.year, line.organ_code),
        )
        for line in reports.lines_of(request, county)
        if words in line.title
    ]
    entries = [
        PublicThing(
            row.title,
            row.organ,
            timezone.localdate(row.published_at),
            row.address,
            number=row.document_number,
        )
        for row in titled(organ_ids, words, _MOST)
    ]
    shown = {entry.title for entry in entries}
    found = documents(organ_ids, state=DocumentState.PUBLISHED, words=words)[:_MOST]
    policies = [
        PublicThing(row.title, row.organ, row.published_on, number=row.document_number)
        for row in rows(found, today)
        if row.title not in shown
    ]
    return tuple([*entries, *policies, *columns, *reported][:_MOST])
