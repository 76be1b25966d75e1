"""The checks before a return is handed in or a report frozen: footing, register, prose."""

from collections.abc import Mapping, Sequence

from gongkai.annualreport.lifecycle import NotClean, ProseRefused
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries.frozen import finding_key
from gongkai.annualreport.rules.figures import Figure
from gongkai.annualreport.rules.prose_template import SECTIONS, faults, render
from gongkai.tables.discrepancy import Discrepancy, Severity

LONGEST_TEXT = 20_000  # the longest report known has some 9,000 characters in all


def require_clean(content: Return | Report, findings: Sequence[Discrepancy]) -> None:
    """Check that no error is left and every warning is explained in writing.

    Raises:
        NotClean: something is left; `findings` are those.
    """
    errors = tuple(found for found in findings if found.severity is Severity.ERROR)
    if errors:
        raise NotClean(
            f"{content.organ_name}：勾稽关系有 {len(errors)} 处错误，须先改正。{errors[0].message}",
            errors,
        )
    open_warnings = tuple(
        found
        for found in findings
        if found.severity is Severity.WARNING and finding_key(found) not in content.explanations
    )
    if open_warnings:
        raise NotClean(
            f"{content.organ_name}：有 {len(open_warnings)} 处与上年数据不衔接，须逐处书面说明。"
            f"{open_warnings[0].message}",
            open_warnings,
        )


def require_text(**told: str) -> None:
    """Check that what was typed can be kept; each is named by its Chinese label.

    Raises:
        ProseRefused: it is too long, or holds a character that no database keeps.
    """
    for name, text in told.items():
        if "\x00" in text:
            raise ProseRefused(f"“{name}”含有无法保存的字符（空字符），请删去后重新提交。")
        if len(text) > LONGEST_TEXT:
            raise ProseRefused(
                f"“{name}”有 {len(text)} 字，不能超过 {LONGEST_TEXT} 字，请删减后重新提交。"
            )


def finished_prose(content: Return | Report, figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return the prose with its figures filled in.

    Raises:
        ProseRefused: it names unknown figures, tells figures by hand or is not finished.
    """
    found = faults(content.templates, figures, finished=True)
    if found:
        raise ProseRefused(
            f"{content.organ_name}：文字部分有 {len(found)} 处须先改好。{found[0].message}", found
        )
    return {
        section: render(content.templates[section], figures)
        for section in SECTIONS
        if section in content.templates
    }
