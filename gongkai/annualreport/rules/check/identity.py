"""Who reports and for which year, told from the title and the first lines."""

import re
from collections.abc import Sequence

from gongkai.text.numerals import parse_numeral

_YEAR = r"(?P<year>20\d{2}|二[〇零○Ｏ0]{1}[一二三四五六七八九〇零○]{2})"
_TITLE = re.compile(
    rf"^(?:关于)?(?P<organ>[^，。：；\d]{{2,40}}?)?(?:关于)?{_YEAR}年?度?(?P<rest>.{{0,30}}?)"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度报告|年报|工作报告|报告)"
)
_PERIOD = re.compile(r"(?:自|从)?(20\d{2})年1月1日(?:起)?(?:至|到|—|-|~)")
_ORGAN_END = re.compile(
    r"(?:人民政府|政府办公室|办公室|[局委厅院镇乡办处会]|街道办事处|中心|公司|县|市|区)$"
)
_FIRST_LINES = 40


def identify(lines: Sequence[str]) -> tuple[str, int | None]:
    """Return the organ's name ("" when not told) and the report's year (None when not told).

    The title may stand on one line or on two; the counting period is the fallback.
    """
    heads = [_squeezed(line) for line in lines[:_FIRST_LINES] if line.strip()]
    for index, line in enumerate(heads):
        for title in (line, (heads[index - 1] if index else "") + line):
            found = _title(title)
            if found is not None:
                return found
    for line in (_squeezed(line) for line in lines):
        period = _PERIOD.search(line)
        if period:
            return "", int(period[1])
    return "", None


def _title(line: str) -> tuple[str, int] | None:
    match = _TITLE.search(line) if len(line) <= 80 else None
    if match is None:
        return None
    organ = match["organ"] or match["rest"] or ""
    organ = organ.removesuffix("关于").strip("《》“”-— ")
    if not _ORGAN_END.search(organ):
        return None
    return organ, _year(match["year"])


def _year(text: str) -> int:
    value = parse_numeral(text.replace("○", "〇").replace("Ｏ", "〇").replace("0", "〇"))
    return int(text) if text.isdigit() else int(value or 0)


def _squeezed(line: str) -> str:
    return re.sub(r"[\s\u3000]+", "", line)
