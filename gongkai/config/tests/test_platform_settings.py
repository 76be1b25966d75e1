"""The file of platform keys: read when it is private, refused in words otherwise."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.config.settings.platforms import platforms_from


def test_keys_come_from_a_private_file_alone(tmp_path: Path) -> None:
    assert platforms_from({}) == {}
    file = tmp_path / "platforms.json"
    told = {"WECHAT:gh_1": {"kind": "wechat", "appid": "a", "secret": "b"}}
    file.write_text(json.dumps(told))
    file.chmod(0o600)
    named = {"GONGKAI_PLATFORMS_FILE": str(file)}
    assert platforms_from(named) == told
    file.chmod(0o604)
    with pytest.raises(ImproperlyConfigured, match="chmod"):
        platforms_from(named)
    file.chmod(0o600)
    for wrong in ("{", "[]", '{"WECHAT:1": "key"}'):
        file.write_text(wrong)
        with pytest.raises(ImproperlyConfigured):
            platforms_from(named)
    with pytest.raises(ImproperlyConfigured):
        platforms_from({"GONGKAI_PLATFORMS_FILE": str(tmp_path / "none.json")})
