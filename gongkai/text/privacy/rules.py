"""The kinds of personal data, what is wrong with each, and how it is masked (law.md 9.2)."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.text.levels import Level


class PrivacyRule(StrEnum):
    """A kind of personal data."""

    IDENTITY_NUMBER = "identity_number"
    IDENTITY_NUMBER_OLD = "identity_number_old"
    WEAK_MASK = "weak_mask"
    MOBILE_PHONE = "mobile_phone"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    MILITARY_ID = "military_id"
    PLATE = "plate"
    EMAIL = "email"
    HOME_ADDRESS = "home_address"
    BIRTH_DATE = "birth_date"
    SENSITIVE_PERSON = "sensitive_person"
    SENSITIVE_COLUMN = "sensitive_column"

    @property
    def label(self) -> str:
        """Return what screens say."""
        return _TOLD[self][0]

    @property
    def suggestion(self) -> str:
        """Return how such data is masked."""
        return _TOLD[self][1]


_TOLD = {
    PrivacyRule.IDENTITY_NUMBER: (
        "身份证号码",
        "删去身份证号码；确需区分同名人员的，只保留前2位和后3位，其余用*代替",
    ),
    PrivacyRule.IDENTITY_NUMBER_OLD: (
        "第一代身份证号码",
        "删去身份证号码；确需区分同名人员的，只保留前2位和后3位，其余用*代替",
    ),
    PrivacyRule.WEAK_MASK: (
        "遮得不够的号码",
        "留下的数字过多，能够推算出原来的号码：身份证号只保留前2位和后3位，手机号只保留前3位和后4位",
    ),
    PrivacyRule.MOBILE_PHONE: (
        "手机号码",
        "删去手机号码，或者只保留前3位和后4位，如138****1234；本机关公布的工作电话可以保留",
    ),
    PrivacyRule.LANDLINE: ("住宅电话", "删去住宅电话；机关的办公电话可以保留"),
    PrivacyRule.BANK_CARD: ("银行账号", "删去银行账号，或者只保留后4位"),
    PrivacyRule.PASSPORT: ("护照号码", "删去护照号码"),
    PrivacyRule.HK_MACAO_PERMIT: ("港澳居民来往内地通行证号码", "删去通行证号码"),
    PrivacyRule.TAIWAN_PERMIT: ("台湾居民来往大陆通行证号码", "删去通行证号码"),
    PrivacyRule.MILITARY_ID: ("军人证件号码", "删去证件号码"),
    PrivacyRule.PLATE: ("车牌号", "个人车辆的车牌号应当删去，或者遮去后3位；公务车辆可以保留"),
    PrivacyRule.EMAIL: ("个人电子邮箱", "删去个人电子邮箱；机关的工作邮箱可以保留"),
    PrivacyRule.HOME_ADDRESS: (
        "家庭住址",
        "住址只写到乡镇、街道；救助公示等规定要求的，可以写到村、社区",
    ),
    PrivacyRule.BIRTH_DATE: ("出生日期", "出生日期只写到年月，不需要的删去"),
    PrivacyRule.SENSITIVE_PERSON: (
        "未成年人、患者、信访人等的姓名",
        "隐去姓名，写作“姓＋某”，并核对有无必要公开",
    ),
    PrivacyRule.SENSITIVE_COLUMN: (
        "病情、残疾、家庭收入等敏感内容",
        "删去这一列；救助公示只公开姓名、村（社区）、金额和标准",
    ),
}


@dataclass(frozen=True, slots=True)
class PrivateFinding:
    """Personal data at a place of a text: `found` is masked, so that it may be shown."""

    start: int
    end: int
    found: str
    rule: PrivacyRule
    level: Level
    suggestion: str

    @property
    def message(self) -> str:
        """Return the finding in Chinese, for the official who must deal with it."""
        return f"{self.rule.label}：{self.found}。{self.suggestion}。"


def finding(
    text: str,
    start: int,
    end: int,
    rule: PrivacyRule,
    level: Level = Level.BLOCKING,
    note: str = "",
) -> PrivateFinding:
    """Return the finding at a place; `note` goes before the rule's suggestion."""
    said = f"{note}；{rule.suggestion}" if note else rule.suggestion
    return PrivateFinding(start, end, masked(text[start:end]), rule, level, said)


def masked(text: str) -> str:
    """Return a text with all but its ends hidden: at most a quarter is shown."""
    plain = "".join(text.split())
    shown = min(3, len(plain) // 8)
    hidden = "*" * min(len(plain) - 2 * shown, 12)
    return f"{plain[:shown]}{hidden}{plain[len(plain) - shown :]}"
