"""Which accounts of new media are spoken to, from a file of keys; the others are done by hand.

The file (GONGKAI_PLATFORMS_FILE) is JSON: "WECHAT:<账号ID>" to what `adapters.platforms.publisher`
takes. It holds secrets, so nobody but its owner may read it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from stat import S_IRWXO
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def platforms_from(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return GONGKAI_PLATFORMS: what the file says, nothing when none is named.

    Raises:
        ImproperlyConfigured: the file is missing, open to everybody, or no such JSON.
    """
    named = environment.get("GONGKAI_PLATFORMS_FILE", "")
    if not named:
        return {}
    path = Path(named)
    try:
        if path.stat().st_mode & S_IRWXO:
            raise ImproperlyConfigured(f"{path} 含有密钥，其他用户不得读取，请执行 chmod o-rwx。")
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"GONGKAI_PLATFORMS_FILE 读不出来（{error}）。") from None
    if not isinstance(told, dict) or not all(isinstance(each, dict) for each in told.values()):
        raise ImproperlyConfigured(f"{path} 应当是“平台:账号ID”到接口设置的对照表。")
    return told
