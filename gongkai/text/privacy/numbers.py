"""Numbers of persons: identity, mobile and home telephones, bank cards, with check digits.

GB 11643-1999 for identity numbers; Luhn (GB/T 17552, ISO/IEC 7812) for cards. Runs of digits are
taken apart into groups as they are written; one group is tried first, then neighbouring ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.text.levels import Level
from gongkai.text.privacy.folding import after, before
from gongkai.text.privacy.rules import PrivacyRule, PrivateFinding, finding

_GAP = "[ \u00ad\u200b-\u200f\u2060\ufeff\\-\u2010-\u2015]{0,3}\n?[ \u200b-\u200f]{0,3}"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9])*(?:{_GAP}[Xx])?")
_WORTH = 10  # fewer digits are nobody's number here
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
_MOST_GROUPS = 20
_FEW = 8
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9])[0-9]{4}")
_OLD_REGION = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}")
_DISABILITY = re.compile(r"[1-7][1-4]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CARD = re.compile(r"62|60|4|5[1-5]|9[0-9]")
_EARLIEST, _LATEST = 1900, 2099

_IDENTITY_WORDS = re.compile(r"身份证|身份号码|证件号|证件编号|公民身份|驾驶证|居住证|残疾人?证")
_OTHER_NUMBERS = re.compile(
    r"(?:编号|编码|代码|单号|订单|流水|宗地|单元号|条码|条形码|序列号|许可证|备案|批次|案号|金额|资金|[¥￥])"
    r"[^0-9，,。；]{0,6}$"
)
_CARD_WORDS = re.compile(
    r"卡号|银行|账号|帐号|账户|帐户|一卡通|存折|开户|社保卡|工资卡|农商|信用社|[工建农中]行|邮储"
)
_OWN_CARD = re.compile(r"卡号|一卡通|存折|银行卡|工资卡|社保卡|个人账户|本人账")
_ORGAN_ACCOUNT = re.compile(
    r"对公|专户|保证金账|非税|国库|单位账|基本账|公司|集团|财政|户名[^，,]{0,20}(?:局|委|中心|办公室|学校|医院|政府)"
    r"|(?:局|中心|交易中心|委员会)[，,]?(?:账|帐)号"
)
_AMOUNT = re.compile(
    r"\s*(?:\.[0-9]|%|‰|[余多]?(?:[万亿千百]|元|株|吨|亩|平方|立方|公斤|千克|千瓦|[件次户册台套米份条人]))"
)
_OFFICE = re.compile(
    r"值班|咨询|监督|举报|服务电话|服务热线|热线|受理|办公|窗口|客服|抢修|报修|救援|求助"
)
_PERSON_PHONE = re.compile(
    r"家庭电话|家里电话|家中|住宅电话|住宅|宅电|家电话|个人电话|本人"
    r"|(?:申请人|信访人|投诉人|来信人|来访人|举报人|当事人|户主|家长|监护人|患者)[^，,]{0,12}$"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])\(?0[1-9][0-9]{1,2}\)?[ \-\u2010-\u2015]{0,2}[2-8][0-9]{6,7}(?![0-9A-Za-z*])"
)
_HIDDEN = re.compile(r"(?<![0-9A-Za-z])[0-9]{3,16}[*×xX＊●█]{1,5}[0-9]{0,11}[Xx]?(?![0-9A-Za-z*])")


@dataclass(frozen=True, slots=True)
class _Group:
    digits: str
    start: int
    end: int


def numbers(text: str, known: frozenset[str]) -> Iterator[PrivateFinding]:
    """Yield the numbers of persons in folded text; `known` ones are the organ's own."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= _WORTH:
            yield from _in_run(text, run.start(), run[0], known)
    yield from _landlines(text, known)
    if "*" in text or "×" in text or "●" in text or "█" in text:
        yield from _weakly_hidden(text)


def _in_run(text: str, start: int, run: str, known: frozenset[str]) -> Iterator[PrivateFinding]:
    groups = _groups(start, run)
    at = 0
    while at < len(groups):
        taken = 1
        for count in _counts(groups, at):
            found = _judge(text, groups[at : at + count], known)
            if found is not None:
                yield found
                taken = count
                break
        at += taken


def _groups(start: int, run: str) -> list[_Group]:
    """Return the run's groups of digits; invisible characters do not part them."""
    if _INVISIBLE.search(run) is None:
        return [
            _Group(m[0].upper(), start + m.start(), start + m.end()) for m in _GROUP.finditer(run)
        ]
    parts = re.finditer(
        rf"[0-9](?:(?:{_INVISIBLE.pattern})?[0-9])*(?:(?:{_INVISIBLE.pattern})?[Xx])?", run
    )
    return [
        _Group(_INVISIBLE.sub("", m[0]).upper(), start + m.start(), start + m.end()) for m in parts
    ]


def _counts(groups: list[_Group], at: int) -> list[int]:
    """Return how many neighbouring groups may be one number, the likeliest first.

    Eighteen digits with day and check digit are an identity number, though a group of them may
    look like a telephone. Digits set wide apart, each a group, are tried as that alone.
    """
    counts: list[int] = []
    length = 0
    for count, group in enumerate(groups[at : at + _MOST_GROUPS], 1):
        length += len(group.digits)
        if length > 20:
            break
        if length == 18:
            counts.insert(0, count)
        elif length >= _WORTH and count <= _FEW:
            counts.append(count)
    return counts


