"""Who reports and for which year: from the title, the lines around it, or the file's head.

Titles are printed in one line, two or three, the year before or after the organ, in any
digits, or in brackets behind. Where the title does not name the organ, the page says it
beside a label (发布机构、来源), in its signature or in its head; none of these is guessed at.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")}
# What is typed for 〇: zeros, circles, and the letter O of three alphabets.
_DIGITS |= dict.fromkeys("零○◯OoОοΟ0", "0")
_YEAR = rf"(?P<year>20\d\d|二[{''.join(_DIGITS)}]{{3}})"
_ONE = r"(?:0?1|一)"
_PERIOD = re.compile(rf"{_YEAR}年{_ONE}月{_ONE}日(?:起)?(?:至|到|—|-|~|－)")
_IN_TITLE = re.compile(rf"[(（]?{_YEAR}年?度?[)）]?")
_SUBJECT = re.compile(r"(?:政府信息公开|政务公开|信息公开)")
_REPORT = re.compile(
    r"(?:政府信息公开|政务公开|信息公开).{0,12}?(?:年度报告|年报|工作报告|情况的?报告|年度工作报告"
    r"|报告)"
)
_NO_TITLE = re.compile(r"[。；;，:《》]")
_NAMED = re.compile(r"^(?:标题|信息名称|名称|题名)[:：]")
_OPENING = re.compile(r"^【[^】]{1,8}】")
_ABOUT = re.compile(r"关于(?:报送|印发|公布|发布)?")
_PARTS = re.compile(r"\s*(?:>|›|»|\||_|-{1,2}|—{1,2}|–)\s*")
_ORGAN = re.compile(
    r"[^\d,，。:：;；、>]{1,38}(?:人民政府|政府|办公室|[局委厅院镇乡办处会县市区台站所社场队馆校部]"
    r"|中心|公司|集团|小组)(?:[(（][^)）]{2,20}[)）])?"
)
_NO_ORGAN = re.compile(r"本(?:机关|单位|局|办|镇|乡|县|市|区)|政务公开|信息公开|年度|首页")
_LABELLED = re.compile(
    r"(?:发布机构|发布单位|发文机关|发文单位|公开机构|公开主体|编制单位|信息来源|文章来源|来源"
    r"|责任部门|公开责任部门)[:：](?P<organ>[^\s:：,，。;；]{3,40}?)"
    r"(?=$|\s|发布|浏览|时间|日期|字体|阅读|点击|作者|【|\[|\|)"
)
_DATED = re.compile(rf"^[(（]?{_YEAR}年[\d一二三四五六七八九十]{{1,3}}月")
_FIRST_LINES, _LAST_LINES = 40, 6
_LONGEST_TITLE = 80


def identify(lines: Sequence[str], head: Sequence[str] = ()) -> tuple[str, int | None]:
    """Return the organ's name ("" when not told) and the report's year (None when not told).

    `head` is what the file says of itself without printing it; it only fills gaps.
    """
    printed = [line.strip() for line in lines if line.strip()]
    opening = printed[:_FIRST_LINES]
    told = list(_titles(opening))
    organ, year = next(
        ((organ, year) for organ, year in told if organ and year),
        (next((organ for organ, _ in told if organ), ""), _first_year(told)),
    )
    # A site's own name stands beside the title in a page's head: only what is in one piece counts.
    pieces = [piece for line in head for piece in re.split(r"\s|[>|_—–-]", line)]
    of_head = [found for piece in pieces if (found := _title(_squeezed(piece)))]
    year = year or _period(printed) or _first_year(of_head)
    organ = organ or _named(opening) or _signature(printed)
    organ = organ or next((name for name, _ in of_head if name), "") or _named(head)
    return organ, year


def _titles(lines: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """Yield what each title among the lines names, the line itself first, then its neighbours."""
    squeezed = [_squeezed(line) for line in lines]
    for index, line in enumerate(squeezed):
        found = _title(line)
        if found is None:
            continue
        organ, year = found
        above = squeezed[max(0, index - 2) : index][::-1]
        below = squeezed[index + 1 : index + 2]
        if above and above[0].endswith(("年", "年度")):  # a title broken after its year
            whole = _title(above[0] + line) or ("", None)
            organ, year = organ or whole[0], year or whole[1]
        if year is None:
            years = [_alone(other) for other in (*above[:1], *below)]
            year = next((each for each in years if each), None)
        if not organ:
            near = [other for other in above if _alone(other) is None][:1]
            organ = next((name for other in (*near, *below) if (name := _organ(other))), "")
        yield organ, year


def _title(line: str) -> tuple[str, int | None] | None:
    """Return the organ and year in a title; None when the line is no title."""
    line = _OPENING.sub("", _NAMED.sub("", line))
    for piece in reversed(_PARTS.split(line)):
        if len(piece) > _LONGEST_TITLE or _NO_TITLE.search(piece):
            continue
        match = _IN_TITLE.search(piece)
        plain = piece.replace(match[0], "", 1) if match else piece
        if _REPORT.search(plain):
            name = _SUBJECT.split(_ABOUT.sub("", plain), maxsplit=1)[0]
            return _organ(name), _year(match["year"]) if match else None
    return None


def _organ(text: str) -> str:
    """Return the text when it is the name of an organ, else ""."""
    name = text.strip("“”\"'·. ")
    if not _ORGAN.fullmatch(name) or _NO_ORGAN.search(name):
        return ""
    return name.replace("(", "（").replace(")", "）")


def _alone(line: str) -> int | None:
    """Return the year when a line is nothing else."""
    match = _IN_TITLE.fullmatch(line)
    return _year(match["year"]) if match else None


def _first_year(told: Sequence[tuple[str, int | None]]) -> int | None:
    return next((year for _, year in told if year), None)


def _period(lines: Sequence[str]) -> int | None:
    """Return the year of the counting period."""
    for line in lines:
        match = _PERIOD.search(_squeezed(line))
        if match:
            return _year(match["year"])
    return None


def _named(lines: Sequence[str]) -> str:
    """Return the organ that a line names beside a label such as 发布机构."""
    for line in lines:
        match = _LABELLED.search(re.sub(r"([:：])\s+", r"\1", line))
        if match and (name := _organ(_squeezed(match["organ"]))):
            return name
    return ""


def _signature(lines: Sequence[str]) -> str:
    """Return the organ that stands alone over the date of the report, at its foot."""
    last = [_squeezed(line) for line in lines[-_LAST_LINES:]]
    for name, day in pairwise(last):
        if _DATED.match(day) and len(name) <= 30 and (organ := _organ(name)):
            return organ
    return ""


def _year(text: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in text))


def _squeezed(line: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", line))
