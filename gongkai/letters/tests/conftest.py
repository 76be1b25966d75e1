"""A county with a water bureau that can write letters; its files in a folder of the test."""

import pytest

from gongkai.letters.tests.factories import make_profile
from gongkai.orgs.tests.factories import make_county


@pytest.fixture(autouse=True)
def letter_folder(settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path / "letters"
    return settings.GONGKAI_LETTER_DIR


@pytest.fixture
def county(db):
    return make_county()


@pytest.fixture
def water(county):
    make_profile(county.water)
    return county.water
