"""Lists whose order is fixed: the new development concepts, the four confidences and the like."""

import re
from collections.abc import Iterator

from gongkai.text.levels import Level
from gongkai.text.wording.rules import WordingFinding

_LISTS = (
    ("创新", "协调", "绿色", "开放", "共享"),
    ("政治意识", "大局意识", "核心意识", "看齐意识"),
    ("道路自信", "理论自信", "制度自信", "文化自信"),
    ("决策公开", "执行公开", "管理公开", "服务公开", "结果公开"),
    ("富强", "民主", "文明", "和谐"),
    ("自由", "平等", "公正", "法治"),
    ("爱国", "敬业", "诚信", "友善"),
)
_PATTERNS = tuple(
    (
        each,
        re.compile(
            "(?:" + "|".join(each) + ")(?:、(?:" + "|".join(each) + f")){{{len(each) - 1}}}"
        ),
    )
    for each in _LISTS
)


def wrong_orders(text: str) -> Iterator[WordingFinding]:
    """Yield such lists in another order, or with one named twice and one left out."""
    for right, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            proper = "、".join(right)
            if match[0] != proper:
                yield WordingFinding(
                    match.start(), match.end(), match[0], proper, "fixed.order", Level.BLOCKING,
                    f"固定表述的顺序有误：应为“{proper}”",
                )  # fmt: skip
