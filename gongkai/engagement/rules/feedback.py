"""The feedback on a solicitation: its figures, its points, and the text made of both.

The sentence with the figures is what a release is held against: it must stand in the text word for
word, so that what is published cannot differ from what is recorded (征集与反馈一一对应).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from gongkai.engagement.lifecycle import Disposition
from gongkai.statute.days import written


@dataclass(frozen=True, slots=True)
class Figures:
    """How many comments came and what was made of them."""

    adopted: int = 0
    partly: int = 0
    not_adopted: int = 0
    unrelated: int = 0
    undisposed: int = 0

    @property
    def all(self) -> int:
        """How many comments came."""
        return self.adopted + self.partly + self.not_adopted + self.unrelated + self.undisposed


@dataclass(frozen=True, slots=True)
class Point:
    """One point that comments made, in the organ's own words, and what was made of it."""

    summary: str
    disposition: Disposition
    reason: str
    count: int


def figures_sentence(figures: Figures) -> str:
    """Return the figures in one sentence."""
    if not figures.all:
        return "征集期间没有收到意见。"
    parts = [
        f"采纳{figures.adopted}条",
        f"部分采纳{figures.partly}条",
        f"未采纳{figures.not_adopted}条",
    ]
    if figures.unrelated:
        parts.append(f"与本次征集无关{figures.unrelated}条")
    return f"共收到意见{figures.all}条，其中{'，'.join(parts)}。"


def feedback_body(
    name: str,
    organ: str,
    days: tuple[date, date],
    figures: Figures,
    points: Sequence[Point],
) -> str:
    """Return the text of the feedback as clean HTML: the sentence, then point by point."""
    opens_on, closes_on = days
    lead = (
        f"<p>{escape(organ)}于{written(opens_on)}至{written(closes_on)}就《{escape(name)}》"
        f"公开征求意见。{figures_sentence(figures)}</p>"
    )
    if not points:
        return lead
    rows = "".join(
        f"<tr><td>{number}</td><td>{escape(point.summary)}</td><td>{point.count}</td>"
        f"<td>{point.disposition.label}</td><td>{escape(point.reason) or '—'}</td></tr>"
        for number, point in enumerate(points, start=1)
    )
    return (
        f"{lead}<table><caption>意见采纳情况</caption><thead><tr>"
        '<th scope="col">序号</th><th scope="col">意见要点</th><th scope="col">条数</th>'
        '<th scope="col">采纳情况</th><th scope="col">说明</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )
