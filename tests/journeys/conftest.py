"""What the journeys of requests share: the county, its files in a folder of the test."""

import pytest

from tests.journeys.request_driver import Town


@pytest.fixture
def town(db, monkeypatch, settings, tmp_path) -> Town:
    """Return the county on a working day of January 2026."""
    settings.GONGKAI_LETTER_DIR = tmp_path / "letters"
    settings.GONGKAI_FILE_DIR = tmp_path / "files"
    settings.GONGKAI_RELEASED_DIR = tmp_path / "released"
    return Town(monkeypatch)
