"""What head and foot of every page must show (国办发〔2017〕47号, law.md 4.5)."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View, squeezed
from gongkai.text.sitepages import Place

NAMES = {
    "site-name": "页头的网站名称", "sponsor": "主办单位", "phone": "联系电话",
    "site-code": "网站标识码", "icp": "ICP备案编号", "police": "公安机关备案号",
    "party-government-mark": "党政机关网站标识", "error-report": "“我为政府网站找错”入口",
    "site-map": "站点地图",
}  # fmt: skip
_LABELLED = {
    "sponsor": re.compile(r"主办(?:单位)?[:|｜丨]?(?!承办|协办|[:|｜])[\u4e00-\u9fff]{3,}"),
    "phone": re.compile(r"(?<!传真)电话[^\d]{0,8}\(?\d{3,4}\)?[-—]?\d{3,8}|热线[:]?\d{5}"),
    "site-code": re.compile(r"标识码[:|]?(?:\d{10}|bm\d{8})(?!\d)", re.I),
    "icp": re.compile(r"[\u4e00-\u9fff]ICP备\d{5,}号", re.I),
    "police": re.compile(r"公网安备\D{0,2}\d{10,}"),
}
_LEADING = {
    "party-government-mark": re.compile(r"党政机关|事业单位标识|网站标识(?!码)|conac\.cn"),
    "error-report": re.compile(r"网站找错|我要纠错平台|pucha\.kaipuyun"),
    "site-map": re.compile(r"(?:网站|站点)地图|sitemap", re.I),
}
_TAIL = 1_500


def elements(view: View) -> Iterator[Fault]:
    """Tell each element that head or foot does not show."""
    foot = _foot(view)
    shown: dict[str, Callable[[], bool]] = {
        "site-name": lambda: _names_site(view),
        **{part: lambda form=form: bool(form.search(foot)) for part, form in _LABELLED.items()},
        **{part: lambda form=form: _leads(view, form) for part, form in _LEADING.items()},
    }
    for part, is_shown in shown.items():
        if not is_shown():
            where = "页头" if part == "site-name" else "页脚"
            why = f"页面{where}没有{NAMES[part]}。"
            yield view.fault("element-missing", why, f"{where}：{foot[:200]}", part)


def _foot(view: View) -> str:
    """Return what the foot says without blanks; a page without one has its end instead."""
    told = view.page.told(Place.FOOT)
    if not told:
        told = view.page.told()[-_TAIL:]
    return squeezed(unicodedata.normalize("NFKC", told))


def _names_site(view: View) -> bool:
    name = squeezed(view.page.meta("SiteName") or view.site.name)
    head = squeezed(view.page.told(Place.HEAD, Place.NAV)) or squeezed(view.page.told())[:300]
    return not name or name in head or squeezed(view.site.name) in head


def _leads(view: View, form: re.Pattern[str]) -> bool:
    """Say whether a link of the frame, seen by readers, leads to what is asked for."""
    is_icon = any(
        form.search(each.alt or "") for each in view.page.pictures if each.place is Place.FOOT
    )
    return is_icon or any(
        form.search(f"{squeezed(each.words)} {each.title} {each.address}")
        for each in view.page.links
        if each.place is not Place.MAIN or not view.page.text(Place.FOOT)
        if not each.hidden
    )