def _judge(text: str, groups: list[_Group], known: frozenset[str]) -> PrivateFinding | None:
    digits = "".join(group.digits for group in groups)
    start, end = groups[0].start, groups[-1].end
    if digits in known or not _stands_alone(text, start, end, digits):
        return None
    shape = tuple(len(group.digits) for group in groups)
    if len(digits) in (18, 20) and (found := _identity(text, start, end, digits, shape)):
        return found
    if "X" in digits or "\n" in text[start:end]:
        return None
    if len(digits) == 15 and len(shape) == 1:
        return _old_identity(text, start, end, digits)
    if len(digits) in (11, 12, 13):
        return _mobile(text, start, end, digits, shape)
    if 16 <= len(digits) <= 19:
        return _card(text, start, end, digits, shape)
    return None


def _stands_alone(text: str, start: int, end: int, digits: str) -> bool:
    """Say whether no letter or figure runs into the number; a pupil's number is G or L and more."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left.isascii() and left.isalpha() and not (left in "GLgl" and len(digits) == 18):
        return False
    if left in ("*", "_", "/", "=") or (left == "." and text[start - 2 : start - 1].isdigit()):
        return False
    return not (right and right.isascii() and (right.isalnum() or right in "*_"))


def _identity(
    text: str, start: int, end: int, digits: str, shape: tuple[int, ...]
) -> PrivateFinding | None:
    number = digits[:18]
    if len(digits) == 20 and not _DISABILITY.fullmatch(digits[18:]):
        return None
    if not _REGION.match(number) or not _is_day(number[6:14]):
        return None
    if _check(number) == number[17]:
        return finding(text, start, end, PrivacyRule.IDENTITY_NUMBER)
    if len(shape) == 1 and _IDENTITY_WORDS.search(before(text, start, 24)):
        note = "末位校验不符，可能有一位写错，仍会泄露个人信息"
        return finding(text, start, end, PrivacyRule.IDENTITY_NUMBER, note=note)
    return None


def _old_identity(text: str, start: int, end: int, digits: str) -> PrivateFinding | None:
    if not _OLD_REGION.match(digits) or not _is_day("19" + digits[6:12]):
        return None
    told = before(text, start, 24)
    if _IDENTITY_WORDS.search(told):
        return finding(text, start, end, PrivacyRule.IDENTITY_NUMBER_OLD)
    if _OTHER_NUMBERS.search(told):
        return None
    return finding(text, start, end, PrivacyRule.IDENTITY_NUMBER_OLD, Level.ADVISORY)


def _mobile(
    text: str, start: int, end: int, digits: str, shape: tuple[int, ...]
) -> PrivateFinding | None:
    number = digits[-11:]
    prefix = digits[:-11]
    if prefix not in ("", "0", "86") or not _MOBILE.fullmatch(number):
        return None
    if len(shape) > 1 and shape[-3:] != (3, 4, 4) and shape[-1] != 11:
        return None
    told = before(text, start, 20)
    if _AMOUNT.match(text, end) or _OTHER_NUMBERS.search(told):
        return None
    level = Level.ADVISORY if _OFFICE.search(told) else Level.BLOCKING
    return finding(text, start, end, PrivacyRule.MOBILE_PHONE, level)


def _card(
    text: str, start: int, end: int, digits: str, shape: tuple[int, ...]
) -> PrivateFinding | None:
    if len(shape) > 1 and not (set(shape[:-1]) == {4} and shape[-1] <= 4):
        return None
    told = before(text, start, 30)
    words = _CARD_WORDS.search(told) is not None
    if _OTHER_NUMBERS.search(told) and not words:
        return None
    if _AMOUNT.match(text, end):
        return None
    of_organ = _ORGAN_ACCOUNT.search(told) or _ORGAN_ACCOUNT.search(after(text, end, 30))
    if _CARD.match(digits) and _luhn(digits) and (words or digits.startswith("62")):
        level = Level.ADVISORY if of_organ else Level.BLOCKING
        return finding(text, start, end, PrivacyRule.BANK_CARD, level)
    if _OWN_CARD.search(told) and not of_organ:
        return finding(text, start, end, PrivacyRule.BANK_CARD, Level.ADVISORY)
    return None


def _landlines(text: str, known: frozenset[str]) -> Iterator[PrivateFinding]:
    for match in _LANDLINE.finditer(text):
        if re.sub(r"[^0-9]", "", match[0]) in known:
            continue
        if _PERSON_PHONE.search(before(text, match.start(), 24)):
            yield finding(text, match.start(), match.end(), PrivacyRule.LANDLINE)


def _weakly_hidden(text: str) -> Iterator[PrivateFinding]:
    """Yield masks that leave nearly all: a birthday, or a phone but for a digit or two."""
    for match in _HIDDEN.finditer(text):
        shown = len(re.sub(r"[^0-9]", "", match[0]))
        length = len(match[0])
        identity = length == 18 and shown >= 13 and _REGION.match(match[0])
        phone = length == 11 and shown >= 9 and match[0].startswith("1")
        if identity or phone:
            yield finding(text, match.start(), match.end(), PrivacyRule.WEAK_MASK, Level.ADVISORY)


def _check(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11]


@cache
def _is_day(eight: str) -> bool:
    if not eight.isdigit() or not _EARLIEST <= int(eight[:4]) <= _LATEST:
        return False
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
