"""An inspection's report in words, JSON and HTML, and as rows of a workbook (law.md 4.4)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from gongkai.adapters.crawler.addresses import shown
from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.indicators import INDICATORS, RULES, Part, indicator_of
from gongkai.inspections.sources.outside import Inspected

_WHERE = 20
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1f2329;margin:0;
background:#f5f6f8}
main{max-width:1080px;margin:0 auto;padding:24px 16px;background:#fff}
h1{font-size:26px;margin:0 0 4px}
h2{font-size:20px;border-left:4px solid #b3261e;padding-left:10px;margin:32px 0 8px}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{border:1px solid #c9cdd4;padding:6px 8px;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{background:#f2f3f5;white-space:nowrap}td.n{text-align:right;white-space:nowrap}
.veto{color:#b3261e;font-weight:600}p.note{color:#4e5969}
details{margin:12px 0}summary{cursor:pointer;font-weight:600}
@media print{body{background:#fff}details>*{display:block}}
"""


def counted(faults: Iterable[Fault]) -> list[tuple[str, int]]:
    """Return how many faults each rule has, in the order of the indicators."""
    counts = Counter(each.rule for each in faults)
    order = list(RULES)
    return sorted(counts.items(), key=lambda row: order.index(row[0]) if row[0] in RULES else 999)


def vetoes(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that alone make a site or account fail."""
    return [each for each in faults if _is_veto(each.rule)]


def to_json(told: Inspected) -> dict[str, Any]:
    """Return the report as JSON has it; `found_at` is ISO 8601 with its offset."""
    return {
        "site": told.site,
        "inspected_at": told.at.isoformat(),
        "addresses": told.asked,
        "left_out": told.left_out,
        "notes": list(told.notes),
        "counts": dict(counted(told.faults)),
        "faults": [_row(each) for each in told.faults],
    }


def to_text(told: Inspected) -> str:
    """Return the report as a terminal shows it."""
    lines = [f"■ {told.site}", f"  {_summary(told)}"]
    lines += [f"  注意：{note}" for note in told.notes]
    if found := vetoes(told.faults):
        lines.append("  触及单项否决指标：")
        lines += [f"    {_label(each.rule)}　{shown(each.address)}　{each.why}" for each in found]
    for rule, count in counted(told.faults):
        lines.append(f"\n【{_label(rule)}】{count}处　{_code(rule)}")
        of_rule = [each for each in told.faults if each.rule == rule]
        lines += [
            f"  {shown(each.address)}\n    {each.why}　{each.evidence}" for each in of_rule[:_WHERE]
        ]
        if len(of_rule) > _WHERE:
            lines.append(f"  ……还有{len(of_rule) - _WHERE}处，见 html、xlsx 或者 json 格式的报告")
    return "\n".join(lines)


def to_html(told: Inspected) -> str:
    """Return the report as one page that needs nothing else."""
    rows = "".join(
        f"<tr><td>{escape(_code(rule))}</td><td{_class(rule)}>{escape(_label(rule))}</td>"
        f'<td class="n">{count}</td></tr>'
        for rule, count in counted(told.faults)
    )
    notes = "".join(f'<p class="note">注意：{escape(note)}</p>' for note in told.notes)
    table = (
        "<h2>问题汇总</h2><table><thead><tr><th>指标</th><th>问题</th><th>数量</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else "<p>没有发现问题。</p>"
    )
    parts = "".join(_section(told, rule, count) for rule, count in counted(told.faults))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>政府网站检查报告</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>政府网站检查报告</h1><p>{escape(told.site)}</p><p>{escape(_summary(told))}</p>"
        f"{notes}{table}{parts}</main></body></html>\n"
    )


def to_xlsx(told: Inspected) -> bytes:
    """Return the report as a workbook: the list of problems, and how many there are."""
    columns = (
        Column("序号", 6), Column("指标", 10), Column("问题类型", 20), Column("网址", 50),
        Column("栏目", 16), Column("问题", 50), Column("依据（位置、原文）", 50),
        Column("状态码", 8), Column("发现时间", 18),
    )  # fmt: skip
    rows = tuple(
        (
            number, _code(each.rule), _label(each.rule), shown(each.address), each.column,
            each.why, each.evidence, "" if each.status is None else each.status,
            f"{each.found_at:%Y-%m-%d %H:%M}",
        )
        for number, each in enumerate(told.faults, start=1)
    )  # fmt: skip
    sums = tuple((_code(rule), _label(rule), count) for rule, count in counted(told.faults))
    return write_tables([
        SheetOut("问题清单", columns, rows),
        SheetOut("汇总", (Column("指标", 10), Column("问题类型", 30), Column("数量", 10)), sums),
    ])  # fmt: skip


def _section(told: Inspected, rule: str, count: int) -> str:
    lines = "".join(
        f'<tr><td><a href="{escape(_href(each.address))}">{escape(shown(each.address))}</a></td>'
        f"<td>{escape(each.why)}</td><td>{escape(each.evidence)}</td></tr>"
        for each in told.faults
        if each.rule == rule
    )
    opened = " open" if count <= _WHERE else ""
    return (
        f"<details{opened}><summary>{escape(_label(rule))}（{count}处）</summary><table><thead><tr>"
        f"<th>网址</th><th>问题</th><th>依据</th></tr></thead><tbody>{lines}</tbody></table></details>"
    )


def _href(address: str) -> str:
    """Return an address fit for a link of the report: nothing but the web is led to."""
    return address if address.startswith(("http://", "https://")) else "#" + quote(address)


def _row(fault: Fault) -> dict[str, Any]:
    return {
        "rule": fault.rule,
        "label": _label(fault.rule),
        "indicator": _code(fault.rule),
        "address": fault.address,
        "target": fault.target,
        "column": fault.column,
        "why": fault.why,
        "evidence": fault.evidence,
        "status": fault.status,
        "seconds": fault.seconds,
        "found_at": fault.found_at.isoformat(),
        "fingerprint": fault.fingerprint,
    }


def _summary(told: Inspected) -> str:
    found = vetoes(told.faults)
    verdict = f"，其中触及单项否决指标{len(found)}处" if found else ""
    return (
        f"检查时间 {told.at:%Y-%m-%d %H:%M}，访问{told.asked}个地址，"
        f"发现问题{len(told.faults)}处{verdict}。"
    )


def _label(rule: str) -> str:
    return RULES[rule].label if rule in RULES else rule


def _code(rule: str) -> str:
    known = indicator_of(rule)
    return known.code if known else ""


def _is_veto(rule: str) -> bool:
    known = INDICATORS.get(rule)
    return known is not None and known.part in (Part.VETO, Part.MEDIA_VETO)


def _class(rule: str) -> str:
    return ' class="veto"' if _is_veto(rule) else ""


def rules_named(names: Sequence[str]) -> list[str]:
    """Return the names that are no rules."""
    return [name for name in names if name not in RULES]
