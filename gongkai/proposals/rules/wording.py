"""The public texts of the chapter: title and body of a reply, the summary of a year.

Contact details of deputies and members never go into them (law.md 8.4): `masked` takes out those
that are registered, and a release that still has them is refused.
"""

import re
from collections.abc import Sequence
from html import escape

from gongkai.proposals.lifecycle import Openness
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.proposals.rules.figures import Figure
from gongkai.proposals.rules.told import Contact

_DIGITS = re.compile(r"\d")
_LEFT_OUT = "（略）"


def title_of(kind: ProposalKind, session: str, number: str) -> str:
    """Return how a proposal is named: 县十六届人大五次会议第12号建议."""
    return f"{session}第{number}号{kind.noun}"


def reply_title(name: str, subject: str, openness: Openness) -> str:
    """Return the title of a published reply."""
    short = "摘要" if openness is Openness.ABRIDGED else ""
    about = subject if len(subject) <= 120 else f"{subject[:119]}…"
    return f"对{name}的答复{short}（{about}）"


def reply_body(subject: str, text: str, contact: Contact) -> str:
    """Return the text of a published reply as clean HTML, the proposer's contact masked."""
    lines = [line.strip() for line in masked(text, contact).splitlines() if line.strip()]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<p>案由：{escape(masked(subject, contact))}</p>{told}"


def masked(text: str, contact: Contact) -> str:
    """Return a text without the registered telephone and address of the proposer."""
    if contact.phone:
        for pattern in _phones(contact.phone):
            text = pattern.sub(_LEFT_OUT, text)
    if contact.address and len(contact.address) >= 4:
        text = text.replace(contact.address, _LEFT_OUT)
    return text


def names_contact(text: str, contact: Contact) -> bool:
    """Say whether a text names the registered telephone or address of the proposer."""
    return masked(text, contact) != text


def _phones(told: str) -> list[re.Pattern[str]]:
    """Return patterns of each number told, however its digits are parted."""
    found = []
    for one in re.split(r"[、,，;；/\s]+", told):
        digits = _DIGITS.findall(one)
        if len(digits) >= 7:
            found.append(re.compile(r"(?<!\d)" + r"[-—\s]?".join(digits) + r"(?!\d)"))
    return found


def figures_sentence(figures: Sequence[Figure]) -> str:
    """Return the figures of a year in one sentence; it must stand in the summary word for word."""
    by_name = {figure.name: figure for figure in figures}
    total, suggestions = by_name["total"], by_name["suggestions"]
    rates = [by_name[name] for name in ("replied", "on_time", "satisfied")]
    said = "，".join(each.in_words for each in rates if each.whole)
    return (
        f"共收到人大建议、政协提案{total.part}件，其中人大建议{suggestions.part}件、"
        f"政协提案{by_name['proposals'].part}件；{said}{'；' if said else ''}"
        f"公开答复{by_name['published'].part}件。"
    )


def summary_body(county: str, year: int, figures: Sequence[Figure]) -> str:
    """Return the text of the yearly summary as clean HTML, to go on with."""
    by_name = {figure.name: figure for figure in figures}
    classes = "，".join(f"{name[-1].upper()}类{by_name[name].part}件" for name in _CLASSES)
    rows = "".join(
        f"<tr><td>{escape(each.label)}</td><td>{escape(each.shown)}</td></tr>" for each in figures
    )
    return (
        f"<p>{year}年，{escape(county)}{figures_sentence(figures)}</p>"
        f"<p>已经答复的，按结果分为：{classes}。</p>"
        "<table><caption>办理情况</caption><thead><tr>"
        '<th scope="col">项目</th><th scope="col">数量</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
        "<p>公开的答复在本栏目查阅。</p>"
    )


_CLASSES = ("result_a", "result_b", "result_c", "result_d")
