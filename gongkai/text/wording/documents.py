"""Document numbers in prose: six-cornered brackets, no 第, no leading zeros (GB/T 9704, 7.2.5)."""

import re
from collections.abc import Iterator

from gongkai.text.docnumbers import DocumentNumberError, normalise
from gongkai.text.levels import Level
from gongkai.text.wording.rules import WordingFinding

_NUMBER = re.compile(
    r"(?P<words>[一-鿿]{1,12})(?P<number>[〔\[［(（【{〈《](?:19|20)[0-9]{2}年?[〕\]］)）】}〉》]\s?第?[0-9]{1,6}号)"
)
# What stands before a number without belonging to it.
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|参照|依照|遵照|现将|印发|转发|执行|落实|贯彻|废止|修改|以及|文件|通知|通告|公告|[的和与及据由在对是为以]"
    r"|(?:号|年|月|日))"
)
_MARK = re.compile(
    r"[一-鿿]*[发字函办电通令规告公复许罚决认裁议纪督征建土环财教卫人社农水交住市监应]$"
)


def wrong_document_numbers(text: str) -> Iterator[WordingFinding]:
    """Yield document numbers that are not in the official form, with the form they should have."""
    for match in _NUMBER.finditer(text):
        words = _LEAD.sub("", match["words"])
        if len(words) < 2 or not _MARK.fullmatch(words):
            continue
        start = match.start("number") - len(words)
        written = text[start : match.end()]
        try:
            proper = normalise(written)
        except DocumentNumberError:
            continue
        if proper != written:
            yield WordingFinding(
                start, match.end(), written, proper, "docnumber", Level.ADVISORY,
                "发文字号的年份用六角括号“〔〕”，不编虚位，不加“第”字",
            )  # fmt: skip
