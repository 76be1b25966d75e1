"""Home addresses: told by their shape together with the words around them.

An address finer than the township is private when it is somebody's home; offices, projects and
sites have addresses too, and theirs are public. Where the words do not tell, a flat is asked about.
"""

import re
from collections.abc import Iterator

from gongkai.text.levels import Level
from gongkai.text.privacy.folding import after, before
from gongkai.text.privacy.rules import PrivacyRule, PrivateFinding, finding

_N = "[0-9一二三四五六七八九十百]"
_TAIL = re.compile(
    rf"(?P<flat>[0-9A-Z一二三四五六七八九十]{{1,4}}(?:栋|幢|座|号楼)(?:{_N}{{1,3}}单元)?[0-9]{{2,4}}(?:室|号|房|户)?"
    rf"|[0-9]{{1,3}}单元[0-9]{{2,4}}(?:室|号|房|户)?)"
    rf"|(?P<group>(?:村|社区|居委会|组|分场)(?:[一-鿿]{{0,6}}?)(?:第?{_N}{{1,3}})?(?:村民)?小?组(?:{_N}{{1,4}}号)?)"
    rf"|(?P<street>(?:路|街|巷|大道|弄|里|村|屋|垅|湾|坑)[0-9]{{1,5}}(?:-[0-9]{{1,4}})?号)"
)
_GAP = re.compile("(?<=[一-鿿]) (?=[0-9A-Z])|(?<=[0-9A-Z]) (?=[一-鿿])")
_TRIGGERS = re.compile("[栋幢座组室号]|单元|号楼")
_PARTS = "，,。;；:：、 \t\n(（“”\"'[【"
_LONGEST = 40
_LABEL = re.compile(
    r"(?:家庭(?:住址|地址)|现?住址|居住地(?:址)?|居住在|居住于|户籍(?:所在)?地(?:址)?|住所(?:地)?|通讯住址|身份证(?:住址|地址)"
    r"|家住|现住|住于|住在|(?<![居入暂留])住(?![房建户院宅宿持总保在址所]))(?:[:：为是]\s*)?"
)
_LABEL_BEFORE = re.compile(_LABEL.pattern + r"[:：\s]*$")
_PERSON = re.compile(
    r"村民|户主|低保|特困|五保|贫困户|脱贫户|患者|死者|当事人|申请人|被处罚人|被执行人|身份证|[，,](?:男|女)[，,]"
)
_SITE = re.compile(
    r"办公|位于|坐落|地点|项目|工程|改造|施工|大厅|公司|迁至|征收|征地|道路|硬化|涉及|服务中心|登记中心|门市|店铺|营业|经营场所"
    r"|村委会|局地址|机关地址|地址[:：为][^，,]{0,20}(?:局|中心|政府)"
)


_ORGAN_SEAT = re.compile(r"统一社会信用代码|公司|合作社|企业|经营部|法人|营业执照|事务所")


def addresses(text: str) -> Iterator[PrivateFinding]:
    """Yield the home addresses in folded text; a PDF parts figures by blanks."""
    if _TRIGGERS.search(text) is None:
        return
    gaps = {gap.start() for gap in _GAP.finditer(text)}
    if not gaps:
        yield from _addresses(text)
        return
    places = [place for place in range(len(text)) if place not in gaps]
    for one in _addresses("".join(text[place] for place in places)):
        yield finding(text, places[one.start], places[one.end - 1] + 1, one.rule, one.level)


def _addresses(text: str) -> Iterator[PrivateFinding]:
    end = 0
    for tail in _TAIL.finditer(text):
        if tail.start() < end:
            continue
        found = _judge(text, tail)
        if found is not None:
            end = found.end
            yield found


def _judge(text: str, tail: re.Match[str]) -> PrivateFinding | None:
    start, home = _start(text, tail.start())
    end = _end(text, tail.end())
    if home and not _is_seat(text, start):
        return finding(text, start, end, PrivacyRule.HOME_ADDRESS)
    around = before(text, start, 60) + text[start:end] + after(text, end, 30)
    if _SITE.search(around) or tail["street"]:
        return None
    person = _PERSON.search(before(text, start, 60)) or text.startswith("村民", end)
    numbered = tail["flat"] or tail["group"].endswith("号")
    if person and numbered:
        return finding(text, start, end, PrivacyRule.HOME_ADDRESS)
    if tail["flat"] and tail["flat"].endswith("室"):
        return finding(text, start, end, PrivacyRule.HOME_ADDRESS, Level.ADVISORY)
    return None


def _is_seat(text: str, start: int) -> bool:
    """Say whether the address is the registered seat (住所) of an enterprise."""
    told = before(text, start, 60)
    return (
        told.rstrip(":：为").endswith(("住所", "住所地")) and _ORGAN_SEAT.search(told) is not None
    )


def _start(text: str, tail: int) -> tuple[int, bool]:
    """Return where the address begins, and whether the words before it say it is a home."""
    start = tail
    while start > max(0, tail - _LONGEST) and text[start - 1] not in _PARTS:
        start -= 1
    labels = list(_LABEL.finditer(text, start, tail))
    if labels:
        return labels[-1].end(), True
    return start, _LABEL_BEFORE.search(text[max(0, start - 14) : start]) is not None


def _end(text: str, end: int) -> int:
    """Carry an address on over a flat that follows a street's number."""
    following = _TAIL.match(text, end)
    more = re.compile(r"[一-鿿]{2,8}?(?=[0-9A-Z]{1,4}(?:栋|幢|座|号楼))").match(text, end)
    if more is not None and (flat := _TAIL.match(text, more.end())):
        return flat.end()
    return following.end() if following else end
