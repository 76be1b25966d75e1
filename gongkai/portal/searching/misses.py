"""What people sought in vain, for the office to see what is missing; never who sought it.

Words are folded and counted by day. Anything that may tell of a person is not kept: identity,
telephone and card numbers, addresses (`text.privacy`), every long run of digits that is no
document number, and words that look like a person's name until several have sought them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from gongkai.portal.models import SearchMiss
from gongkai.text.docnumbers import DocumentNumberError, normalise
from gongkai.text.privacy import find
from gongkai.text.privacy.folding import fold

KEPT_DAYS = 366
LONGEST = 40
_MOST_A_DAY = 2000  # different words: more is a machine
_SEVERAL = 3  # times that a name must be sought before it is shown
_SHOWN = 100
_DIGITS = re.compile(r"[0-9](?:[ \-.]?[0-9]){4,}")
_DAY = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}[ \-./年]?[0-9]{1,2}[ \-./月]?[0-9]{1,2}日?(?![0-9])"
)
_NAME = re.compile(
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯)[\u4e00-\u9fff]{1,2}|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
    "[\u4e00-\u9fff]{1,2}"
)


@dataclass(frozen=True, slots=True)
class Week:
    """A week's words with how often each was sought; `withheld` counts those not shown."""

    monday: date
    words: tuple[tuple[str, int], ...]
    withheld: int

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def keepable(typed: str) -> str:
    """Return the words as they may be kept, "" when they may not."""
    words = " ".join(fold(typed).split()).lower()[:LONGEST].strip()
    if not any(sign.isalnum() for sign in words) or "@" in words or find(words):
        return ""
    try:
        return normalise(words)[:LONGEST]
    except DocumentNumberError:
        return "" if _DIGITS.search(_DAY.sub("", words)) else words


def note(county_id: int, typed: str, day: date) -> None:
    """Count that words were sought in vain on a day, if they may be kept. Two queries at most."""
    words = keepable(typed)
    if not words:
        return
    rows = SearchMiss.objects.filter(county_id=county_id, day=day)
    if rows.filter(words=words).update(times=F("times") + 1) or rows.count() >= _MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            SearchMiss.objects.create(county_id=county_id, day=day, words=words)
    except IntegrityError:  # another visitor was first
        rows.filter(words=words).update(times=F("times") + 1)


def weeks(county_id: int, today: date, most: int = 8) -> Sequence[Week]:
    """Return the last weeks, this one first, each with its words, the most sought first."""
    monday = today - timedelta(days=today.weekday())
    return [_week(county_id, monday - timedelta(weeks=back)) for back in range(most)]


def forget(today: date) -> int:
    """Delete what is older than a year; return how many rows."""
    gone, _ = SearchMiss.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    return gone


def _week(county_id: int, monday: date) -> Week:
    rows = SearchMiss.objects.filter(
        county_id=county_id, day__range=(monday, monday + timedelta(days=6))
    )
    counted = rows.values_list("words").annotate(all=Sum("times")).order_by("-all", "words")
    found = list(counted)
    shown = [(words, times) for words, times in found if times >= _SEVERAL or not _is_name(words)]
    return Week(monday, tuple(shown[:_SHOWN]), len(found) - len(shown[:_SHOWN]))


def _is_name(words: str) -> bool:
    """Say whether words look like the name of a person, or hold one; rather too many than too few.

    "李 四" is one, and whose matter "李四 低保" is stays with whoever sought it.
    """
    return any(_NAME.fullmatch(each) for each in (words.replace(" ", ""), *words.split()))
