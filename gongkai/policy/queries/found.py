"""What found things are filtered by, in words: kinds, validity, subjects, fields, columns.

The page of the search and the open data interface name and read the values of a facet alike. The
codes of kinds and validity stand in addresses that people keep, so they never change.
"""

from collections.abc import Collection, Mapping

from gongkai.adapters.searchindex.types import Facet
from gongkai.disclosure.models import CatalogueField, Section
from gongkai.disclosure.models.sections import SectionKind
from gongkai.policy.rules import DocumentKind, Validity
from gongkai.statute.subjects import SUBJECTS

REPORT, GUIDE, ORGAN, COLUMN = "nb", "zn", "jg", "lm"
SERVICE, MESSAGE = "bszn", "gzly"
KINDS: Mapping[str, str] = {
    "gz": "规章",
    "gfxwj": "行政规范性文件",
    "qtzc": "其他政策文件",
    "jd": "政策解读",
    "tzgg": "通知公告",
    "zwdt": "政务动态",
    "fdgk": "法定主动公开信息",
    "gk": "概况信息",
    "jgzn": "机构职能",
    "fzr": "负责人信息",
    "fw": "办事服务",
    "hd": "互动交流",
    "zt": "专题专栏",
    "qt": "其他信息",
    SERVICE: "办事指南",
    MESSAGE: "公众留言",
    REPORT: "年度报告",
    GUIDE: "公开指南",
    ORGAN: "部门和乡镇",
    COLUMN: "栏目",
}
VALIDITIES: Mapping[str, str] = {
    "yx": Validity.ENACTED.label,
    "xg": Validity.AMENDED.label,
    "ws": Validity.NOT_YET_EFFECTIVE.label,
    "shi": Validity.LAPSED.label,
    "fz": Validity.REPEALED.label,
}
KIND_OF_DOCUMENT = {
    DocumentKind.RULES: "gz",
    DocumentKind.NORMATIVE: "gfxwj",
    DocumentKind.OTHER: "qtzc",
}
CODE_OF_VALIDITY = {
    Validity.ENACTED: "yx",
    Validity.AMENDED: "xg",
    Validity.NOT_YET_EFFECTIVE: "ws",
    Validity.LAPSED: "shi",
    Validity.REPEALED: "fz",
}
KIND_OF_SECTION = {
    SectionKind.OVERVIEW: "gk",
    SectionKind.ORGANS: "jgzn",
    SectionKind.LEADERS: "fzr",
    SectionKind.NEWS: "zwdt",
    SectionKind.NOTICE: "tzgg",
    SectionKind.POLICY: "qtzc",
    SectionKind.INTERPRETATION: "jd",
    SectionKind.SERVICE: "fw",
    SectionKind.INTERACTION: "hd",
    SectionKind.STATUTORY: "fdgk",
    SectionKind.TOPIC: "zt",
    SectionKind.OTHER: "qt",
}


def labels_of(county_id: int, facet: Facet, values: Collection[str]) -> dict[str, str]:
    """Return what values of a facet are called; one that has no name any more is left out.

    One query for fields and for columns, none for the others.
    """
    match facet:
        case Facet.KIND:
            known: Mapping[str, str] = KINDS
        case Facet.VALIDITY:
            known = VALIDITIES
        case Facet.SUBJECT:
            known = {code: each.name for code, each in SUBJECTS.items()}
        case Facet.YEAR:
            known = {value: f"{value}年" for value in values}
        case Facet.FIELD:
            rows = CatalogueField.objects.filter(catalogue__county_id=county_id, slug__in=values)
            known = dict(rows.order_by("valid_from", "pk").values_list("slug", "name"))
        case Facet.SECTION:
            columns = Section.objects.filter(county_id=county_id, path__in=values)
            known = dict(columns.values_list("path", "title"))
        case _:
            known = {value: value for value in values}
    return {value: known[value] for value in values if value in known}
