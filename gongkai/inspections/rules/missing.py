"""A page that opens and says that it is not there (law.md 4.3, 可用性)."""

import re

from gongkai.inspections.rules.views import Kind, View

_SAYS = re.compile(
    r"(?:页面|网页|信息|内容|文章|栏目|资源|地址)[^。，；\n]{0,10}(?:不存在|已?被?删除|找不到|无法找到|未找到|已失效)|"
    r"(?:找不到|未找到|没有找到|无法找到|不存在)[^。，；\n]{0,12}(?:页面|网页|信息|内容|文章|栏目|地址)|"
    r"404 ?(?:not found|错误|页面)|not found|系统(?:繁忙|错误|异常)|错误代码|服务器内部错误|"
    r"(?:稍后|秒后).{0,6}(?:再试|重试|返回首页)",
    re.I,
)
_LONGEST = 120


def says_missing(view: View) -> str:
    """Return the words by which a short page says that nothing is there, "" for none.

    An article, listed or tagged, that only speaks of such a thing is none.
    """
    if view.kind is not Kind.OTHER:
        return ""
    text = view.main
    if len(text) > _LONGEST:
        return ""
    found = _SAYS.search(text) or _SAYS.search(view.page.title or "")
    return found[0] if found else ""
