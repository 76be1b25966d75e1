"""Each test has directories of its own for sealed bytes."""

import pytest


@pytest.fixture(autouse=True)
def _own_directories(settings, tmp_path):
    settings.GONGKAI_FILE_DIR = tmp_path / "files"
    settings.GONGKAI_RELEASED_DIR = tmp_path / "released"
    settings.GONGKAI_CLAMD = ""
