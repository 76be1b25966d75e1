"""The county of the screens' tests, at a fixed noon."""

import pytest
from django.utils import timezone

from gongkai.orgs.models import OrganKind, Role
from gongkai.registers.tests import factories
from gongkai.registers.tests.screens import person


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """Let every screen be asked at noon of 2021-01-20."""
    monkeypatch.setattr(timezone, "now", lambda: factories.NOON)


@pytest.fixture
def county():
    return factories.organ("county", kind=OrganKind.COUNTY_GOVERNMENT, name="靖安县人民政府")


@pytest.fixture
def finance(county):
    return factories.organ("caizheng", county=county, name="靖安县财政局", short_name="财政局")


@pytest.fixture
def township(county):
    return factories.organ(
        "xiangtian", county=county, kind=OrganKind.TOWNSHIP, name="香田乡", short_name="香田乡"
    )


@pytest.fixture
def clerk(client, finance):
    return person(client, "财政信息员", finance, Role.DEPARTMENT_CLERK)
