"""Papers, plates, mailboxes, birthdays and names that words around them tell to be a person's."""

import re
from collections.abc import Iterator

from gongkai.text.levels import Level
from gongkai.text.privacy.folding import after, before
from gongkai.text.privacy.rules import PrivacyRule, PrivateFinding, finding

_PAPER = re.compile(
    r"(?P<paper>护照|台胞证|台湾居民[^，,。0-9]{0,6}通行证|回乡证|港澳居民[^，,。0-9]{0,6}通行证|通行证|军官证|士兵证|警官证"
    r"|文职干部证|退休证)[^。;；\n0-9A-Za-z]{0,10}?"
    r"(?P<number>[军士文学官兵武空海]{1,2}字?第?[0-9]{6,10}号?|[A-Z]{1,2}[0-9]{6,10}|[0-9]{6,10})"
    r"(?![0-9A-Za-z*])"
)
_PAPER_WORDS = ("护照", "证")
_MILITARY = re.compile(r"(?<![一-鿿])?[军士]字第[0-9]{6,8}号")
_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][· .\-]?"
    r"(?=[A-HJ-NP-Z]*[0-9][A-HJ-NP-Z]*[0-9])[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z*])"
)
_CAR = re.compile(r"车|牌照|号牌|驾驶|摩托")
_OFFICIAL_CAR = re.compile(r"公务用车|公务车|公车|执法车|救护车|消防车|环卫车|处置车辆")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?P<host>[A-Za-z0-9.\-]{3,80})")
_FREE_HOST = re.compile(
    r"(?:.*\.)?(?:qq|163|126|yeah|foxmail|sina|sohu|139|189|wo|aliyun|gmail|outlook|hotmail|live|yahoo|icloud|21cn|tom)"
    r"\.(?:com|cn|net|com\.cn)\.?"
)
_OWN_MAIL = re.compile(
    r"个人|本人|申请人|联系人|投诉人|信访人|来信人|当事人|考生|先生|女士|同志|姓名|法定代表人|微信|[，,](?:男|女)[，,]"
)
_OFFICE_MAIL = re.compile(
    r"意见|反馈|征集|投稿|单位|办公|本机关|我县|我局|报名|咨询|监督|举报|发送|发至|寄至|报送|邮件标题|局|委|中心|科|股|公司"
)
_DAY = (
    r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日"
    r"|[\-./](?:0?[1-9]|1[0-2])[\-./](?:0?[1-9]|[12][0-9]|3[01])(?![0-9]))"
)
_BORN = re.compile(
    rf"(?P<later>{_DAY})\s*(?:出生(?!医学|缺陷|率|人口|登记|证|地|时)|生(?=[，,。;；、)]|于|$))"
    rf"|(?:出生(?:年月日|日期|时间|年月|于)|生日|(?<![产发派衍滋])生于)"
    rf"[为是:： ]{{0,3}}(?P<earlier>{_DAY})"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤涂漆舒喻帅项祝"
)
_NAMED = re.compile(
    r"(?:患者|患儿|病人|受害人|被害人|举报人|信访人|上访人|未成年人|学生|孤儿|留守儿童|困境儿童|残疾人|吸毒人员|社区矫正对象|精神病人)"
    rf"(?:姓名)?[:： ]?(?P<name>[{_SURNAMES}](?![某××*])[一-鿿]{{1,2}})"
    r"(?=[，,(（](?:男|女|现年|今年|系|[0-9]{1,2}岁|身份证|[0-9]{4}年))"
)


def documents(text: str) -> Iterator[PrivateFinding]:
    """Yield numbers of passports, permits and military papers."""
    if "证" in text or "护照" in text:
        for match in _PAPER.finditer(text):
            rule = _paper(match["paper"], match["number"])
            if rule is not None:
                yield finding(text, match.start("number"), match.end("number"), rule)
    if "字第" in text:
        for match in _MILITARY.finditer(text):
            yield finding(text, match.start(), match.end(), PrivacyRule.MILITARY_ID)


def _paper(paper: str, number: str) -> PrivacyRule | None:
    lettered = number[0].isascii() and number[0].isalpha()
    if paper == "护照":
        return PrivacyRule.PASSPORT if lettered else None
    if "台" in paper:
        return None if lettered or len(number) not in (8, 10) else PrivacyRule.TAIWAN_PERMIT
    if "通行证" in paper or paper == "回乡证":
        return PrivacyRule.HK_MACAO_PERMIT if number[0] in "HM" and len(number) >= 9 else None
    return None if lettered else PrivacyRule.MILITARY_ID


def plates(text: str) -> Iterator[PrivateFinding]:
    """Yield plates of vehicles that are not told to be an organ's."""
    for match in _PLATE.finditer(text):
        told = before(text, match.start(), 24)
        around = told + after(text, match.end(), 24)
        if _OFFICIAL_CAR.search(around) or not ("·" in match[0] or _CAR.search(around)):
            continue
        yield finding(text, match.start(), match.end(), PrivacyRule.PLATE, Level.ADVISORY)


def emails(text: str, known: frozenset[str]) -> Iterator[PrivateFinding]:
    """Yield mailboxes at free hosts that a person uses, or that nothing tells to be an office's."""
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        if match[0].lower() in known or not _FREE_HOST.fullmatch(match["host"].lower()):
            continue
        told = before(text, match.start(), 40)
        if _OWN_MAIL.search(told):
            yield finding(text, match.start(), match.end(), PrivacyRule.EMAIL)
        elif not _OFFICE_MAIL.search(told + after(text, match.end(), 40)):
            yield finding(text, match.start(), match.end(), PrivacyRule.EMAIL, Level.ADVISORY)


def people(text: str) -> Iterator[PrivateFinding]:
    """Yield days of birth, and names of minors, patients, petitioners and the like."""
    if "生" in text:
        for match in _BORN.finditer(text):
            which = "later" if match["later"] else "earlier"
            yield finding(text, match.start(which), match.end(which), PrivacyRule.BIRTH_DATE)
    for match in _NAMED.finditer(text):
        yield finding(
            text, match.start("name"), match.end("name"),
            PrivacyRule.SENSITIVE_PERSON, Level.ADVISORY,
        )  # fmt: skip
