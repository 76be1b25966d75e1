"""What journeys share: the county with its officials, its files in a folder of the test."""

import pytest

from tests.journeys.publishing_driver import Press
from tests.journeys.request_driver import Town


@pytest.fixture
def folders(settings, tmp_path) -> None:
    """Keep files and letters in folders of the test."""
    settings.GONGKAI_LETTER_DIR = tmp_path / "letters"
    settings.GONGKAI_FILE_DIR = tmp_path / "files"
    settings.GONGKAI_RELEASED_DIR = tmp_path / "released"


@pytest.fixture
def town(db, monkeypatch, folders) -> Town:
    """Return the county on a working day of January 2026."""
    return Town(monkeypatch)


@pytest.fixture
def press(db, monkeypatch, folders) -> Press:
    """Return the county whose officials publish, on a working day of January 2026."""
    return Press(monkeypatch)
