"""The demo's 138 proposals: so many are planned, and a few go the whole road."""

from collections import Counter
from datetime import date

import pytest

from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.demo.proposals import lay, plan
from gongkai.demo.road import Road, moment
from gongkai.disclosure.actions import seed_sections
from gongkai.orgs.models import Organ, OrganKind
from gongkai.proposals import queries, statistics

pytestmark = pytest.mark.django_db
PEOPLE = ("office", "reviewer", "head", "secrecy", "leader", "publisher")


def road() -> Road:
    county = Organ.objects.create(
        code=where.COUNTY_CODE,
        kind=OrganKind.COUNTY_GOVERNMENT,
        name=where.COUNTY.full_name,
        short_name=where.COUNTY.short_name,
        region_code=where.REGION,
        credit_code="11360925014500815X",
        valid_from=where.FOUNDED_ON,
    )
    for each in where.DEPARTMENTS:
        Organ.objects.create(
            code=each.code,
            kind=OrganKind.DEPARTMENT,
            name=each.full_name,
            short_name=each.short_name,
            county=county,
            region_code=each.region,
            valid_from=where.FOUNDED_ON,
        )
    people = {name: Actor(name, name, name) for name in PEOPLE}
    seed_sections(county, by=people["office"], at=moment(where.FOUNDED_ON, 9))
    organs = {organ.code: organ for organ in Organ.objects.select_related("county")}
    return Road(date(2020, 12, 31), people, organs)


def test_the_plan_is_138() -> None:
    planned = plan()
    kinds = Counter(each.kind.value for each in planned)
    assert kinds == {"SUGGESTION": 56, "PROPOSAL": 82}
    assert len({each.subject for each in planned}) == 138
    assert max(each.published_on for each in planned) < date(2020, 12, 1)


def test_a_few_go_the_whole_road() -> None:
    made = road()
    planned = plan()
    few = [planned[0], planned[5], planned[69], planned[100]]
    assert lay(made, few) == 4
    county = made.organs[where.COUNTY_CODE]
    figures = {
        each.name: each
        for each in statistics.figures(queries.of_county(county), date(2020, 12, 31))
    }
    assert figures["published"].part == 4
    assert figures["satisfied"].percent == 100
    assert figures["redone"].part == 1
    assert figures["openness_abridged"].part == 1
    year = (date(2020, 1, 1), date(2020, 12, 31))
    assert statistics.published_between(county, *year).count() == 4
