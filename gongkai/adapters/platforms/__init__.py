"""Publishing on platforms: WeChat Official Accounts, Weibo, or nowhere.

Which account speaks through which keys is a setting, GONGKAI_PLATFORMS: a mapping from
"WECHAT:<平台账号ID>" to `{"kind": "wechat", "appid": ..., "secret": ...}`, and so on. An account
without an entry is published on by hand.
"""

from collections.abc import Mapping
from typing import Any

from gongkai.adapters.mail import made
from gongkai.adapters.platforms.nowhere import Nowhere
from gongkai.adapters.platforms.types import (
    Article,
    Busy,
    Picture,
    PlatformError,
    Publisher,
    Refused,
    Sent,
    Stage,
)
from gongkai.adapters.platforms.wechat import WeChat
from gongkai.adapters.platforms.weibo import Weibo

__all__ = [
    "Article",
    "Busy",
    "Picture",
    "PlatformError",
    "Publisher",
    "Refused",
    "Sent",
    "Stage",
    "key_of",
    "publisher",
]
_KINDS = {"none": Nowhere, "wechat": WeChat, "weibo": Weibo}


def key_of(platform: str, platform_id: str) -> str:
    """Return under which name a setting speaks of an account."""
    return f"{platform}:{platform_id}"


def publisher(settings: Mapping[str, Mapping[str, Any]], key: str) -> Publisher | None:
    """Return who publishes on an account, None when that is done by hand.

    Raises:
        SettingsError: the kind or a field is missing or unknown, or an address is not https.
    """
    config = settings.get(key)
    if config is None:
        return None
    chosen: Publisher = made(f"GONGKAI_PLATFORMS[{key}]", config, _KINDS)
    if isinstance(chosen, WeChat | Weibo):
        _ = chosen.line  # looks at the address
    return chosen
