"""The closed lists of a work order: channels, kinds, urgency, results, supervision (law.md 8.1)."""

from enum import StrEnum


class SourceChannel(StrEnum):
    """By which way a matter reached the hotline."""

    PHONE = "PHONE"
    WEBSITE = "WEBSITE"
    WECHAT = "WECHAT"
    APP = "APP"
    EMAIL = "EMAIL"
    SMS = "SMS"
    LETTER = "LETTER"
    IN_PERSON = "IN_PERSON"
    SUPERIOR = "SUPERIOR"
    MESSAGE_BOARD = "MESSAGE_BOARD"
    TURNED_OVER = "TURNED_OVER"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    SourceChannel.PHONE: "电话",
    SourceChannel.WEBSITE: "网站",
    SourceChannel.WECHAT: "微信",
    SourceChannel.APP: "手机应用",
    SourceChannel.EMAIL: "电子邮件",
    SourceChannel.SMS: "短信",
    SourceChannel.LETTER: "来信",
    SourceChannel.IN_PERSON: "来访",
    SourceChannel.SUPERIOR: "上级转办",
    SourceChannel.MESSAGE_BOARD: "人民网留言",
    SourceChannel.TURNED_OVER: "依申请公开转来",
}


class _Labelled(StrEnum):
    """An enum of (value, Chinese label)."""

    def __new__(cls, value: str, _label: str) -> "_Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, _value: str, label: str) -> None:
        self._label = label

    @property
    def label(self) -> str:
        """Return the value in Chinese."""
        return self._label


class OrderKind(_Labelled):
    """What the caller wants."""

    ENQUIRY = "ENQUIRY", "咨询"
    HELP = "HELP", "求助"
    COMPLAINT = "COMPLAINT", "投诉"
    REPORT = "REPORT", "举报"
    SUGGESTION = "SUGGESTION", "建议"
    PRAISE = "PRAISE", "表扬"


class Urgency(_Labelled):
    """Whether the matter waits for office hours."""

    NORMAL = "NORMAL", "一般"
    URGENT = "URGENT", "紧急"


class AnswerWay(_Labelled):
    """How the caller was answered."""

    PHONE = "PHONE", "电话"
    IN_PERSON = "IN_PERSON", "当面"
    SMS = "SMS", "短信"
    WRITTEN = "WRITTEN", "书面"
    ONLINE = "ONLINE", "网上"


class Solved(_Labelled):
    """What came of the matter."""

    SOLVED = "SOLVED", "已解决"
    PARTLY = "PARTLY", "部分解决"
    UNSOLVED = "UNSOLVED", "未解决"
    UNREASONABLE = "UNREASONABLE", "不合理诉求"


class Satisfaction(_Labelled):
    """What the caller said at the call-back."""

    SATISFIED = "SATISFIED", "满意"
    FAIR = "FAIR", "基本满意"
    DISSATISFIED = "DISSATISFIED", "不满意"
    UNRATED = "UNRATED", "未评价"


# Answers that count for 满意率; 未评价 does not.
RATED = (Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.DISSATISFIED)
CONTENT = (Satisfaction.SATISFIED, Satisfaction.FAIR)


class Supervision(_Labelled):
    """Who supervises an order."""

    HOTLINE = "HOTLINE", "热线督办"
    OFFICE = "OFFICE", "政府督查督办"
    LEADER = "LEADER", "领导批示督办"
