"""The tags of the annex of 国办发〔2017〕47号 (law.md 4.6): there, filled, once, in their form."""

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import COLUMN_TAGS, CONTENT_TAGS, Kind, View

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
_SINGLE = frozenset(each.lower() for each in (*SITE_TAGS, "ColumnName", "ColumnDescription"))
_NAMES = {
    "SiteName": "网站名称", "SiteDomain": "网站域名", "SiteIDCode": "政府网站标识码",
    "ColumnName": "栏目名称", "ColumnDescription": "栏目描述", "ColumnKeywords": "栏目关键词",
    "ColumnType": "栏目类别", "ArticleTitle": "标题", "PubDate": "发布时间",
    "ContentSource": "来源", "Url": "文章页面网址",
}  # fmt: skip
_FORMS = {
    "PubDate": (re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?"), "YYYY-MM-DD HH:MM"),
    "SiteIDCode": (re.compile(r"\d{10}|bm\d{8}", re.I), "10位数字"),
}


def required(kind: Kind) -> tuple[str, ...]:
    """Return the tags that a page of a kind must have."""
    if kind is Kind.ARTICLE:
        return SITE_TAGS + CONTENT_TAGS
    return SITE_TAGS + COLUMN_TAGS if kind is Kind.COLUMN else SITE_TAGS


def tags(view: View) -> Iterator[Fault]:
    """Tell each required tag that is missing, empty, repeated or in a wrong form."""
    said: dict[str, list[str]] = {}
    for name, content in view.page.metas:
        said.setdefault(name.lower(), []).append(content.strip())
    for name in required(view.kind):
        values = said.get(name.lower())
        if values is None:
            why = f"页面标签“{name}”（{_NAMES[name]}）缺失。"
            yield view.fault("tag-missing", why, f"<head> 中没有 {name}", name)
        elif not any(values):
            why = f"页面标签“{name}”（{_NAMES[name]}）没有内容。"
            yield view.fault("tag-empty", why, f'<meta name="{name}" content="">', name)
        else:
            yield from _form(view, name, next(filter(None, values)))
    counted = Counter(name.lower() for name, _ in view.page.metas)
    for name in _NAMES:
        if name.lower() in _SINGLE and counted[name.lower()] > 1:
            why = f"页面标签“{name}”（{_NAMES[name]}）重复出现，应当只有一个。"
            yield view.fault("tag-repeated", why, f"{name} 出现{counted[name.lower()]}次", name)


def _form(view: View, name: str, value: str) -> Iterator[Fault]:
    if name in _FORMS and not _FORMS[name][0].fullmatch(value):
        why = f"页面标签“{name}”（{_NAMES[name]}）应当写成{_FORMS[name][1]}。"
        yield view.fault("tag-format", why, f'<meta name="{name}" content="{value}">', name)
