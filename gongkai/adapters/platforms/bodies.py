"""The body of an article as WeChat takes it: no links out, pictures by the addresses it gave.

WeChat drops scripts and the pictures of other servers, and refuses pages that hold what it does
not know; what is left here is text, tables and its own pictures (draft/add, 草稿箱).
"""

import re
from collections.abc import Callable, Mapping
from html import escape

import nh3

from gongkai.adapters.platforms.types import Refused

MOST_CHARACTERS = 20_000  # 必须少于2万字符
_TAGS = {
    *("p", "br", "section", "blockquote", "h1", "h2", "h3", "h4", "ul", "ol", "li", "hr"),
    *("strong", "em", "u", "sub", "sup", "span", "img", "figure", "figcaption"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"),
}
_ATTRIBUTES = {"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_IMAGE = re.compile(r'<img src="([^"]*)"')


def wechat_body(html: str, addresses: Mapping[str, str], link: str) -> str:
    """Return a body with its pictures at `addresses`, those without one left out, and our page.

    Raises:
        Refused: it is longer than WeChat takes.
    """
    plain = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
        attribute_filter=_filter(addresses),
    )
    plain = re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", plain)
    whole = f"{plain}<p>原文和附件见县政府网站：{escape(link)}</p>"
    if len(whole) >= MOST_CHARACTERS:
        raise Refused(
            f"正文带格式有{len(whole)}字符，微信公众号限{MOST_CHARACTERS}以内，请改用人工发布。"
        )
    return whole


def _filter(addresses: Mapping[str, str]) -> Callable[[str, str, str], str | None]:
    def keep(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return addresses.get(value)
        return value

    return keep
