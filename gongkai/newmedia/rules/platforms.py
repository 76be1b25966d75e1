"""Platforms on which organs have accounts, and kinds of what they post (law.md 5.1)."""

from enum import StrEnum


class Platform(StrEnum):
    """A platform; work groups are registered for the clean-up, but owe no content."""

    WECHAT = "WECHAT"
    WEIBO = "WEIBO"
    CHANNELS = "CHANNELS"
    DOUYIN = "DOUYIN"
    KUAISHOU = "KUAISHOU"
    TOUTIAO = "TOUTIAO"
    PENGPAI = "PENGPAI"
    APP = "APP"
    MINI_PROGRAM = "MINI_PROGRAM"
    OTHER = "OTHER"
    WECHAT_GROUP = "WECHAT_GROUP"
    QQ_GROUP = "QQ_GROUP"

    @property
    def label(self) -> str:
        """Return the platform in Chinese."""
        return _LABELS[self]

    @property
    def is_group(self) -> bool:
        """Say whether it is a group of people at work and shows nothing to the public."""
        return self in (Platform.WECHAT_GROUP, Platform.QQ_GROUP)


_LABELS = {
    Platform.WECHAT: "微信公众号",
    Platform.WEIBO: "微博",
    Platform.CHANNELS: "微信视频号",
    Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手",
    Platform.TOUTIAO: "今日头条",
    Platform.PENGPAI: "澎湃新闻",
    Platform.APP: "移动客户端",
    Platform.MINI_PROGRAM: "小程序",
    Platform.OTHER: "其他平台",
    Platform.WECHAT_GROUP: "微信工作群",
    Platform.QQ_GROUP: "QQ工作群",
}
# As people write them in tables.
_ALIASES = {
    "微信": Platform.WECHAT,
    "公众号": Platform.WECHAT,
    "新浪微博": Platform.WEIBO,
    "政务微博": Platform.WEIBO,
    "视频号": Platform.CHANNELS,
    "头条号": Platform.TOUTIAO,
    "头条": Platform.TOUTIAO,
    "抖音号": Platform.DOUYIN,
    "快手号": Platform.KUAISHOU,
    "APP": Platform.APP,
    "客户端": Platform.APP,
    "微信小程序": Platform.MINI_PROGRAM,
    "微信群": Platform.WECHAT_GROUP,
    "QQ群": Platform.QQ_GROUP,
}
PUBLIC = tuple(each for each in Platform if not each.is_group)


class PostKind(StrEnum):
    """Where the words of a post are from."""

    ORIGINAL = "ORIGINAL"
    RELAYED = "RELAYED"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"ORIGINAL": "原创", "RELAYED": "转载"}[self.value]


class PostSource(StrEnum):
    """How a post came into the records."""

    TYPED = "TYPED"
    IMPORTED = "IMPORTED"
    PUBLISHED = "PUBLISHED"

    @property
    def label(self) -> str:
        """Return the source in Chinese."""
        return {"TYPED": "登记", "IMPORTED": "导入", "PUBLISHED": "平台发布"}[self.value]


def platform_named(text: str) -> Platform | None:
    """Return the platform that a table names, by its name here or another usual one."""
    told = text.replace(" ", "").upper()
    named = {label.upper(): platform for platform, label in _LABELS.items()}
    return named.get(told) or {name.upper(): each for name, each in _ALIASES.items()}.get(told)
