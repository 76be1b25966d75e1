"""Writing a return or a report while it is open: prose, stated figures, explanations."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from gongkai.annualreport.actions.checks import require_text
from gongkai.annualreport.lifecycle import ProseRefused, ReasonMissing, reports, returns
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries.frozen import stated_figures
from gongkai.annualreport.rules.figures import STATED_PREFIX, Figure, rate
from gongkai.annualreport.rules.prose_template import SECTIONS, faults, names_used
from gongkai.annualreport.sources.county import County, county
from gongkai.annualreport.sources.live import live_units
from gongkai.audit import Actor
from gongkai.audit.actions import record

_NAME = re.compile(r"[\w·（）]{1,30}")
_FINDING = re.compile(r"[A-Z]\d+:[\w./]{0,60}")  # as `finding_key` makes it


def locked(content: Return | Report) -> Any:
    """Return the row as the database has it now, locked to the end of the transaction."""
    rows = type(content).objects.select_for_update(of=("self",))
    return rows.select_related("report_year__county", "organ").get(pk=content.pk)


def follow_write(content: Return | Report) -> None:
    """Check that the row is open for writing; raises Refused when it is not."""
    if isinstance(content, Return):
        returns.follow(returns.ReturnState(content.state), returns.ReturnEvent.WRITE)
    else:
        reports.follow(reports.ReportState(content.state), reports.ReportEvent.WRITE)


def known_figures(content: Return | Report) -> dict[str, Figure]:
    """Return the figures that the prose of an open return or report may name today."""
    if isinstance(content, Return):
        return live_units(content.report_year, [content])[content.pk].figures
    return county_figures(content)


def county_figures(report: Report, view: County | None = None) -> dict[str, Figure]:
    """Return the county's figures: those of the returns, and what the office itself states."""
    return stated_figures(report) | (view or county(report.report_year)).figures


def note(content: Return | Report, verb: str, *, by: Actor, at: datetime, **more: Any) -> None:
    """Append the verb to the log of the organ."""
    kind = "return" if isinstance(content, Return) else "report"
    record(
        f"annualreport.{verb}",
        f"annualreport:{kind}-{content.pk}",
        chain=content.organ.code,
        by=by,
        at=at,
        label=str(content),
        **more,
    )


@transaction.atomic
def write_prose(
    content: Return | Report, *, templates: Mapping[str, str], by: Actor, at: datetime
) -> Return | Report:
    """Save the prose of an open return or report; sections that are not given stay.

    Raises:
        Refused: it is no longer open.
        ProseRefused: a placeholder names no figure, or a figure is typed by hand; `faults`
            names each place and its remedy, and nothing is saved.
    """
    row = locked(content)
    follow_write(row)
    written = {
        section: text.replace("\r\n", "\n").strip()
        for section, text in templates.items()
        if section in SECTIONS
    }
    require_text(**{SECTIONS[section]: text for section, text in written.items()})
    found = faults(written, known_figures(row))
    if found:
        raise ProseRefused(f"文字部分有 {len(found)} 处需要修改，尚未保存。", found)
    changed = {name: text for name, text in written.items() if row.templates.get(name) != text}
    before = {name: row.templates.get(name, "") for name in changed}
    row.templates = row.templates | changed
    row.save(update_fields=["templates"])
    if changed:
        note(row, "write_prose", by=by, at=at, before=before, after=changed)
    return row


@transaction.atomic
def state_figure(
    content: Return | Report,
    *,
    name: str,
    unit: str,
    source: str,
    by: Actor,
    at: datetime,
    value: str = "",
    numerator: str = "",
    denominator: str = "",
) -> Return | Report:
    """State a figure that the system has no records of, with its source.

    A rate is given as numerator and denominator; its value is worked out.

    Raises:
        Refused: it is no longer open.
        ProseRefused: the name, number or source cannot be used.
    """
    row = locked(content)
    follow_write(row)
    short = name.removeprefix(STATED_PREFIX).strip()
    if not _NAME.fullmatch(short):
        raise ProseRefused("数据名称须为 1 至 30 个汉字、字母或数字，如“网站发布信息”，请修改。")
    require_text(数据来源=source, 单位=unit)
    if not source.strip():
        raise ProseRefused("请填写数据来源（如哪个系统、哪份台账），以便日后核对。")
    full = STATED_PREFIX + short
    if isinstance(row, Report) and full in county(row.report_year).figures:
        raise ProseRefused(f"“{full}”由各单位填报后汇总得出，不能另报，请换一个名称。")
    figure = _figure(value, unit, numerator, denominator)
    stated: dict[str, str] = {"value": figure.digits, "unit": figure.unit, "source": source.strip()}
    if figure.numerator is not None and figure.denominator is not None:
        stated |= {"numerator": numerator.strip(), "denominator": denominator.strip()}
    before = {full: row.stated[full]} if full in row.stated else {}
    row.stated = row.stated | {full: stated}
    row.save(update_fields=["stated"])
    note(row, "state_figure", by=by, at=at, before=before, after={full: stated})
    return row


def _figure(
    value: str = "",
    unit: str = "",
    numerator: str = "",
    denominator: str = "",
) -> Figure:
    try:
        if numerator or denominator:
            return rate(Decimal(numerator.strip()), Decimal(denominator.strip()))
        number = Decimal(value.strip())
    except InvalidOperation as error:
        raise ProseRefused("数值、分子、分母须填写数字（不带单位和逗号），请修改。") from error
    except ValueError as error:
        raise ProseRefused(str(error)) from error
    if not number.is_finite() or abs(number) >= 10**15:
        raise ProseRefused("数值过大或无效，请核对。")
    if not unit.strip() or len(unit.strip()) > 10:
        raise ProseRefused("请填写数据的单位（如：件、条、万元），不超过 10 个字。")
    return Figure(number, unit.strip())


@transaction.atomic
def drop_stated_figure(
    content: Return | Report, *, name: str, by: Actor, at: datetime
) -> Return | Report:
    """Take back a stated figure that no prose names.

    Raises:
        Refused: it is no longer open.
        ProseRefused: there is no such figure, or the prose names it.
    """
    row = locked(content)
    follow_write(row)
    if name not in row.stated:
        raise ProseRefused(f"没有登记过“{name}”。")
    if any(name in names_used(text) for text in row.templates.values()):
        raise ProseRefused(f"文字部分正在引用“{name}”，请先从文字中删去再撤销。")
    before = {name: row.stated[name]}
    row.stated = {key: value for key, value in row.stated.items() if key != name}
    row.save(update_fields=["stated"])
    note(row, "drop_stated_figure", by=by, at=at, before=before)
    return row


@transaction.atomic
def explain(
    content: Return | Report, *, finding: str, text: str, by: Actor, at: datetime
) -> Return | Report:
    """Write down why a warning stands; `finding` is its key (`queries.finding_key`).

    Raises:
        Refused: it is no longer open.
        ReasonMissing: the explanation is empty.
    """
    row = locked(content)
    follow_write(row)
    if not text.strip():
        raise ReasonMissing("请写明情况说明：为什么两个数不一致。")
    require_text(情况说明=text)
    if not _FINDING.fullmatch(finding):
        raise ProseRefused("没有这一处提示，请刷新页面后在提示旁填写情况说明。")
    row.explanations = row.explanations | {finding: text.strip()}
    row.save(update_fields=["explanations"])
    note(row, "explain", by=by, at=at, after={finding: text.strip()})
    return row
