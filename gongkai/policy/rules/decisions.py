"""The steps of a major administrative decision and the list that is published. Plain Python.

重大行政决策程序暂行条例 (国务院令第713号) 第十四至三十一条 name the steps.
"""

from collections.abc import Sequence
from enum import StrEnum
from html import escape


class DecisionStep(StrEnum):
    """One step that a decision takes."""

    OPINION = "OPINION"
    EXPERTS = "EXPERTS"
    RISK = "RISK"
    COMPETITION = "COMPETITION"
    LEGAL = "LEGAL"
    MEETING = "MEETING"
    DECIDED = "DECIDED"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {
            "OPINION": "公众参与",
            "EXPERTS": "专家论证",
            "RISK": "风险评估",
            "COMPETITION": "公平竞争审查",
            "LEGAL": "合法性审查",
            "MEETING": "集体讨论决定",
            "DECIDED": "决策公布",
        }[self.value]


def catalogue_html(rows: Sequence[tuple[str, str]]) -> str:
    """Return the body of a published catalogue: the matters with the organs that handle them."""
    body = "".join(
        f"<tr><td>{place}</td><td>{escape(title)}</td><td>{escape(organ)}</td></tr>"
        for place, (title, organ) in enumerate(rows, start=1)
    )
    return (
        "<table><caption>重大行政决策事项目录</caption><thead><tr>"
        '<th scope="col">序号</th><th scope="col">决策事项</th><th scope="col">承办单位</th>'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )
